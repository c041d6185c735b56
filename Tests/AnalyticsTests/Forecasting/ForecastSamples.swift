import Analytics

/// Series that tests share, the same on every run.
enum ForecastSamples {
  static func days(_ count: Int, value: (Int) -> Double) throws -> DailyValues {
    try DailyValues(days: Array(0..<count), values: (0..<count).map(value))
  }

  /// Plus and minus up to one, evenly.
  static func noisy(_ count: Int, value: (Int) -> Double) throws -> DailyValues {
    var chance = Chance(seed: 7)
    return try days(count) { value($0) + 2 * (chance.next() - 0.5) }
  }

  /// A linear congruential generator that any language writes in a line.
  struct Chance {
    private var state: Int
    init(seed: Int) { state = seed }

    mutating func next() -> Double {
      state = (state * 1_103_515_245 + 12345) % 2_147_483_648
      return Double(state) / 2_147_483_648
    }
  }

  /// Growth, a weekly pattern, gaps with an outlier on day 150, and a walk.
  static func series(_ name: String) throws -> DailyValues {
    let kinds = ["growth", "weekly", "gaps", "walk"]
    let kind = kinds.firstIndex(of: name) ?? 0
    var chance = Chance(seed: kind + 1)
    let count = [120, 200, 300, 400][kind]
    var (level, wave) = (500.0, 0.0)
    var (days, values): ([Int], [Double]) = ([], [])
    for day in 0..<count {
      let (noise, kept) = (chance.next() - 0.5, chance.next())
      let t = Double(day)
      switch name {
      case "growth": values.append(500 + 2 * t + 20 * noise)
      case "weekly": values.append(500 + 0.5 * t + 10 * noise + (day % 7 >= 5 ? -30 : 0))
      case "gaps":
        wave = 0.6 * wave + noise
        guard kept >= 0.3 || [0, count - 1, 150].contains(day) else { continue }
        values.append(500 + 1.5 * t + 15 * wave + (day == 150 ? 100 : 0))
      default:
        level += 10 * noise + 0.5
        values.append(level)
      }
      days.append(day)
    }
    return try DailyValues(days: days, values: values)
  }
}
