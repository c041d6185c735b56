/// Turns the samples of one series into cells.
///
/// Samples may come in any order; of two for one instant the later one counts. They are held until ``finish()``.
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
    let flaws = isRising ? [] : bringInOrder()
    var cells: [Cell] = []
    _ = Cell.append(values.span, at: times.span, length: length, to: &cells)
    for (minute, duplicates, disordered) in flaws {
      // Each of the times has a sample of its own still.
      guard let place = cells.lastIndex(where: { $0.minute == minute }) else { continue }
      cells[place].duplicates += duplicates
      cells[place].disordered += disordered
    }
    return cells
  }

  /// Sorts the samples, takes the last of each instant, and tells what was wrong with them by cell.
  private mutating func bringInOrder() -> [(minute: Int64, duplicates: Int64, disordered: Int64)] {
    var flaws: [Int64: (duplicates: Int64, disordered: Int64)] = [:]
    var latest = Int64.min
    for time in times {
      if time < latest { flaws[minute(of: time), default: (0, 0)].disordered += 1 }
      latest = max(latest, time)
    }
    // The place decides between equal times, since nothing else promises to keep their order.
    let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    var (sortedTimes, sortedValues): ([Int64], [Double]) = ([], [])
    for place in order {
      if let last = sortedTimes.last, last == times[place] {
        sortedValues[sortedValues.count - 1] = values[place]
        flaws[minute(of: last), default: (0, 0)].duplicates += 1
      } else {
        sortedTimes.append(times[place])
        sortedValues.append(values[place])
      }
    }
    (times, values) = (sortedTimes, sortedValues)
    return flaws.map { ($0.key, $0.value.duplicates, $0.value.disordered) }
  }

  private func minute(of time: Int64) -> Int64 {
    Cell.minute(ofSample: time).dividedDown(by: length) * length
  }
}
