/// The days on which the level of a series jumped.
struct LevelJumps: Hashable, Sendable {
  /// The places of the first value at each new level, among values in the order of their days.
  let places: [Int]

  /// - Parameters:
  ///   - values: what was measured.
  ///   - days: as many, rising.
  /// - Formula: what the usual rise by day, m, adds in missing days is taken out. d are the differences of neighbouring values. A jump has |d - m| above 6 times
  ///   1.4826 · median |d - m|, and the medians of the seven values before and the four to seven after it differ, less 4 m, by
  ///   more than half of |d|.
  /// - Edge cases: a difference below a billionth of the largest is rounding.
  init(_ values: [Double], days: [Int]) {
    guard values.count >= 11 else {
      places = []
      return
    }
    var rises: [Double] = []
    rises.reserveCapacity(values.count)
    for place in 1..<values.count {
      rises.append((values[place] - values[place - 1]) / Double(days[place] - days[place - 1]))
    }
    let rise = Median.of(&rises)
    var values = values
    for place in values.indices {
      let missing = days[place] - days[0] - place
      values[place] -= rise * Double(missing)
    }
    let differences = (1..<values.count).map { values[$0] - values[$0 - 1] }
    var scratch = differences
    let usual = Median.of(&scratch)
    var largest = 0.0
    for index in differences.indices {
      scratch[index] = abs(differences[index] - usual)
      largest = max(largest, abs(differences[index]))
    }
    let bound = max(6 * 1.4826 * Median.of(&scratch), 1e-9 * largest)
    var found: [Int] = []
    for place in 7..<values.count - 3 {
      let step = differences[place - 1]
      guard abs(step - usual) > bound else { continue }
      var before = Array(values[place - 7..<place])
      var after = Array(values[place..<min(values.count, place + 7)])
      let change = Median.of(&after) - Median.of(&before)
      if abs(change - 4 * usual) > abs(step) / 2 { found.append(place) }
    }
    places = found
  }
}
