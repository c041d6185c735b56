/// The kinds of items that forecasts are measured on; parameters are drawn for each item.
enum ForecastKind: String, CaseIterable {
  case white, autoregressive, walk, line, lineWithMemory, weekly, monthly, sawtooth
  case stepPast = "step past"
  case stepsSeveral = "steps several"
  case stepRecent = "step 4-13 days old"
  case cleanupPast = "clean-up past"
  case cleanupsToCome = "clean-ups to come"
  case slopeChange = "slope change"
  case acceleration, saturation, bursts, counts
  case percent = "percent near 100"
  case constant, falling
  case halfMissing = "half missing"
  case days13 = "13 days"
  case resized = "resized limit"
  case freeSpace = "free space to 0"
  case heavyTails = "heavy tails"
  case spikes
  case short = "14-40 days"
  case percentGrowth = "growth by percent"
  case weeklyWalk = "weekly and walk"

  /// Days of the past.
  func length(_ chance: inout SeededChance) -> Int {
    switch self {
    case .days13: 13
    case .short: chance.whole(14...40)
    case .stepRecent, .stepsSeveral, .cleanupPast, .stepPast, .slopeChange, .sawtooth,
      .acceleration:
      chance.whole(90...400)
    case .cleanupsToCome: chance.whole(150...400)
    case .white, .autoregressive, .walk, .line, .lineWithMemory, .weekly, .monthly, .saturation,
      .bursts, .counts, .percent, .constant, .falling, .halfMissing, .resized, .freeSpace,
      .heavyTails, .spikes, .percentGrowth, .weeklyWalk:
      chance.whole(60...400)
    }
  }

  func process(_ chance: inout SeededChance, days: Int) -> ForecastProcess {
    var process = ForecastProcess(chance: SeededChance(seed: chance.next()))
    process.level = chance.uniform(200, 1000)
    process.slope = chance.uniform(0.2, 3)
    process.noise = process.slope * chance.uniform(0.5, 8)
    switch self {
    case .white:
      process.slope = 0
    case .autoregressive:
      process.slope = 0
      process.memory = chance.uniform(0.5, 0.95)
    case .walk:
      process.walk = process.slope * chance.uniform(0.5, 3)
      process.noise = 0
    case .line, .days13, .resized, .short: break
    case .lineWithMemory:
      process.memory = chance.uniform(0.4, 0.9)
    case .weekly:
      process.weekly = week(&chance, size: process.noise * chance.uniform(1, 4))
    case .weeklyWalk:
      process.weekly = week(&chance, size: process.noise * chance.uniform(1, 4))
      process.walk = process.slope * chance.uniform(0.3, 1.5)
      process.noise *= 0.3
    case .monthly:
      process.monthly = process.noise * chance.uniform(0.5, 3)
    case .sawtooth:
      process.sawtooth = process.slope * chance.uniform(15, 50)
      process.noise = process.slope * chance.uniform(0.1, 2)
    case .stepPast:
      process.noise = process.slope * chance.uniform(0.5, 3)
      process.events = [step(&chance, process, on: days - chance.whole(30...80))]
    case .stepsSeveral:
      process.noise = process.slope * chance.uniform(0.3, 2)
      process.events = (0..<chance.whole(2...5)).map { _ in
        step(&chance, process, on: chance.whole(10...days - 20))
      }
    case .stepRecent:
      process.noise = process.slope * chance.uniform(0.5, 3)
      process.events = [step(&chance, process, on: days - chance.whole(4...13))]
    case .cleanupPast:
      process.noise = process.slope * chance.uniform(0.3, 3)
      let day = days - chance.whole(20...60)
      process.events = [(day, -process.slope * Double(day) * chance.uniform(0.3, 0.9), 0)]
    case .cleanupsToCome:
      process.noise = process.slope * chance.uniform(0.3, 2)
      process.cleanups = (chance.uniform(25, 60), chance.uniform(0.2, 0.7))
    case .slopeChange:
      process.noise = process.slope * chance.uniform(0.5, 5)
      let change = process.slope * (chance.uniform() < 0.5 ? -1 : chance.uniform(0.5, 3))
      process.events = [(days - chance.whole(20...90), 0, change)]
    case .acceleration:
      process.noise = process.slope * chance.uniform(0.5, 5)
      process.acceleration = process.slope * chance.uniform(0.002, 0.02)
    case .saturation:
      process.saturation = (
        process.level * chance.uniform(1.5, 3), chance.uniform(0.004, 0.03)
      )
      process.slope = 0
    case .bursts:
      process.slope = 0
      process.noise *= chance.uniform(0, 0.3)
      process.bursts = (chance.uniform(0.02, 0.15), chance.uniform(5, 60))
    case .counts:
      process.level = chance.uniform(2, 30)
      process.slope = chance.uniform(0, 0.05)
      process.noise = chance.uniform(0.2, 2)
      process.isWhole = true
    case .percent:
      process.level = chance.uniform(85, 97)
      process.slope = chance.uniform(0, 0.03)
      process.noise = chance.uniform(0.3, 3)
      process.ceiling = 100
    case .constant:
      (process.slope, process.noise) = (0, 0)
    case .falling:
      process.level = process.slope * chance.uniform(450, 900)
      process.slope = -process.slope
    case .halfMissing:
      process.missing = 0.5
    case .freeSpace:
      process.level = process.slope * (Double(days) + chance.uniform(5, 80))
      process.slope = -process.slope
      process.noise = -process.slope * chance.uniform(0.3, 5)
    case .heavyTails:
      process.heavyDegrees = 3
    case .spikes:
      process.spikes = (chance.uniform(0.005, 0.03), process.noise * chance.uniform(8, 30))
    case .percentGrowth:
      process.slope = 0
      process.growth = chance.uniform(0.0005, 0.006)
      process.noise = 0
      process.noiseShare = chance.uniform(0.003, 0.03)
    }
    return process
  }

  private func week(_ chance: inout SeededChance, size: Double) -> [Double] {
    let weekend = chance.uniform() < 0.7
    return (0..<7).map { day in
      weekend ? (day < 5 ? size / 2 : -size) : size * chance.normal()
    }
  }

  private func step(
    _ chance: inout SeededChance, _ process: ForecastProcess, on day: Int
  ) -> (day: Int, level: Double, slope: Double) {
    let size = (process.noise + process.slope) * chance.uniform(8, 40)
    return (day, chance.uniform() < 0.3 ? -size : size, 0)
  }
}
