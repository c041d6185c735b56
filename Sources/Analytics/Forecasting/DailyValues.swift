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
    var (days, values) = (days, values)
    if zip(days, days.dropFirst()).contains(where: { $1 <= $0 }) {
      let order = days.indices.sorted { days[$0] < days[$1] }
      (days, values) = (order.map { days[$0] }, order.map { values[$0] })
    }
    self.init(rising: days, values: values)
    for (day, next) in zip(self.days, self.days.dropFirst()) where day == next {
      throw .twoValues(day: day)
    }
  }

  /// Of days in order, each once.
  init(rising days: [Int], values: [Double]) {
    var (keptDays, keptValues): ([Int], [Double]) = ([], [])
    keptDays.reserveCapacity(days.count)
    keptValues.reserveCapacity(days.count)
    var (notFinite, negative) = (0, 0)
    for (day, value) in zip(days, values) {
      if !value.isFinite {
        notFinite += 1
      } else if value < 0 {
        negative += 1
      } else {
        keptDays.append(day)
        keptValues.append(value)
      }
    }
    (self.days, self.values) = (keptDays, keptValues)
    (self.notFinite, self.negative) = (notFinite, negative)
  }
}
