/// What a cell of a grid holds.
public enum LoadCell: Hashable, Sendable {
  /// Times the allowance of its time that were used; 0 and more, infinite where nothing is allowed.
  case load(Double)
  /// Not measured: hatched.
  case missing
  /// Measured, and nothing happened.
  case idle
  /// Planned time off, which does not count: empty, with a dot.
  case planned
  /// Still to come, or not part of the calendar.
  case blank
}
