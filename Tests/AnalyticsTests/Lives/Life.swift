import Model

@testable import Analytics

/// A life of counters, and the exit that `check` should end with.
struct Life: Sendable {
  let name: String
  let exit: Int
  /// Where it ends otherwise, and why that is left.
  var left: [(settings: Set<Setting>, exit: Int, reason: String)] = []
  var form = LifeScene.Form.codes
  var origin: [String] = []
  let make: @Sendable (inout LifeScene) -> Void

  /// How often and how much is read.
  struct Setting: Hashable, Sendable, CustomStringConvertible {
    let interval: Int64
    let isBusy: Bool

    static let all = [15, 60, 300].flatMap { interval in
      [true, false].map { Setting(interval: interval, isBusy: $0) }
    }
    var description: String { "\(interval) s, \(isBusy ? "busy" : "quiet")" }
  }

  /// 99.5 % over three days: 21.6 minutes of a total outage.
  func assessment(_ setting: Setting, seed start: UInt64) throws -> Assessment {
    var seed = start
    for byte in name.utf8 { seed = seed &* 31 &+ UInt64(byte) }
    var scene = LifeScene(interval: setting.interval, rate: setting.isBusy ? 20 : 0.1, seed: seed)
    make(&scene)
    let indicator: Indicator =
      switch form {
      case .codes:
        .ratio(
          good: selector("requests_total", [.init(label: "code", condition: .equal("ok"))]),
          total: selector("requests_total"))
      case .separate: .ratio(good: selector("succeeded_total"), total: selector("requests_total"))
      case .histogram: .latency(selector("seconds_bucket"), atMost: .milliseconds(500))
      }
    let objective = objective(
      try percent(99, perMille: 5), indicator, window: .rolling(.days(3)),
      minimumHistory: .days(1))
    let window = Window(start: Instant(seconds: 0), end: Instant(seconds: LifeScene.end))
    let measurement = Measurement(
      objective, series: scene.series(), span: window, spans: WindowSet(),
      setting: .init(targets: ["m": TargetLabels(origin: origin)]))
    return Assessment(
      objective, measurement, asOf: window.end, firstData: window.start, staleAfter: .hours(6),
      zone: .utc)
  }
}

extension Assessment {
  /// 0, 1 or 3, as `check` ends.
  var exit: Int { state == .notJudged ? 3 : band?.closesGate == true ? 1 : 0 }
}
