/// How long to wait after failures in a row.
public struct Backoff: Hashable, Sendable {
  public let first: Duration
  public let longest: Duration
  /// How far a wait may differ from the rule, as a share of it.
  public let jitter: Double

  /// Faults that pass by themselves, inside one run: 1, 2, 4, 8 … 30 s.
  public static let transient = Backoff(first: .seconds(1), longest: .seconds(30), jitter: 0)
  /// Signs that the other side has too much to do, carried across runs: 1, 2, 4 … 300 s, ±10 %.
  public static let overload = Backoff(first: .seconds(1), longest: .seconds(300), jitter: 0.1)

  /// The tries of one run.
  public static let tries = 5

  /// The wait after the given number of failures.
  ///
  /// - Formula: `min(longest, first * 2^(failures - 1)) * (1 + jitter * chance)`, never longer than `longest`.
  /// - Parameters:
  ///   - failures: in a row, at least 1.
  ///   - chance: from -1 to 1, drawn by the caller.
  /// - Returns: the wait before the next try.
  public func delay(after failures: Int, chance: Double) -> Duration {
    let doublings = min(max(0, failures - 1), 20)
    let plain = min(longest, first * (1 << doublings))
    return min(longest, plain * (1 + jitter * max(-1, min(1, chance))))
  }
}
