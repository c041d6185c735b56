public import Analytics
public import Model

/// How much happened over time.
public struct EventsFacts: Hashable, Sendable {
  let title: String
  let window: Window
  let unit: CountedUnit
  /// The time that a value covers: an entry of the measurement, or an hour where few events come at a time.
  let step: Duration
  /// Seconds since the epoch, and what happened in the step that starts there.
  let times: [Int64]
  let values: [Double]
  let gaps: [Window]

  public init(_ title: String, _ measurement: Measurement, in window: Window) {
    self.title = title
    self.window = window
    unit = measurement.unit
    let scale: Double =
      switch unit {
      case .events, .checks, .slices: 1
      case .millionths: 1e-6
      case .billionths: 1e-9
      case .time: 1 / 60e9
      }
    let tally = measurement.tally
    let range = tally.range(of: window)
    let entry = measurement.entryLength
    let isSparse = Double(tally.counts(at: range).total) * scale < 10 * Double(range.count)
    step = isSparse ? max(entry, .hours(1)) : entry
    let minutes = step.nanoseconds / 60_000_000_000
    var sums: [(time: Int64, value: Double)] = []
    for position in range {
      let time = tally.minutes[position].dividedDown(by: minutes) * minutes * 60
      let value = Double(tally.counts(at: position..<position + 1).total) * scale
      if sums.last?.time == time {
        sums[sums.count - 1].value += value
      } else {
        sums.append((time, value))
      }
    }
    (times, values) = (sums.map(\.time), sums.map(\.value))
    gaps = measurement.gaps(in: window)
  }
}
