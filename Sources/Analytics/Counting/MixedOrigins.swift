public import Model

/// Whether the readings of a counter come from several origins by turns, each of which counts on its own.
///
/// - Formula: the readings are spread over k chains, each of which continues the chain with the largest last value that
///   is not above it; one that is below all of them restarts the chain of the reading before. Several origins fit where
///   at most a quarter of the falls of the whole are such restarts, the chains together rise by at most a tenth of what
///   the counter would rise by as one, readings go from chain to chain at least 6 times, and there are at least
///   3 different values for each chain, so that no few small numbers fit by chance. Where up to 12 origins are read in one
///   order, it is enough that at most a quarter of the falls is left between readings of the same turn.
/// - Edge cases: fewer than 3 falls are none. A counter whose process restarts over and over begins anew at each fall,
///   below all chains, and rises by less than it would over them. Up to 12 origins are distinguished from it.
public enum MixedOrigins {
  /// So many readings are looked at together: what was mixed for a day is found in a month that was not.
  private static let portion = 512
  private static let chainCounts = [2, 3, 4, 6, 12]

  /// Whether that is so anywhere in the cells that start in a window.
  public static func areIn(_ cells: [Cell], window: Window) -> Bool {
    let inside = cells.lazy.filter { cell in
      cell.count > 0 && cell.low >= 0 && window.contains(Instant(minute: cell.minute))
    }
    var falls = 0
    var last = -Double.infinity
    for cell in inside {
      falls += Int(clamping: cell.resets) + (cell.first < last ? 1 : 0)
      last = cell.last
    }
    guard falls >= 3 else { return false }
    let all = Array(inside).flatMap { readings(of: $0) }
    return stride(from: 0, to: all.count, by: portion).contains { start in
      areMixed(all[start..<min(start + portion, all.count)])
    }
  }

  /// What is known of the readings of a cell, in order; between falls its highest and lowest are taken for the others.
  private static func readings(of cell: Cell) -> [Double] {
    if cell.count == 1 { return [cell.first] }
    return cell.count > 2 && cell.resets > 0
      ? [cell.first, cell.high, cell.low, cell.last] : [cell.first, cell.last]
  }

  private static func areMixed(_ readings: ArraySlice<Double>) -> Bool {
    let steps = zip(readings, readings.dropFirst())
    let falls = steps.count { $1 < $0 }
    guard falls >= 3 else { return false }
    let rise = steps.reduce(0) { $0 + Cell.step(from: $1.0, to: $1.1) }
    let values = Set(readings).count
    let isByTurns = (2...12).contains { count in
      values >= 3 * count
        && zip(readings, readings.dropFirst(count)).count { $1 < $0 } * 4 <= falls
    }
    return isByTurns
      || chainCounts.contains { count in
        guard values >= 3 * count else { return false }
        let chains = Chains(readings, count: count)
        return chains.switches >= 6 && chains.restarts * 4 <= falls && chains.rise * 10 <= rise
      }
  }

  /// Readings spread over so many chains at most.
  private struct Chains {
    private(set) var switches = 0
    private(set) var restarts = 0
    private(set) var rise = 0.0

    init(_ readings: ArraySlice<Double>, count: Int) {
      var ends: [Double] = []
      var current = 0
      for reading in readings {
        var best: Int?
        for (place, end) in ends.enumerated() where end <= reading {
          let isBetter = best.map { ends[$0] < end || (ends[$0] == end && place == current) }
          if isBetter ?? true { best = place }
        }
        if let best {
          rise += reading - ends[best]
          ends[best] = reading
          if best != current { switches += 1 }
          current = best
        } else if ends.count < count {
          if !ends.isEmpty { switches += 1 }
          current = ends.count
          ends.append(reading)
        } else {
          restarts += 1
          rise += reading
          ends[current] = reading
        }
      }
    }
  }
}
