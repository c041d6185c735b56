import CPostgres
import Model

/// A point in time of the monotonic clock, which no change of the wall clock moves.
struct Deadline: Hashable, Comparable {
  /// Nanoseconds.
  let point: Int64

  static var now: Deadline { Deadline(point: slr_monotonic_now()) }

  static func after(_ length: Duration) -> Deadline { now + length }

  /// The time until then; never negative.
  var remaining: Duration { .nanoseconds(max(0, point - slr_monotonic_now())) }

  /// The time since then.
  var elapsed: Duration { .nanoseconds(slr_monotonic_now() - point) }

  static func < (one: Deadline, other: Deadline) -> Bool { one.point < other.point }

  static func + (deadline: Deadline, length: Duration) -> Deadline {
    Deadline(point: deadline.point.addingClamped(length.nanoseconds))
  }
}

/// How long one try may take: until the next byte, as a whole, and because the source's time is over.
struct Patience {
  let silence: Duration
  let total: Duration
  /// The end of the try.
  let end: Deadline
  let source: Duration
  let sourceEnd: Deadline

  /// Why waiting has to stop at the end.
  var reason: DatabaseFault.Reason {
    sourceEnd <= end ? .outOfTime(limit: source) : .late(limit: total)
  }

  var deadline: Deadline { min(end, sourceEnd) }
}
