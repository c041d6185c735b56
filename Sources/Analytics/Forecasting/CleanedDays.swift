import Model

/// The days of a series without their weekly pattern and their outliers, about a middle of 0.
struct CleanedDays {
  /// Days from the first value to the last, both included.
  let count: Int
  let firstDay: Int
  /// By day from the first, in ``scale``s above ``centre``; 0 where there is none.
  let values: [Double]
  let isPresent: [Bool]
  let centre: Double
  /// A power of two, so that large values can be squared and no digit is lost.
  let scale: Double
  let pattern: WeeklyPattern?
  /// Days from the first.
  let outliers: [Int]
  /// Days from the first.
  let jumps: [Int]
  /// Values that are left.
  let valueCount: Int

  /// The newest jump is less than 14 days or 12 values old, and there are at most two, or at most one that is older.
  ///
  /// Several in these days are one event that goes on; several before are the nature of the item.
  var hasRecentJump: Bool {
    guard let newest = jumps.last, !isSettled(newest, at: count) else { return false }
    return jumps.count <= 2 || jumps.count { isSettled($0, at: count) } <= 1
  }

  /// Whether 14 days and 12 values of the level that began on a day were seen.
  func isSettled(_ jump: Int, at seen: Int) -> Bool {
    guard jump <= seen - 14 else { return false }
    var values = 0
    for day in jump..<seen where isPresent[day] {
      values += 1
      if values == 12 { return true }
    }
    return false
  }

  /// - Parameter input: at least one value; the last 400 days count.
  init(_ input: DailyValues) {
    let last = input.days[input.days.count - 1]
    let start = input.days.partitioningIndex { $0 > last - 400 }
    firstDay = input.days[start]
    count = last - firstDay + 1
    var kept = Array(input.values[start...])
    let centre = Median.of(&kept)
    var largest = 0.0
    for value in kept { largest = max(largest, abs(value - centre)) }
    let scale =
      largest > 0 ? Double(sign: .plus, exponent: Int(largest.exponent), significand: 1) : 1
    var values = [Double](repeating: 0, count: count)
    var isPresent = [Bool](repeating: false, count: count)
    for index in start..<input.days.count {
      values[input.days[index] - firstDay] = (input.values[index] - centre) / scale
      isPresent[input.days[index] - firstDay] = true
    }
    pattern = WeeklyPattern(values, isPresent: isPresent, count: kept.count)
    if let pattern {
      for day in 0..<count where isPresent[day] { values[day] -= pattern.profile[day % 7] }
    }

    var places = (0..<count).filter { isPresent[$0] }
    let found = OutlierDays.places(in: places.map { values[$0] }, limit: max(1, count / 100))
    outliers = found.map { places[$0] }
    for day in outliers {
      values[day] = 0
      isPresent[day] = false
    }
    if !found.isEmpty { places = places.filter { isPresent[$0] } }
    valueCount = places.count
    jumps = LevelJumps(places.map { values[$0] }, days: places).places.map { places[$0] }
    (self.values, self.isPresent) = (values, isPresent)
    (self.centre, self.scale) = (centre, scale)
  }
}
