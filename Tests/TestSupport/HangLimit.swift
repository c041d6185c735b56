import Dispatch

/// After how long something is taken to hang.
///
/// No verdict depends on the time that something takes; this only ends what would never end. It is far longer than any
/// work on a busy machine.
public enum HangLimit {
  public static let length = Duration.seconds(1800)

  /// Does something when the work still runs at the limit.
  public static func watch<Result>(
    _ work: () throws -> Result, orElse hangs: @escaping @Sendable () -> Void
  ) rethrows -> Result {
    let end = DispatchWorkItem(block: hangs)
    DispatchQueue.global().asyncAfter(
      deadline: .now() + .seconds(Int(length.components.seconds)), execute: end)
    defer { end.cancel() }
    return try work()
  }
}
