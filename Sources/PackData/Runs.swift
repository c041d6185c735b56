import Glibc
import Model

/// One sync, with all that its end adds to the metrics.
struct Run {
  let start: Int64
  let milliseconds: Int64
  let byHand: Bool
  let succeeded: Bool
  /// By provider, in the order of ``Run/providers``.
  let models: [Int64]
  let timeouts: [Int64]
  let refusals: [Int64]

  var end: Int64 { start + milliseconds }

  static let providers = ["openrouter", "litellm", "vendor"]
  /// Models a day, by provider.
  static let quotas: [Int64] = [2000, 1500, 400]
  private static let usualModels = [312.0, 187.0, 58.0]
  private static let usualMilliseconds = 22_000.0

  /// All runs that start in a span of time, by their start.
  static func all(from begin: Int64, until end: Int64, events: [Event]) -> [Run] {
    // Two generators, so that an earlier end leaves the runs before it as they are.
    var random = SplitMix64(seed: 0x5052_4943_494E_4701)
    var details = SplitMix64(seed: 0x5052_4943_494E_4704)
    var starts: [(time: Int64, byHand: Bool)] = []
    for planned in stride(from: begin, to: end, by: Int(6 * Moment.hour)) {
      let start = planned + random.whole(50_000...170_000)
      let isOff = events.contains { $0.kind == .stopped && $0.holds(atMillisecond: start) }
      if !isOff { starts.append((start, false)) }
    }
    for event in events where event.from < end {
      if event.kind == .stopped { starts.append((event.until + 20_000, false)) }
      if event.kind == .syncedByHand { starts.append((event.from, true)) }
    }
    return starts.sorted { $0.time < $1.time }.map { start in
      Run(start: start.time, byHand: start.byHand, events: events, random: &details)
    }
  }

  private init(start: Int64, byHand: Bool, events: [Event], random: inout SplitMix64) {
    let weekday = CivilDate(dayNumber: start.dividedDown(by: Moment.day)).weekday
    let load = Double(Story.loadOfWeekday[weekday - 1]) / 100
    let spread = exp(0.22 * random.normal())
    let now = events.filter { $0.holds(atMillisecond: start) }
    let slowness = now.reduce(1.0) { product, event in
      if case .slow(let percent) = event.kind { product * Double(percent) / 100 } else { product }
    }
    let succeeded = !now.contains { $0.kind == .providersFail }
    self.start = start
    self.byHand = byHand
    self.succeeded = succeeded
    milliseconds = Int64((Run.usualMilliseconds * load * spread * slowness).rounded())
    models = Run.usualModels.map { usual in
      let count = Int64((usual * (0.9 + load / 10) * (0.98 + 0.04 * random.share())).rounded())
      return succeeded ? count : 0
    }
    // Now and then one request of a good run times out and is tried again.
    timeouts = Run.providers.map { _ in random.share() < (slowness > 1 ? 0.6 : 0.05) ? 1 : 0 }
    refusals = Run.providers.map { _ in succeeded ? 0 : random.whole(3...5) }
  }
}
