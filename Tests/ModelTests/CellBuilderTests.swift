import Model
import TestSupport
import Testing

@Suite("A cell builder")
struct CellBuilderTests {
  static let second: Int64 = 1_000_000_000

  func built(_ samples: [(Int64, Double)]) -> [Cell] {
    var builder = CellBuilder()
    for (seconds, value) in samples { builder.add(value, at: seconds * CellBuilderTests.second) }
    return builder.finish()
  }

  // Minute 0 holds 0 < t <= 60: 10, 12 at 30 s and 60 s; minute 1 holds 60 < t <= 120: 3, 7 at 90 s
  // and 120 s.
  @Test("puts a sample on the minute into the minute it closes")
  func closesTheMinute() {
    let cells = built([(30, 10), (60, 12), (90, 3), (120, 7)])
    #expect(cells.map(\.minute) == [0, 1])
    #expect(cells.map(\.count) == [2, 2])
    #expect(cells.map(\.increase) == [2, 4])
    #expect(cells.map(\.last) == [12, 7])
    // The fall from 12 to 3 lies between the cells.
    #expect(cells.map(\.resets) == [0, 0])
  }

  @Test("gives the same cells for any order of the samples")
  func orderDoesNotMatter() {
    func built(_ samples: [(Int64, Double)]) -> [Cell] {
      self.built(samples).map { cell in
        var cell = cell
        cell.disordered = 0
        return cell
      }
    }
    let samples: [(Int64, Double)] = [(5, 1), (20, 4), (35, 2), (60, 9), (61, 10), (200, 1)]
    let sorted = built(samples)
    #expect(built(samples.reversed()) == sorted)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<50 { #expect(built(samples.shuffled(using: &generator)) == sorted) }
  }

  @Test("takes the later of two values for one instant")
  func laterValueWins() {
    let late = built([(5, 1), (20, 4), (35, 5), (20, 3)])
    #expect(late.map(\.sum) == [9])
    #expect(late.map(\.last) == [5])
    #expect(late.map(\.count) == [3])
    #expect(built([(5, 1), (5, 1), (5, 1)]).map(\.count) == [1])
  }

  @Test("counts duplicates, disorder and stale marks in the minutes of their samples")
  func countsFlaws() {
    let stale = Double(bitPattern: Cell.staleMark)
    let cells = built([
      (5, 1), (70, 2), (80, 3), (70, 4), (20, 5), (20, 6), (90, stale), (150, .nan), (180, stale),
    ])
    #expect(cells.map(\.duplicates) == [1, 1, 0])
    #expect(cells.map(\.disordered) == [2, 1, 0])
    #expect(cells.map(\.stale) == [0, 1, 1])
    #expect(cells.map(\.rejects) == [0, 0, 1])
    #expect(cells.map(\.count) == [2, 2, 0])
    #expect(cells.map(\.last) == [6, 3, 0])
  }

  @Test("counts NaN and infinity as rejects of their minute")
  func countsRejects() {
    let cells = built([(5, .nan), (20, 4), (35, .infinity), (130, -.infinity)])
    #expect(cells.map(\.rejects) == [2, 1])
    #expect(cells.map(\.count) == [1, 0])
    #expect(cells.map(\.sum) == [4, 0])
  }

  // 20,000 samples, one a second from 1 s on, are 333 minutes and 20 seconds: 334 cells.
  @Test("folds a long series without losing a sample")
  func foldsALongSeries() {
    let cells = built((1...20_000).map { (Int64($0), Double($0)) })
    #expect(cells.count == 334)
    #expect(cells.reduce(0) { $0 + $1.count } == 20_000)
    #expect(cells.map(\.minute) == (0..<334).map(Int64.init))
    #expect(cells.dropLast().allSatisfy { $0.count == 60 && $0.increase == 59 })
  }

  @Test("joins a sample that comes after its minute was folded, and never goes back in time")
  func joinsLateSamples() {
    var samples = (1...20_000).map { (Int64($0) + 600, Double($0)) }
    samples.append((30, 5))
    samples.append((90, 6))
    let cells = built(samples)
    #expect(cells.prefix(2).map(\.minute) == [0, 1])
    #expect(cells.reduce(0) { $0 + $1.count } == 20_002)
    #expect(zip(cells, cells.dropFirst()).allSatisfy { $0.minute < $1.minute })
  }

  @Test("holds one busy minute whole")
  func holdsABusyMinute() {
    var builder = CellBuilder()
    for step in 1...50_000 { builder.add(1, at: Int64(step) * 1_000_000) }
    let cells = builder.finish()
    #expect(cells.count == 1)
    #expect(cells.first?.sum == 50_000)
  }

