/// Turns the samples of one series into cells.
///
/// Samples may come in any order; of two for one instant the later one counts, and two values contradict each other.
/// They are held until ``finish()``.
public struct CellBuilder: Sendable {
  /// How many minutes a cell is long.
  private let length: Int64
  private var times: [Int64] = []
  private var values: [Double] = []
  private var isRising = true

  /// - Parameter length: of a cell, in minutes; cells start at whole multiples of it since the epoch.
  public init(length: Int64 = 1) { self.length = max(1, length) }

  /// Adds a sample at a time in nanoseconds since the epoch; NaN and infinity count as rejects of
  /// their cell.
  public mutating func add(_ value: Double, at time: Int64) {
    if let last = times.last, time <= last { isRising = false }
    times.append(time)
    values.append(value)
  }

  /// Adds samples in the order in which they came; both spans have the same length.
  public mutating func add(_ values: Span<Double>, at times: Span<Int64>) {
    let (times, values) = (times, values)
    times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { values in
        guard let first = times.first, times.count == values.count else { return }
        if let last = self.times.last, first <= last { isRising = false }
        if isRising { isRising = CellBuilder.isRising(times) }
        self.times.append(contentsOf: times)
        self.values.append(contentsOf: values)
      }
    }
  }

  private static func isRising(_ times: UnsafeBufferPointer<Int64>) -> Bool {
    var rises = true
    var index = 1
    while index < times.count {
      rises = rises && times[index - 1] < times[index]
      index += 1
    }
    return rises
  }

  /// The cells in order of time.
  public consuming func finish() -> [Cell] {
    let flaws = isRising ? [:] : bringInOrder()
    var cells: [Cell] = []
    _ = Cell.append(values.span, at: times.span, length: length, to: &cells)
    if flaws.isEmpty { return cells }
    for place in cells.indices {
      // The last of a minute, where there are two.
      guard cells.indices.last == place || cells[place + 1].minute != cells[place].minute,
        let flaw = flaws[cells[place].minute]
      else { continue }
      cells[place].duplicates += flaw.duplicates
      cells[place].disordered += flaw.disordered
      cells[place].conflicts += flaw.conflicts
    }
    return cells
  }

  /// Sorts the samples, takes the last of each instant, and gives what was wrong with them by cell.
  private mutating func bringInOrder() -> [Int64: Cell] {
    var flaws: [Int64: Cell] = [:]
    func flaw(_ time: Int64, _ change: (inout Cell) -> Void) {
      let minute = minute(of: time)
      change(&flaws[minute, default: Cell(minute: minute)])
    }
    var latest = Int64.min
    for time in times {
      if time < latest { flaw(time) { $0.disordered += 1 } }
      latest = max(latest, time)
    }
    // The place decides between equal times, since nothing else promises to keep their order.
    let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    var (sortedTimes, sortedValues): ([Int64], [Double]) = ([], [])
    for place in order {
      if let last = sortedTimes.last, last == times[place] {
        let before = sortedValues[sortedValues.count - 1]
        sortedValues[sortedValues.count - 1] = values[place]
        flaw(last) {
          $0.duplicates += 1
          if before.bitPattern != values[place].bitPattern { $0.conflicts = 1 }
        }
      } else {
        sortedTimes.append(times[place])
        sortedValues.append(values[place])
      }
    }
    (times, values) = (sortedTimes, sortedValues)
    return flaws
  }

  private func minute(of time: Int64) -> Int64 {
    Cell.minute(ofSample: time).dividedDown(by: length) * length
  }
}
