public import Model

/// The increase of a counter, step by step, restarts undone.
///
/// - Formula: the sum of `v[i] - v[i-1]` where the value rises, and of `v[i]` where it falls (a restart from zero).
///   Exact and additive: nothing is extrapolated, so days add up to their month. What no method recovers are the
///   events between the last reading before a restart and the restart. Where the start of a counter is known, a restart is
///   seen even if the new value is above the old one, and a counter that appears counts from zero; inside a cell falls
///   alone are seen.
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
  public static func steps(of cells: [Cell]) -> [Step] { steps(of: cells, from: [], within: 0) }

  /// The same, where starts of the counter are known, in order of time.
  ///
  /// A start between two neighbouring readings is a restart, when no reading up to the earlier one has it. One at most
  /// `reach` nanoseconds before the first reading makes that reading a step from zero.
  static func steps(
    of cells: [Cell], from starts: [CounterStarts.Start], within reach: Int64
  ) -> [Step] {
    var result: [Step] = []
    result.reserveCapacity(cells.count)
    var previous: Cell?
    var next = 0
    for cell in cells where cell.count > 0 && cell.low >= 0 {
      var amount = cell.increase
      var isReset = cell.resets > 0
      var after = previous?.lastTime
      var start: CounterStarts.Start?
      while next < starts.count, starts[next].at < cell.firstTime {
        let known = starts[next]
        if known.at > after ?? .min, known.seen > after ?? .min { start = known }
        next += 1
      }
      if let previous {
        let restarted = start != nil || cell.first < previous.last
        amount += restarted ? cell.first : cell.first - previous.last
        isReset = isReset || restarted
      } else if let start, cell.firstTime - start.at <= reach {
        amount += cell.first - start.base
        after = start.at
      }
      if after != nil || cell.count > 1 {
        result.append(
          Step(
            minute: cell.minute, amount: amount, after: after ?? cell.firstTime,
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
