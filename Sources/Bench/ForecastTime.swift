import Analytics
import Glibc

/// How long forecasts of items of 400 days take, each with its back-test: `sloreport-bench forecast-time SEED ITEMS`.
struct ForecastTime {
  private static let days = 400

  let items: Int
  let seconds: Double
  /// Of the processor.
  let work: Double

  init(seed: UInt64, items: Int) async throws {
    var chance = SeededChance(seed: seed)
    let kinds = ForecastKind.allCases
    let all = try (0..<items).map {
      try ForecastItem(kinds[$0 % kinds.count], seed: chance.next(), days: ForecastTime.days)
    }
    let timer = ContinuousClock()
    let (start, before) = (timer.now, clock())
    let answers = try await inHalves(items) { places in
      places.map { place in
        let item = all[place]
        let forecast = try? Forecast(
          item.past, asOf: item.asOf, horizon: ForecastItem.horizon, ceiling: item.ceiling)
        return forecast?.answer(to: item.limit)
      }
    }
    seconds = (timer.now - start) / .seconds(1)
    work = Double(clock() - before) / 1e6
    self.items = answers.count { $0 != nil }
  }

  var text: String {
    "\(items) forecasts in \(seconds) s, \(work) s of processor time in two threads\n"
  }
}
