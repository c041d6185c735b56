/// What each weekday is above or below its week, where the days follow their week closely enough.
public struct WeeklyPattern: Hashable, Sendable {
  /// By day of the series modulo 7; their mean is 0.
  public let profile: [Double]

  /// Finds the pattern of a series with a place for each day.
  ///
  /// - Formula: the deviation of a day is its value less the mean of the seven days around it, of which five must be there; the
  ///   profile is the median of each weekday's deviations, less the mean of the seven medians.
  /// - Edge cases: `nil` with fewer than 28 values, 21 deviations, or 3 of a weekday; and where the profile explains less than 30 %
  ///   of the deviations' squares.
  init?(_ values: [Double], isPresent: [Bool], count: Int) {
    guard count >= 28 else { return nil }
    var deviations = [Double](repeating: 0, count: values.count)
    var places: [Int] = []
    places.reserveCapacity(values.count)
    for day in 3..<max(3, values.count - 3) where isPresent[day] {
      var (sum, present) = (0.0, 0)
      for near in day - 3...day + 3 where isPresent[near] {
        sum += values[near]
        present += 1
      }
      guard present >= 5 else { continue }
      deviations[day] = values[day] - sum / Double(present)
      places.append(day)
    }
    guard places.count >= 21 else { return nil }
    var profile = [Double](repeating: 0, count: 7)
    var ofWeekday: [Double] = []
    ofWeekday.reserveCapacity(values.count / 7 + 1)
    for weekday in 0..<7 {
      ofWeekday.removeAll(keepingCapacity: true)
      for day in places where day % 7 == weekday { ofWeekday.append(deviations[day]) }
      guard ofWeekday.count >= 3 else { return nil }
      profile[weekday] = Median.of(&ofWeekday)
    }
    let mean = profile.reduce(0, +) / 7
    for weekday in 0..<7 { profile[weekday] -= mean }
    var (left, all) = (0.0, 0.0)
    for day in places {
      let rest = deviations[day] - profile[day % 7]
      left += rest * rest
      all += deviations[day] * deviations[day]
    }
    guard all > 0, 1 - left / all >= 0.30 else { return nil }
    self.profile = profile
  }

  private init(profile: [Double]) { self.profile = profile }

  func scaled(by factor: Double) -> WeeklyPattern {
    WeeklyPattern(profile: profile.map { $0 * factor })
  }
}
