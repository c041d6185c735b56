import Glibc

/// Chance that is the same on every run.
struct SeededChance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// - Formula: SplitMix64; Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators* (2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func uniform(_ low: Double = 0, _ high: Double = 1) -> Double {
    low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Student's t of few degrees of freedom: now and then very far out.
  mutating func heavy(_ degrees: Int) -> Double {
    var squares = 0.0
    for _ in 0..<degrees {
      let part = normal()
      squares += part * part
    }
    return normal() / (squares / Double(degrees)).squareRoot()
  }

  mutating func exponential() -> Double { -log(1 - uniform()) }
}

/// What makes the values of an item, a day at a time: a copy with other chance is another future of the same past.
struct ForecastProcess {
  var chance: SeededChance
  /// Level that is kept, and what is added to it each day.
  var level = 100.0
  var slope = 0.0
  /// What the slope gains each day.
  var acceleration = 0.0
  /// A share of the way to this level each day.
  var saturation: (level: Double, share: Double)?
  /// Share of the level that the slope is: growth by percent.
  var growth = 0.0
  var walk = 0.0
  /// Noise that is forgotten from day to day, in part.
  var noise = 0.0
  var memory = 0.0
  /// 0 for normal noise.
  var heavyDegrees = 0
  var noiseShare = 0.0
  var weekly: [Double] = []
  var monthly = 0.0
  /// Level and slope that are added on a day.
  var events: [(day: Int, level: Double, slope: Double)] = []
  /// About every so many days the level falls by this share of what it grew since the start.
  var cleanups: (days: Double, share: Double)?
  /// On reaching this much above the start the level falls back to it.
  var sawtooth: Double?
  /// By chance on a day: the level rises by about this much.
  var bursts: (chance: Double, size: Double)?
  /// By chance on a day: the value alone is this much higher.
  var spikes: (chance: Double, size: Double)?
  var isWhole = false
  var ceiling = Double.infinity
  /// Share of days without a value.
  var missing = 0.0

  private var day = 0
  private var wave = 0.0
  private var nextCleanup = 0.0
  private var start: Double?

  init(chance: SeededChance) { self.chance = chance }

  /// The value of the next day.
  mutating func next() -> Double {
    let base = start ?? level
    start = base
    slope += acceleration
    level += slope + growth * level
    if walk > 0 { level += walk * chance.normal() }
    if let saturation { level += (saturation.level - level) * saturation.share }
    for event in events where event.day == day {
      level += event.level
      slope += event.slope
    }
    if let cleanups {
      nextCleanup -= 1
      if nextCleanup <= 0 {
        nextCleanup = cleanups.days * chance.uniform(0.8, 1.2)
        if day > 0 { level -= cleanups.share * (level - base) }
      }
    }
    if let sawtooth, level > base + sawtooth { level = base }
    if let bursts, chance.uniform() < bursts.chance { level += bursts.size * chance.exponential() }
    let shock = heavyDegrees > 0 ? chance.heavy(heavyDegrees) : chance.normal()
    wave = memory * wave + (1 - memory * memory).squareRoot() * shock
    var value = level + wave * (noise + noiseShare * abs(level))
    if !weekly.isEmpty { value += weekly[day % 7] }
    value += monthly * sin(2 * Double.pi * Double(day) / 30.4)
    if let spikes, chance.uniform() < spikes.chance {
      value += spikes.size * (0.5 + chance.exponential())
    }
    day += 1
    if isWhole { value.round() }
    return min(max(value, 0), ceiling)
  }

  mutating func isMissing() -> Bool { missing > 0 && chance.uniform() < missing }
}