  @Test("gives the cells of rising samples at once, in any pieces, and refuses others")
  func appendsRisingSamples() {
    let times = (1...500).map { Int64($0) * 7_000_000_000 }
    let values = (1...500).map { Double($0 % 60) }
    let whole = built((1...500).map { (Int64($0) * 7, Double($0 % 60)) })
    for piece in [1, 3, 8, 9, 250, 500] {
      var cells: [Cell] = []
      for start in stride(from: 0, to: 500, by: piece) {
        let range = start..<min(start + piece, 500)
        #expect(
          Cell.append(
            values.span.extracting(range), at: times.span.extracting(range), to: &cells))
      }
      #expect(cells == whole)
    }
    for other in [[1, 1], [2, 1], [61, 60], [130, 61, 131], [1, 61, 2]] as [[Int64]] {
      var cells: [Cell] = []
      let times = other.map { $0 * 1_000_000_000 }
      let values = other.map { Double($0) }
      #expect(!Cell.append(values.span, at: times.span, to: &cells))
    }
  }

  /// Cells of samples, one after the other: without the flaws that only their order shows.
  private func reference(_ times: [Int64], _ values: [Double], length: Int64) -> [Cell] {
    let latest = Dictionary(zip(times, values), uniquingKeysWith: { $1 })
    var cells: [Cell] = []
    for (time, value) in latest.sorted(by: { $0.key < $1.key }) {
      let minute = Cell.minute(ofSample: time).dividedDown(by: length) * length
      if cells.last?.minute != minute { cells.append(Cell(minute: minute)) }
      let last = cells.count - 1
      if value.isFinite {
        cells[last].add(value, at: time)
      } else if value.bitPattern == Cell.staleMark {
        cells[last].stale += 1
      } else {
        cells[last].rejects += 1
      }
    }
    return cells
  }

  @Test("gives what samples added one by one give, and so does appending rising ones")
  func agreesWithCells() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<400 {
      let lengths: [Int64] = [1, 5, 1440]
      let length = lengths.randomElement(using: &generator) ?? 1
      let steps: [Int64] = [1, 900, 20_000, 90_000_000]
      let step = steps.randomElement(using: &generator) ?? 1
      var times: [Int64] = []
      var time = Int64.random(in: -200_000...200_000, using: &generator) * 1_000_000
      for _ in 0..<Int.random(in: 0...200, using: &generator) {
        time += Int64.random(in: 1...step, using: &generator) * 1_000_000
        times.append(time)
      }
      let isRising = round % 2 == 0
      if !isRising {
        for _ in 0..<times.count / 10 {
          let (one, other) = (times.indices.randomElement(using: &generator) ?? 0, times.count / 2)
          if Bool.random(using: &generator) { times.swapAt(one, other) }
          times[one] = times[other]
        }
      }
      let values = times.map { _ -> Double in
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: Double(bitPattern: Cell.staleMark)
        case 1: .nan
        case 2: -.infinity
        default: Double(Int.random(in: -3...60, using: &generator))
        }
      }
      let expected = reference(times, values, length: length)
      var builder = CellBuilder(length: length)
      builder.add(values.span, at: times.span)
      let built = builder.finish()
      let duplicates = built.map(\.duplicates).reduce(0, +)
      #expect(duplicates == Int64(times.count - Set(times).count))
      let plain = built.map { cell in
        var cell = cell
        (cell.duplicates, cell.disordered, cell.conflicts) = (0, 0, 0)
        return cell
      }
      #expect(plain == expected)
      guard isRising else { continue }
      #expect(built == plain)
      var cells: [Cell] = []
      var start = 0
      while start < times.count {
        let range = start..<min(start + Int.random(in: 1...50, using: &generator), times.count)
        #expect(
          Cell.append(
            values.span.extracting(range), at: times.span.extracting(range), length: length,
            to: &cells))
        start = range.upperBound
      }
      #expect(cells == expected)
    }
  }

  @Test("makes longer cells where it is asked to")
  func makesLongerCells() {
    var builder = CellBuilder(length: 60)
    for minute in 0..<180 { builder.add(Double(minute), at: Int64(minute) * 60_000_000_000 + 1) }
    let cells = builder.finish()
    #expect(cells.map(\.minute) == [0, 60, 120])
    #expect(cells.map(\.count) == [60, 60, 60])
    #expect(cells.map(\.increase) == [59, 59, 59])
  }

  @Test("survives the ends of time")
  func survivesTheEndsOfTime() {
    var builder = CellBuilder()
    builder.add(1, at: .max)
    builder.add(2, at: .min + 1)
    #expect(builder.finish().map(\.count) == [1, 1])
  }
}
