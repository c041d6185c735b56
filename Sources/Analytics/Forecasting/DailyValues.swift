/// One value a day, where there is one: what a forecast is made of.
public struct DailyValues: Hashable, Sendable {
  public enum Failure: Error, Hashable, Sendable {
    /// Two values of one day: a day has one, and nothing here tells which.
    case twoValues(day: Int)
  }

  /// Days as numbers in any calendar that counts on, ascending.
  public let days: [Int]
  /// Finite and not negative.
  public let values: [Double]
  /// How many were left out: NaN and infinities.
  public let notFinite: Int
  /// How many were left out: sizes below zero.
  public let negative: Int

  /// - Parameters:
  ///   - days: in any order.
  ///   - values: as many as days.
  /// - Throws: ``Failure/twoValues(day:)``.
  public init(days: [Int], values: [Double]) throws(Failure) {
    precondition(days.count == values.count)
    var (keptDays, keptValues): ([Int], [Double]) = ([], [])
    keptDays.reserveCapacity(days.count)
    keptValues.reserveCapacity(days.count)
    var (notFinite, negative) = (0, 0)
    var isAscending = true
    for (day, value) in zip(days, values) {
      if !value.isFinite {
        notFinite += 1
      } else if value < 0 {
        negative += 1
      } else {
        if let last = keptDays.last, day <= last { isAscending = false }
        keptDays.append(day)
        keptValues.append(value)
      }
    }
    if !isAscending {
      let order = keptDays.indices.sorted { keptDays[$0] < keptDays[$1] }
      (keptDays, keptValues) = (order.map { keptDays[$0] }, order.map { keptValues[$0] })
      for (day, next) in zip(keptDays, keptDays.dropFirst()) where day == next {
        throw .twoValues(day: day)
      }
    }
    (self.days, self.values) = (keptDays, keptValues)
    (self.notFinite, self.negative) = (notFinite, negative)
  }
}
