public import Analytics
public import Model

/// What was counted in one day or one hour.
public struct StretchFacts: Codable, Hashable, Sendable {
  public let start: Instant
  public let end: Instant
  public let good: Int64
  public let total: Int64
  /// The measured share of its time that counts.
  public let measured: Double
  /// The share of its time that was agreed not to count.
  public let planned: Double
  /// The share of its time before history starts, where there is some.
  public let beforeHistory: Double?

  init(_ measurement: Measurement, in window: Window) {
    start = window.start
    end = window.end
    let counts = measurement.tally.counts(in: window)
    (good, total) = (counts.good, counts.total)
    measured = Double(measurement.coverage(of: window)) / 1e9
    let length = max(.seconds(1), window.length)
    let known = window.from(measurement.since)
    planned = measurement.excluded.clipped(to: known).length / length
    beforeHistory = known == window ? nil : (window.length - known.length) / length
  }

  /// The 28 calendar days before an instant, oldest first.
  public static func days(of measurement: Measurement, before end: Instant, zone: ZoneOffsets)
    -> [StretchFacts]
  {
    let today = zone.date(at: end)
    let starts = (-28...0).map { zone.start(of: today.adding(days: $0)) }
    return zip(starts, starts.dropFirst()).map {
      StretchFacts(measurement, in: Window(start: $0, end: $1))
    }
  }

  /// The days from one up to another.
  public static func days(
    of measurement: Measurement, from first: CivilDate, upTo end: CivilDate, zone: ZoneOffsets
  ) -> [StretchFacts] {
    (0..<max(0, end.dayNumber - first.dayNumber)).map { day in
      StretchFacts(
        measurement,
        in: Window(
          start: zone.start(of: first.adding(days: Int(day))),
          end: zone.start(of: first.adding(days: Int(day) + 1))))
    }
  }

  /// The hours of the wall clock in a window; one that comes twice is two, one that is skipped is none.
  public static func hours(of measurement: Measurement, in window: Window, zone: ZoneOffsets)
    -> [StretchFacts]
  {
    let changes = zone.changes(in: window).map(\.at)
    var hours: [StretchFacts] = []
    var start = window.start
    while start < window.end {
      let left = Duration.seconds(Int64(3600 - zone.local(start).second % 3600))
      let end = min(start + left, changes.first { $0 > start } ?? window.end, window.end)
      hours.append(StretchFacts(measurement, in: Window(start: start, end: end)))
      start = end
    }
    return hours
  }

  var window: Window { Window(start: start, end: max(start, end)) }

  /// The bad ones of all, 0 to 1; `nil` when nothing happened.
  var badShare: Double? {
    total > 0 ? max(0, Double(total) - Double(good)) / Double(total) : nil
  }

  /// How often the allowance of its own events was used; `nil` when nothing happened, infinite where nothing is allowed.
  func load(target: Int64) -> Double? {
    badShare.map { $0 == 0 ? 0 : $0 / (1 - Double(target) / 1e9) }
  }

  /// More than the allowance was used.
  func isOver(target: Int64) -> Bool { load(target: target) ?? 0 > 1 }

  /// Less than half of it was measured, and what was is no worse than allowed.
  func isMissing(target: Int64) -> Bool { measured < 0.5 && !isOver(target: target) }
}
