import Analytics

/// An item of a kind: its past, what came, and a limit by another future of the same past.
///
/// The limit is 0.5 to 3 times as far from the last value as the other future comes in its 30 days, so that some items meet it,
/// some nearly, and some not by far.
struct ForecastItem {
  static let horizon = 30

  let past: DailyValues
  let future: [Double]
  let limit: CapacityLimit
  let ceiling: Double

  var asOf: Int { past.days[past.days.count - 1] }

  /// Draws an item, of so many days or else of as many as its kind has.
  init(_ kind: ForecastKind, seed: UInt64, days given: Int? = nil) throws {
    var chance = SeededChance(seed: seed)
    let length = given ?? kind.length(&chance)
    var process = kind.process(&chance, days: length)
    ceiling = process.ceiling
    var (days, values): ([Int], [Double]) = ([], [])
    for day in 0..<length {
      let value = process.next()
      // The last day has a value: what is asked is always as of it.
      if process.isMissing(), day != length - 1 { continue }
      days.append(day)
      values.append(value)
    }
    past = try DailyValues(days: days, values: values)
    var other = process
    other.chance = SeededChance(seed: chance.next())
    future = (0..<ForecastItem.horizon).map { _ in process.next() }

    let (last, share) = (values[values.count - 1], chance.uniform(0.5, 3))
    let others = (0..<ForecastItem.horizon).map { _ in other.next() }
    // What falls, or does not move, has a limit a little away.
    let up = max((others.max() ?? last) - last, 0.01 * abs(last))
    let down = max(last - (others.min() ?? last), 0.01 * abs(last))
    switch kind {
    case .freeSpace:
      limit = CapacityLimit(max(0, last - share * down), kind: .below)
    case .resized:
      // Three quarters of it until a day in the past: the limit moved, not the item.
      let value = last + share * up
      limit = CapacityLimit([
        .init(from: .min, value: value * 0.75), .init(from: length - 20, value: value),
      ])
    case .white, .autoregressive, .walk, .line, .lineWithMemory, .weekly, .monthly, .sawtooth,
      .stepPast, .stepsSeveral, .stepRecent, .cleanupPast, .cleanupsToCome, .slopeChange,
      .acceleration, .saturation, .bursts, .counts, .percent, .constant, .falling, .halfMissing,
      .days13, .heavyTails, .spikes, .short, .percentGrowth, .weeklyWalk:
      limit = CapacityLimit(min(ceiling, last + share * up))
    }
  }

  /// The first day of what came on which the limit is met.
  var crossing: Int? {
    future.indices.first { limit.isMet(by: future[$0], on: asOf + 1 + $0) }.map { asOf + 1 + $0 }
  }
}
