public import Model

extension DailyValues {
  /// The values of the complete local days before an instant, from the cells of one series.
  ///
  /// - Formula: of a day the largest value (of what runs out the smallest), the mean of all, or the last, as `daily` says.
  /// - Edge cases: a day without any reading has none.
  ///
  /// - Parameters:
  ///   - cells: in order of time; none longer than a local day.
  ///   - daily: which value of a day counts.
  ///   - side: from which side the limit is reached.
  ///   - end: the day that holds it does not count, unless it ends there.
  ///   - zone: that of the days, which are counted from 1 January 1970.
  public init(
    of cells: [Cell], _ daily: CapacityItem.Daily, side: CapacityItem.Side, before end: Instant,
    zone: ZoneOffsets
  ) {
    var (days, values): ([Int], [Double]) = ([], [])
    var day = Day(before: .min)
    func close() {
      guard let value = day.value(daily, side) else { return }
      days.append(day.number)
      values.append(value)
    }
    let last = zone.start(of: zone.date(at: end)).minute
    for cell in cells where cell.count > 0 && cell.minute < last {
      if cell.minute >= day.end {
        close()
        let date = zone.date(at: Instant(minute: cell.minute))
        day = Day(before: zone.start(of: date.adding(days: 1)).minute)
        day.number = Int(date.dayNumber)
      }
      day.add(cell)
    }
    close()
    self.init(rising: days, values: values)
  }
}

private struct Day {
  let end: Int64
  var number = 0
  private var (high, low) = (-Double.infinity, Double.infinity)
  private var (sum, count) = (0.0, Int64(0))
  private var last = 0.0

  init(before end: Int64) { self.end = end }

  mutating func add(_ cell: Cell) {
    high = max(high, cell.high)
    low = min(low, cell.low)
    sum += cell.sum
    count += cell.count
    last = cell.last
  }

  func value(_ daily: CapacityItem.Daily, _ side: CapacityItem.Side) -> Double? {
    guard count > 0 else { return nil }
    return switch (daily, side) {
    case (.worst, .rising): high
    case (.worst, .falling): low
    case (.mean, _): sum / Double(count)
    case (.last, _): last
    }
  }
}
