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

  @Test("of samples: later moments are joined, a fuller reading stays, an equal one gives way")
  func replacesSamples() {
    let early = cell(0, [(1, 5), (2, 6)])
    let later = cell(0, [(3, 7)])
    let both = cell(0, [(1, 5), (2, 6), (3, 7)])
    #expect(early.replaced(by: later, kind: .samples) == (both, false))
    #expect(later.replaced(by: early, kind: .samples) == (both, false))
    #expect(both.replaced(by: early, kind: .samples) == (both, false))
    #expect(early.replaced(by: both, kind: .samples) == (both, false))
    #expect(both.replaced(by: both, kind: .samples) == (both, false))
    let other = cell(0, [(1, 5), (2, 9)])
    #expect(early.replaced(by: other, kind: .samples) == (other, true))
  }

  @Test("of a table: rows replace rows, and a change is a conflict")
  func replacesRows() {
    var one = Cell(minute: 0)
    (one.count, one.sum) = (1, 5)
    var other = one
    #expect(one.replaced(by: other, kind: .rows) == (other, false))
    other.sum = 6
    #expect(one.replaced(by: other, kind: .rows) == (other, true))
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
