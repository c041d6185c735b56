import Foundation
import TestSupport
import Testing

@Suite("Beside a real Prometheus")
struct PrometheusTests {
  /// The end of week 42 in Berlin, 2026-10-18T22:00:00Z.
  private static let end: Int64 = 1_792_360_800
  /// 2026-10-16T09:20:00Z, when the scheduler's process started anew: 2 d 12 h 40 min before the end.
  private static let restart: Int64 = end - (2 * 86_400 + 12 * 3600 + 40 * 60)

  private static let up = #"up{job="pricing-admin"}"#
  private static let runs = #"pricing_scheduled_sync_runs_total{status="success"}"#

  private static func bucket(_ bound: String) -> String {
    #"pricing_scheduled_sync_duration_seconds_bucket{le="\#(bound)"}"#
  }

  /// The increase over the last seven days without `increase()`, which extrapolates: what was counted up to the restart,
  /// less what stood there before the week, and what was counted since, from 0.
  ///
  /// The reading before the week is 55 min old, because of the gap.
  private static func counted(_ counter: String) -> String {
    "last_over_time(\(counter)[10m] @ \(restart)) - last_over_time(\(counter)[2h] @ \(end - 604_800))"
      + " + last_over_time(\(counter)[10m] @ \(end))"
  }

  @Test("its engine finds the same checks, restarts and events in the same snapshots")
  func agrees() throws {
    let demo = try Demo.shared.get()
    let (up, runs) = (PrometheusTests.up, PrometheusTests.runs)
    let queries = [
      "sum_over_time(\(up)[30d])", "count_over_time(\(up)[30d])",
      "sum_over_time(\(up)[7d])", "count_over_time(\(up)[7d])",
      "resets(\(runs)[7d])", PrometheusTests.counted(runs),
      PrometheusTests.counted(PrometheusTests.bucket("60.0")),
      PrometheusTests.counted(PrometheusTests.bucket("+Inf")),
      // Prometheus 2 takes both ends of a range, sloreport the later one only: nothing may lie exactly on the earlier.
      "count_over_time(\(up)[1ms] @ \(PrometheusTests.end - 30 * 86_400))",
      "count_over_time(\(up)[1ms] @ \(PrometheusTests.end - 7 * 86_400))",
      // What it shows itself stands in the JSON.
      "sum(increase(\(runs)[7d]))", "sum(increase(pricing_scheduled_sync_runs_total[7d]))",
    ]
    // The files from Monday 14 September on: 30 days before the end is 18 September.
    let server = try PrometheusServer { data in
      for file in try demo.snapshots.suffix(6) {
        // Blocks of two days: the same answers as with the usual two hours, and far fewer files.
        let script = """
          set -eu
          gzip -dc "$0" >"$1.om"
          promtool tsdb create-blocks-from --max-block-duration=48h openmetrics "$1.om" "$1"
          """
        try PostgresServer.runTool(["/bin/sh", "-c", script, file.path, data])
      }
    }
    let answers = try queries.map { query in
      let values = try server.query(query, at: Double(PrometheusTests.end))
      #expect(values.count < 2, "\(query)")
      return values.values.first
    }
    let report = try DemoReport(demo.json)
    let uptime = try report.objective("admin-uptime")
    let success = try report.objective("sync-success")
    let duration = try report.objective("sync-duration")
    let expected: [Int64?] = [
      uptime.window.counts?.good, uptime.window.counts?.total, uptime.period?.good,
      uptime.period?.total, Int64(success.resets), success.period?.good, duration.period?.good,
      duration.period?.total, nil, nil,
    ]
    let shown = try #require(success.prometheus?.version2)
    for (answer, expected) in zip(answers.suffix(2), [shown.good, shown.total]) {
      let (answer, expected) = (try #require(answer), try #require(expected))
      #expect(abs(answer / expected - 1) < 1e-9)
    }
    for (query, (answer, expected)) in zip(queries, zip(answers, expected)) {
      #expect(answer == expected.map(Double.init), "\(query)")
    }
    // Not by chance alike: 3 of 8640 checks failed, 3 of 28 runs were slow, one restart.
    #expect(answers.prefix(2) == [8637, 8640])
    #expect(answers[4...7] == [1, 28, 25, 28])
  }
}
