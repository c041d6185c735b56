public import Model

/// Good and total, minute by minute, with running sums: any window's counts in two look-ups.
///
/// A minute is booked by its start; a window on whole minutes holds the minutes from its start up to its end.
public struct Tally: Hashable, Sendable {
  /// Starts of the minutes that have a total, in minutes since the epoch, rising.
  public let minutes: [Int64]
  // Wider than the counts, so that no sum of any column overflows.
  private let goodSums: [Int128]
  private let totalSums: [Int128]

  /// - Precondition: three columns of one length, `minutes` rising.
  public init(minutes: [Int64] = [], good: [Int64] = [], total: [Int64] = []) {
    precondition(minutes.count == good.count && good.count == total.count, "unequal columns")
    self.minutes = minutes
    goodSums = Tally.sums(good)
    totalSums = Tally.sums(total)
  }

  private static func sums(_ column: [Int64]) -> [Int128] {
    var result: [Int128] = [0]
    result.reserveCapacity(column.count + 1)
    var sum: Int128 = 0
    for value in column {
      sum += Int128(value)
      result.append(sum)
    }
    return result
  }

  /// The counts of the minutes inside a window; sums stop at the ends of `Int64`.
  public func counts(in window: Window) -> EventCounts { counts(at: range(of: window)) }

  /// The counts of the minutes at these positions; sums stop at the ends of `Int64`.
  public func counts(at range: Range<Int>) -> EventCounts {
    EventCounts(
      good: Int64(clamping: goodSums[range.upperBound] - goodSums[range.lowerBound]),
      total: Int64(clamping: totalSums[range.upperBound] - totalSums[range.lowerBound]))
  }

  /// The positions of the minutes inside a window.
  public func range(of window: Window) -> Range<Int> {
    let from = index(from: window.start.minuteUp)
    return from..<max(from, index(from: window.end.minuteUp))
  }

  private func index(from minute: Int64) -> Int {
    var (low, high) = (0, minutes.count)
    while low < high {
      let middle = (low + high) / 2
      if minutes[middle] < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Good out of total.
public struct EventCounts: Hashable, Sendable {
  public let good: Int64
  public let total: Int64
  /// What is not good; negative where good exceeds the total.
  public var bad: Int64 { Int64(clamping: Int128(total) - Int128(good)) }

  public init(good: Int64, total: Int64) {
    self.good = good
    self.total = total
  }
}
