import Foundation
import TestSupport
import Testing

/// A folder with data of its own, and the instant at which everything is asked.
struct GoldenScene: Sendable, CustomTestStringConvertible {
  let name: String
  let asOf: String
  let prepare: @Sendable (Workspace) throws -> Void

  init(
    _ name: String, asOf: String = Workspace.asOf,
    _ prepare: @escaping @Sendable (Workspace) throws -> Void
  ) {
    (self.name, self.asOf, self.prepare) = (name, asOf, prepare)
  }

  var testDescription: String { name }

  static let all = [calm, nothingJudged, openIncident, clockChange, twenty, revised, doubtful]

  private static let calm = GoldenScene("on-course") {
    try $0.write("title: Shop\n" + Workspace.configuration, to: "sloreport.yaml")
    try $0.write(Workspace.orders(days: 40, badEvery: 30), to: "snapshots/orders.om")
  }

  /// A history of three days, a selector without a series, and a source without a file.
  private static let nothingJudged = GoldenScene("nothing-judged") {
    try $0.write(
      """
      title: Young & new
      timezone: UTC
      sources:
        metrics: { files: "snapshots/*.om" }
      services:
        shop:
          slos:
            orders:
              objective: 99%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            refunds:
              objective: 99.9%
              window: month
              ratio: { source: metrics, good: 'refunds_total{code="ok"}', total: refunds_total }
      """, to: "sloreport.yaml")
    try $0.write(Workspace.orders(days: 3, badEvery: 30), to: "snapshots/orders.om")
  }

  private static let openIncident = GoldenScene("open-incident") {
    try $0.write(
      """
      title: Shop and payments
      timezone: UTC
      sources:
        metrics: { files: "snapshots/*.om" }
        incidents: { files: "incidents-*.csv" }
      exclusions:
        - { from: 2026-10-14T22:00:00Z, to: 2026-10-14T23:00:00Z, reason: database move, by: Ada, entered: 2026-10-12 }
      services:
        shop:
          title: Shop
          owner: team-a
          incidents: { source: incidents }
          slos:
            orders:
              title: Orders placed
              objective: 99.5%
              window: 28d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            open:
              title: Shop is open
              objective: 99%
              window: month
              availability: { incidents: all }
        payments:
          title: Payments
          incidents: { source: incidents }
          slos:
            reach:
              objective: 99.9%
              window: 7d
              availability: { incidents: [critical, major] }
      """, to: "sloreport.yaml")
    try $0.write(outage(hours: 3, before: 90), to: "snapshots/orders.om")
    try $0.write(
      """
      id,title,service,severity,started_at,detected_at,acknowledged_at,resolved_at,cause
      INC-1,Slow checkout,shop,minor,2026-09-20T10:00:00Z,2026-09-20T10:05:00Z,,2026-09-20T11:00:00Z,capacity
      INC-2,Orders fail,shop,critical,2026-10-15T06:00:00Z,2026-10-15T06:04:00Z,2026-10-15T06:10:00Z,2026-10-15T09:05:00Z,deploy
      INC-3,Certificate,shop;payments,major,2026-10-16T12:00:00Z,,,2026-10-16T12:40:00Z,
      INC-4,Provider down,payments,major,2026-10-18T20:00:00Z,2026-10-18T20:01:00Z,,,provider

      """, to: "incidents-20261019T000000Z.csv")
  }

  /// Berlin: 25 hours on Sunday 25 October 2026.
  private static let clockChange = GoldenScene("clock-change", asOf: "2026-10-26T06:00:00Z") {
    try $0.write(
      """
      title: Shop
      timezone: Europe/Berlin
      sources: { metrics: { files: "snapshots/*.om" } }
      services:
        shop:
          slos:
            orders:
              objective: 99%
              window: week
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
      """, to: "sloreport.yaml")
    try $0.write(
      Workspace.orders(days: 40, badEvery: 12, until: Workspace.end + 7 * 86_400 + 6 * 3600),
      to: "snapshots/orders.om")
  }

