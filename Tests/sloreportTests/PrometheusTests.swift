import Foundation
import Glibc
import TestSupport
import Testing

/// A real Prometheus that holds the demo's snapshots, and its answers.
private struct Recording {
  /// The value of each query, or `nil` where there is no sample.
  let answers: [Double?]

  /// Asks everything at one instant, in seconds since the epoch.
  ///
  /// The server lives only as long as the shell that asks it.
  init(_ snapshots: [URL], at time: Int64, queries: [String]) throws {
    let folder = try TemporaryFolder()
    let asked = queries.map {
      "promtool query instant --time=\(time) \"$server\" '\($0)' >answer && cat answer && echo ."
    }
    // Blocks of two days: the same answers as with the usual two hours, and far fewer files.
    let script = """
      set -euo pipefail
      for file in \(snapshots.map { "'\($0.path)'" }.joined(separator: " ")); do
        gzip -dc "$file" >snapshots.om
        promtool tsdb create-blocks-from --max-block-duration=48h openmetrics snapshots.om blocks >&2
      done
      echo 'global: {}' >prometheus.yml
      server=http://127.0.0.1:\(try Recording.freePort())
      timeout -s KILL 60 prometheus --config.file=prometheus.yml --storage.tsdb.path=blocks \\
        --storage.tsdb.retention.time=100y --web.listen-address="${server#http://}" --log.level=warn >&2 &
      # `timeout` leads a process group of its own. SIGTERM would not do: it is blocked in what a test starts.
      trap 'kill -KILL -- -$!' EXIT
      for attempt in $(seq 150); do
        promtool query instant "$server" 'vector(1)' >/dev/null 2>&1 && break
        sleep 0.2
      done
      \(asked.joined(separator: "\n"))
      """
    let outcome = try Program("sloreport").shell(
      script, in: URL(fileURLWithPath: folder.path))
    try #require(
      outcome.status == 0,
      "status \(outcome.status); `make test` installs what is missing. \(outcome.errors)")
    let blocks = outcome.output.components(separatedBy: ".\n").dropLast()
    try #require(blocks.count == queries.count, "\(outcome.output)")
    // `{labels} => 8637 @[1792360800]`, one line a series.
    answers = try zip(blocks, queries).map { block, query in
      if block.allSatisfy(\.isWhitespace) { return nil }
      let value = try #require(
        block.wholeMatch(of: /[^\n]* => ([0-9.e+]+) @\[[0-9.]+\]\s*/)?.output.1,
        "\(query): \(block)")
      return Double(value)
    }
  }

  /// A port of this machine that nobody listened at a moment ago.
  private static func freePort() throws -> UInt16 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(socket >= 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    try #require(isBound)
    return UInt16(bigEndian: address.sin_port)
  }
}

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
    ]
    // The files from Monday 14 September on: 30 days before the end is 18 September.
    let answers = try Recording(
      demo.snapshots.suffix(6), at: PrometheusTests.end, queries: queries
    ).answers
    let report = try DemoReport(demo.json)
    let uptime = try report.objective("admin-uptime")
    let success = try report.objective("sync-success")
    let duration = try report.objective("sync-duration")
    let expected: [Int64?] = [
      uptime.window.counts?.good, uptime.window.counts?.total, uptime.period?.good,
      uptime.period?.total, Int64(success.resets), success.period?.good, duration.period?.good,
      duration.period?.total, nil, nil,
    ]
    for (query, (answer, expected)) in zip(queries, zip(answers, expected)) {
      #expect(answer == expected.map(Double.init), "\(query)")
    }
    // Not by chance alike: 3 of 8640 checks failed, 3 of 28 runs were slow, one restart.
    #expect(answers.prefix(2) == [8637, 8640])
    #expect(answers[4...7] == [1, 28, 25, 28])
  }
}
