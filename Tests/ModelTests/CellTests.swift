import Model
import Testing

@Suite("A cell")
struct CellTests {
  static let minute: Int64 = 60_000_000_000

  func cell(_ minute: Int64, _ samples: [(Int64, Double)]) -> Cell {
    var cell = Cell(minute: minute)
    for (time, value) in samples { cell.add(value, at: time) }
    return cell
  }

  @Test("holds samples with start < t <= end and rows with start <= t < end")
  func edges() {
    #expect(Cell.minute(ofSample: CellTests.minute) == 0)
    #expect(Cell.minute(ofSample: CellTests.minute + 1) == 1)
    #expect(Cell.minute(ofSample: 0) == -1)
    #expect(Cell.minute(ofRow: CellTests.minute) == 1)
    #expect(Cell.minute(ofRow: CellTests.minute - 1) == 0)
    #expect(Cell.minute(ofRow: -1) == -1)
  }

  // 5 to 8 is 3; the fall to 2 is a reset whose step is 2; 2 to 4 is 2. 3 + 2 + 2 = 7.
  @Test("undoes a reset in its increase")
  func undoesAReset() {
    let one = cell(0, [(1, 5), (2, 8), (3, 2), (4, 4)])
    #expect(one.increase == 7)
    #expect(one.resets == 1)
    #expect((one.low, one.high, one.sum, one.count) == (2, 8, 19, 4))
  }

  @Test("joined with the next gives what one cell over all samples gives")
  func joinsTheNext() {
    let samples: [(Int64, Double)] = [(1, 5), (2, 8), (3, 2), (4, 4), (5, 4), (6, 1)]
    for cut in 0...samples.count {
      var joined = cell(0, Array(samples[..<cut]))
      joined.append(cell(1, Array(samples[cut...])))
      var whole = cell(0, samples)
      whole.minute = joined.minute
      #expect(joined == whole)
    }
  }

  @Test("keeps the rejects of both when joined, also of an empty one")
  func keepsRejects() {
    var one = Cell(minute: 0)
    one.rejects = 2
    var next = cell(1, [(1, 3)])
    next.rejects = 1
    one.append(next)
    #expect(one.rejects == 3)
    #expect(one.count == 1)
  }

  private func conflicting(_ cell: Cell) -> Cell {
    var cell = cell
    cell.conflicts = 1
    return cell
  }

  @Test("of samples: other moments are joined, and one of two values is a contradiction")
  func replacesSamples() {
    let early = cell(0, [(1, 5), (2, 6)])
    let later = cell(0, [(3, 7)])
    let both = cell(0, [(1, 5), (2, 6), (3, 7)])
    #expect(early.replaced(by: later, kind: .samples) == both)
    #expect(later.replaced(by: early, kind: .samples) == both)
    #expect(both.replaced(by: early, kind: .samples) == both)
    #expect(early.replaced(by: both, kind: .samples) == both)
    #expect(both.replaced(by: both, kind: .samples) == both)
    let other = cell(0, [(1, 5), (2, 9)])
    #expect(early.replaced(by: other, kind: .samples) == conflicting(other))
    #expect(early.replaced(by: other, kind: .samples, isAgain: true) == other)
    #expect(
      conflicting(early).replaced(by: other, kind: .samples, isAgain: true) == conflicting(other))
  }

  @Test("of samples that take turns are joined where they rise as those of one counter do")
  func takesTurns() {
    let one = cell(0, [(1, 5), (3, 7)])
    let other = cell(0, [(2, 6), (4, 8)])
    let all = cell(0, [(1, 5), (2, 6), (3, 7), (4, 8)])
    #expect(one.replaced(by: other, kind: .samples) == all)
    #expect(other.replaced(by: one, kind: .samples) == all)
    let three = cell(0, [(1, 5), (3, 7), (5, 9)])
    let four = cell(0, [(0, 4), (2, 6), (4, 8), (6, 9)])
    let seven = cell(0, [(0, 4), (1, 5), (2, 6), (3, 7), (4, 8), (5, 9), (6, 9)])
    #expect(three.replaced(by: four, kind: .samples) == seven)
    #expect(four.replaced(by: three, kind: .samples) == seven)
    // The counter of another instance, and one that restarted.
    let ahead = cell(0, [(0, 104), (2, 106), (4, 108), (6, 109)])
    #expect(three.replaced(by: ahead, kind: .samples) == conflicting(ahead))
    #expect(ahead.replaced(by: three, kind: .samples) == conflicting(ahead))
    let restarted = cell(0, [(0, 4), (2, 6), (4, 0), (6, 1)])
    #expect(three.replaced(by: restarted, kind: .samples) == restarted)
    #expect(cell(0, [(1, 5), (2, 6), (5, 9)]).replaced(by: three, kind: .samples).conflicts == 0)
    #expect(cell(0, [(1, 5), (2, 6), (5, 10)]).replaced(by: three, kind: .samples).conflicts == 1)
  }

  @Test("of rows: other moments are added, of one the newer counts, and may not shrink")
  func replacesRows() {
    func row(_ time: Int64, _ value: Double) -> Cell {
      var row = cell(0, [(time, value)])
      row.increase = 0
      return row
    }
    let (one, less) = (row(1, 5), row(1, 3))
    #expect(one.replaced(by: one, kind: .rows) == one)
    #expect(less.replaced(by: one, kind: .rows) == one)
    #expect(one.replaced(by: less, kind: .rows) == conflicting(less))
    #expect(one.replaced(by: row(1, 4), kind: .rows) == row(1, 4))
    #expect(one.replaced(by: less, kind: .rows, isSettled: false) == less)
    let both = one.replaced(by: row(2, 1), kind: .rows)
    #expect((both.count, both.sum, both.increase, both.resets) == (2, 6, 0, 0))
    func rows(_ times: Int64...) -> Cell {
      times.dropFirst().reduce(row(times[0], 1)) { $0.joined(with: row($1, 1), .rows) }
    }
    let all = rows(1, 2, 3, 4, 5, 6, 7)
    #expect(rows(1, 3, 5, 7).replaced(by: rows(2, 4, 6), kind: .rows) == all)
    #expect(all.replaced(by: rows(2, 4, 6), kind: .rows, isAgain: true) == all)
    #expect(
      rows(1, 2, 3, 4).replaced(by: rows(3, 4, 5), kind: .rows, isSettled: false)
        == rows(1, 2, 3, 4))
  }

  @Test("columns merge in order of time, and merging again changes nothing")
  func mergesColumns() {
    let older = [cell(0, [(1, 5)]), cell(2, [(3, 6)])]
    let newer = [cell(1, [(2, 1)]), cell(2, [(3, 6)]), cell(3, [(4, 2)])]
    let merged = Cell.merged(older, with: newer, kind: .samples)
    #expect(merged.cells.map(\.minute) == [0, 1, 2, 3])
    #expect(merged.conflicts == 0)
    #expect(Cell.merged(merged.cells, with: newer, kind: .samples).cells == merged.cells)
  }
}