  /// Four services of five objectives each, of every kind of window; some overspent, some at risk, one without data.
  private static let twenty = GoldenScene("twenty") { workspace in
    let windows = ["7d", "28d", "month", "week", "day"]
    var text =
      "title: Four services\ntimezone: UTC\nsources: { metrics: { files: \"snapshots/*.om\" } }\nservices:\n"
    var series: [String] = []
    for service in 0..<4 {
      text += "  s\(service):\n    title: Service \(service)\n    slos:\n"
      for (place, window) in windows.enumerated() {
        let name = "m\(service)_\(place)"
        text += """
                o\(place):
                  title: Objective \(service).\(place)
                  objective: \(place == 3 ? "99.9%" : "99%")
                  window: \(window)
                  ratio: { source: metrics, good: '\(name)_total{code="ok"}', total: \(name)_total }

          """
        if service == 3, place == 4 { continue }
        let every = [7, 40, 130, 60, 300][(service + place) % 5]
        series.append(
          Workspace.orders(days: 30, badEvery: every).replacing("orders", with: name)
            .replacing("# EOF\n", with: ""))
      }
    }
    try workspace.write(text, to: "sloreport.yaml")
    try workspace.write(series.joined() + "# EOF\n", to: "snapshots/all.om")
  }

  /// A week that was reported with a hole, whose rows came later.
  private static let revised = GoldenScene("revised") { workspace in
    try workspace.write(
      """
      title: Shop
      timezone: UTC
      sources: { rows: { files: "*.csv" } }
      services:
        shop:
          slos:
            orders: { objective: 99%, window: 14d, ratio: { source: rows, where: {} } }
      """, to: "sloreport.yaml")
    func rows(_ range: Range<Int>) -> String {
      "bucket,good,total\n"
        + range.map {
          "\(Workspace.end - 86_400 * 28 + Int64($0) * 3600),\($0 % 100 == 0 ? 90 : 100),100\n"
        }
        .joined()
    }
    try workspace.write(rows(0..<600) + rows(630..<672).dropFirst(18), to: "1.csv")
    try workspace.run("weekly", "--as-of", Workspace.asOf)
    try workspace.write(rows(600..<630), to: "2.csv")
  }

  /// Counters that restart, a hole, a bound between two buckets, a source that fails, and a series that is gone.
  private static let doubtful = GoldenScene("doubtful") { workspace in
    try workspace.write(
      """
      title: Shop
      timezone: UTC
      sources:
        metrics: { files: "m/*.prom" }
        rows: { files: "r/*.csv" }
      services:
        shop:
          slos:
            orders:
              objective: 99%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            speed:
              objective: 95%
              window: 7d
              latency: { source: metrics, histogram: seconds, at_most: 300ms }
            up: { objective: 99%, window: 7d, availability: { source: metrics, up: up } }
            fresh: { objective: 99%, window: 7d, freshness: { source: metrics, newest: last_success, at_most: 2h } }
            rows: { objective: 99%, window: 7d, ratio: { source: rows, where: {} } }
      """, to: "sloreport.yaml")
    let end = Int(Workspace.end)
    try workspace.write(
      Workspace.text([
        (
          "orders_total{instance=\"a\",code=\"ok\"}",
          { (400..<460).contains($0) ? nil : 10 * ($0 % 300) }
        ),
        (
          "orders_total{instance=\"a\",code=\"failed\"}",
          { (400..<460).contains($0) ? nil : ($0 % 300) / 40 }
        ),
        ("orders_total{instance=\"b\",code=\"ok\"}", { $0 > 900 ? nil : 10 * $0 }),
        ("seconds_bucket{le=\"0.25\"}", { 9 * $0 }), ("seconds_bucket{le=\"0.5\"}", { 10 * $0 }),
        ("seconds_bucket{le=\"+Inf\"}", { 10 * $0 }),
        ("up{instance=\"a\"}", { $0 % 200 == 7 ? 0 : 1 }),
        ("last_success", { end - 8 * 86_400 + $0 / 10 * 6000 }),
      ]), to: "m/a.prom")
    try workspace.write("bucket,good,total\n2026-10-18T00:00:00Z,1,\"", to: "r/1.csv")
  }

  /// Forty days of orders every five minutes; all of some hours fail, that begin so many hours before the end.
  private static func outage(hours: Int, before: Int) -> String {
    var (good, bad, ok, failed) = (["# TYPE orders counter"], [String](), 0, 0)
    for index in 0...(40 * 288) {
      let left = 40 * 288 - index
      let isDown = left <= before * 12 && left > (before - hours) * 12
      ok += isDown ? 0 : 10
      failed += isDown ? 10 : index % 60 == 0 ? 1 : 0
      let time = Workspace.end - Int64(left) * 300
      good.append("orders_total{code=\"ok\"} \(ok) \(time)")
      bad.append("orders_total{code=\"failed\"} \(failed) \(time)")
    }
    return (good + bad).joined(separator: "\n") + "\n# EOF\n"
  }
}
