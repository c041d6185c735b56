public import Model

/// The increase of a counter, step by step, restarts undone.
///
/// - Formula: the sum of `v[i] - v[i-1]` where the value rises, and of `v[i]` where it falls (a restart from zero).
///   Exact and additive: nothing is extrapolated, so days add up to their month. What no method recovers are the
///   events between the last reading before a restart and the restart.
public enum CounterIncrease {
  /// One rise, booked to the minute of its later reading.
  public struct Step: Hashable, Sendable {
    public let minute: Int64
    public let amount: Double
    /// The reading before the minute, in nanoseconds since the epoch.
    public let after: Int64
    /// The first and the last reading in the minute.
    public let first: Int64
    public let at: Int64
    public let isReset: Bool
  }

  /// The steps of a series, zero ones included; the first reading has no step.
  ///
  /// A cell with a negative value is left out: nothing that counts falls below zero.
  public static func steps(of cells: [Cell]) -> [Step] {
    var result: [Step] = []
    result.reserveCapacity(cells.count)
    var previous: Cell?
    for cell in cells where cell.count > 0 && cell.low >= 0 {
      var amount = cell.increase
      var isReset = cell.resets > 0
      if let previous {
        amount += Cell.step(from: previous.last, to: cell.first)
        isReset = isReset || cell.first < previous.last
      }
      if previous != nil || cell.count > 1 {
        result.append(
          Step(
            minute: cell.minute, amount: amount, after: previous?.lastTime ?? cell.firstTime,
            first: cell.firstTime, at: cell.lastTime, isReset: isReset))
      }
      previous = cell
    }
    return result
  }

  /// The falls between the readings of a series, as PromQL's `resets` counts them.
  public static func resets(of cells: [Cell]) -> Int64 {
    var (count, last): (Int64, Double?) = (0, nil)
    for cell in cells where cell.count > 0 {
      count += cell.resets + (last.map { cell.first < $0 } == true ? 1 : 0)
      last = cell.last
    }
    return count
  }
}
