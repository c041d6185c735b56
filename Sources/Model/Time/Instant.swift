/// A moment: nanoseconds since the Unix epoch, UTC.
///
/// Covers September 1677 to April 2262; dates are read of ``years`` alone. Sums stop at the ends of the range.
public struct Instant: Hashable, Sendable, Comparable {
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Clamps to the range of the type.
  public init(seconds: Int64) { self.init(seconds, times: 1_000_000_000) }

  /// The start of a minute, counted from the epoch; clamps to the range of the type.
  public init(minute: Int64) { self.init(minute, times: 60_000_000_000) }

  private init(_ count: Int64, times unit: Int64) {
    let (value, overflow) = count.multipliedReportingOverflow(by: unit)
    nanoseconds = overflow ? (count < 0 ? .min : .max) : value
  }

  /// Whole seconds since the epoch, rounded down.
  public var seconds: Int64 { nanoseconds.dividedDown(by: 1_000_000_000) }

  /// The minute that it lies in.
  public var minute: Int64 { nanoseconds.dividedDown(by: 60_000_000_000) }

  /// The first whole minute that does not start before.
  public var minuteUp: Int64 {
    let down = minute
    return down * 60_000_000_000 == nanoseconds ? down : down + 1
  }

  public static func < (one: Instant, other: Instant) -> Bool {
    one.nanoseconds < other.nanoseconds
  }

  public static func + (instant: Instant, length: Duration) -> Instant {
    let (value, overflow) = instant.nanoseconds.addingReportingOverflow(length.nanoseconds)
    return Instant(nanoseconds: overflow ? (length < .zero ? .min : .max) : value)
  }

  public static func - (instant: Instant, length: Duration) -> Instant {
    instant + .nanoseconds(-length.nanoseconds)
  }

  /// The time from `other` to `instant`; negative when `other` is later.
  public static func - (instant: Instant, other: Instant) -> Duration {
    .nanoseconds(instant.nanoseconds) - .nanoseconds(other.nanoseconds)
  }
}

extension Duration {
  /// Whole nanoseconds, clamped to the range of `Int64` (292 years).
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (value, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min + 1 : .max }
    let (sum, carried) = value.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (value < 0 ? .min + 1 : .max) : sum
  }

  public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
  public static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
  public static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}

extension Int64 {
  /// The quotient rounded towards minus infinity.
  ///
  /// - Precondition: `divisor > 0`.
  public func dividedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
