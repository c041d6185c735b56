import Foundation
import TestSupport
import Testing

/// Ten hours of a real Prometheus up to the end of week 42, in whatever form it gives them away.
///
/// What each form brings in is compared with the answers of the server itself, which counts the steps between neighbouring
/// samples one by one: its `increase()` would stretch them.
@Suite("A snapshot of a server")
struct SnapshotTests {
  private struct Check: Decodable {
    struct Objective: Decodable {
      struct Window: Decodable { let counts: DemoReport.Counts? }
      let name: String
      let unit: String
      let window: Window
      let bucketBounds: [Double]?
      let countedBounds: [Double]?
    }
    let objectives: [Objective]
  }

  private static func configuration(_ files: String, native: Bool = true) -> String {
    let text = """
      timezone: UTC
      sources: { metrics: { files: "\(files)" } }
      services:
        shop:
          slos:
            orders:
              objective: 99%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            fast:
              objective: 99%
              window: 7d
              latency: { source: metrics, histogram: d, at_most: 500ms }
            between:
              objective: 99%
              window: 7d
              latency: { source: metrics, histogram: d, at_most: 400ms }
            level:
              objective: 99%
              window: 7d
              slices: { source: metrics, value: level, at_most: 80 }
            up:
              objective: 99%
              window: 7d
              availability: { source: metrics, up: up }

      """
    guard native else { return text }
    return text + """
            native:
              objective: 99%
              window: 7d
              latency: { source: metrics, histogram: n, at_most: 500ms }
            native-between:
              objective: 99%
              window: 7d
              latency: { source: metrics, histogram: n, at_most: 300ms }

      """
  }

  private func check(
    _ workspace: Workspace, asOf: Int64 = Workspace.end
  ) throws -> [String: Check.Objective] {
    let instant = Date(timeIntervalSince1970: Double(asOf)).ISO8601Format()
    let outcome = try workspace.run(
      "check", "--no-collect", "--format", "json", "--as-of", instant)
    #expect([1, 3].contains(outcome.status), "\(outcome)")
    let check = try JSONDecoder().decode(Check.self, from: Data(outcome.output.utf8))
    return check.objectives.reduce(into: [:]) {
      $0[String($1.name.dropFirst("shop/".count))] = $1
    }
  }

  /// What one form of the samples brought in, beside what the server counts; the objectives that the form can feed.
  private func compare(
    _ workspace: Workspace, _ expected: [String: DemoReport.Counts], _ form: String,
    asOf: Int64 = Workspace.end
  ) throws {
    let found = try check(workspace, asOf: asOf)
    for (name, expected) in expected {
      #expect(found[name]?.window.counts == expected, "\(name) of \(form)")
    }
    // Nothing lies around 0.5 where no bucket of n ends there; 0.3 cuts a bucket, as 0.4 does one of d.
    #expect(found["fast"]?.bucketBounds == nil && found["native"]?.bucketBounds == nil)
    #expect(found["native"]?.countedBounds == nil)
    #expect(found["between"]?.bucketBounds == [0.25, 0.5])
    guard expected["native-between"] != nil else { return }
    #expect(found["native-between"]?.bucketBounds == [exp2(-1.75), exp2(-1.625)], "\(form)")
  }

  @Test("counts what the server counts, in whatever form it comes")
  func agrees() async throws {
    try await onThread {
      let server = try PrometheusServer()
      try server.write(ServerStory.description)
      let expected = try ServerStory.answers(of: server, at: Workspace.end)
      // Not by chance alike: some of each are bad, and none are missing.
      for (name, counts) in expected {
        #expect(0 < counts.good && counts.good < counts.total, "\(name) \(counts)")
      }
      try self.snapshot(of: server, expected)
      try self.directory(of: server)
      try self.answers(of: server, expected)
      try self.samples(of: server, expected)
    }
  }

  /// Blocks of everything; and the report of the week, with the figures of `increase()` beside ours.
  private func snapshot(
    of server: PrometheusServer, _ expected: [String: DemoReport.Counts]
  ) throws {
    let workspace = try Workspace(configuration: Self.configuration(try server.snapshot()))
    let collected = try workspace.run("collect", "--as-of", Workspace.asOf)
    // The bounds of n are powers of 2 to the eighth: 2^(-14/8) and 2^(-13/8) are 297 ms and 324 ms.
    let between = [("between", "250 ms", "500 ms"), ("native-between", "297 ms", "324 ms")].map {
      "sloreport: shop/\($0): no bucket ends at the bound: events up to \($1) count as good, "
        + "the true figure lies between the buckets \($1) and \($2)\n"
    }
    #expect(collected.status == 0 && collected.errors == between.joined(), "\(collected)")
    try compare(workspace, expected, "the snapshot")
    let again = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(again.output == "Nothing new.\n", "\(again)")

    let weekly = try workspace.weekly("--no-collect")
    #expect(weekly.status == 0, "\(weekly)")
    let json = try workspace.read("reports/2026-W42/weekly.json")
    let report = try JSONDecoder().decode(DemoReport.self, from: json)
    for objective in report.objectives {
      #expect(objective.period == expected[String(objective.name.dropFirst("shop/".count))])
    }
    let shown = try #require(
      report.objectives.first { $0.name == "shop/orders" }?.prometheus?.version2)
    for (series, found) in [
      (#"orders_total{code="ok"}"#, shown.good), ("orders_total", shown.total),
    ] {
      let increase = try server.query("sum(increase(\(series)[7d]))", at: Double(Workspace.end))
      let (one, other) = (try #require(increase.values.first), try #require(found))
      #expect(abs(one / other - 1) < 1e-9, "\(series)")
    }
  }

  /// Blocks of all but the newest samples, which lie in the log of the running server.
  private func directory(of server: PrometheusServer) throws {
    let end = try server.blockEnd(after: 6 * 3600 + ServerStory.start)
    #expect(end < Workspace.end)
    let workspace = try Workspace(configuration: Self.configuration(server.data + "/"))
    let collected = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(collected.status == 0, "\(collected)")
    let instant = Date(timeIntervalSince1970: Double(end)).ISO8601Format()
    #expect(
      collected.errors.contains(
        "in its write-ahead log, are not read; its blocks end at \(instant)"),
      "\(collected)")
    #expect(try workspace.run("collect", "--quiet", "--as-of", Workspace.asOf).errors.isEmpty)
    try compare(
      workspace, ServerStory.answers(of: server, at: end - 60), "the data directory", asOf: end)
    #expect([0, 4].contains(try workspace.weekly().status))
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
    #expect(
      page.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("write-ahead log"))
  }

  private func answers(
    of server: PrometheusServer, _ expected: [String: DemoReport.Counts]
  ) throws {
    // A range of a series gives its samples as they are.
    let samples = try Workspace(configuration: Self.configuration("answers/*.json"))
    // Steps of a range give the value that counts then, so that a missing sample is there and a check counts twice.
    let steps = try Workspace(configuration: Self.configuration("answers/*.json"))
    for (number, series) in ServerStory.series.enumerated() {
      let samplesOfAll = ["query": "\(series)[11h]", "time": "\(Workspace.end)"]
      try samples.write(Data(server.answer("query", samplesOfAll)), to: "answers/\(number).json")
      // A file for each hour, each with its own buckets of the native histogram.
      for hour in 0..<10 {
        let start = ServerStory.start + Int64(hour) * 3600
        let range = ["query": series, "start": "\(start)", "end": "\(start + 3600)", "step": "60"]
        try steps.write(
          Data(server.answer("query_range", range)), to: "answers/\(number)-\(hour).json")
      }
    }
    // And a scrape of its own: all series at every minute, one answer behind the other.
    let instants = try Workspace(configuration: Self.configuration("answers/*.json"))
    let all = #"{__name__=~"\#(ServerStory.series.joined(separator: "|"))"}"#
    var text = Data()
    for minute in 0...600 {
      let time = ServerStory.start + Int64(minute) * 60
      text += try Data(server.answer("query", ["query": all, "time": "\(time)"]))
    }
    try instants.write(text, to: "answers/all.json")
    for (workspace, form) in [
      (samples, "answers"), (steps, "answers to ranges"), (instants, "instants"),
    ] {
      let collected = try workspace.run("collect", "--as-of", Workspace.asOf)
      #expect(collected.status == 0, "\(collected)")
      let names = expected.filter { form == "answers" || $0.key != "up" }
      try compare(workspace, names, form)
    }
  }

  /// Text and tables, which have no native histograms, of the samples that the server answers with.
  private func samples(
    of server: PrometheusServer, _ expected: [String: DemoReport.Counts]
  ) throws {
    struct Answer: Decodable {
      struct Body: Decodable { let result: [Series] }
      struct Series: Decodable {
        let metric: [String: String]
        let values: [Point]
      }
      struct Point: Decodable {
        let time: Int64
        let value: String
        init(from decoder: any Decoder) throws {
          var list = try decoder.unkeyedContainer()
          time = Int64(try list.decode(Double.self))
          value = try list.decode(String.self)
        }
      }
      let data: Body
    }
    var text = ""
    var rows: [(time: Int64, row: String)] = []
    for name in ServerStory.series where name != "n" {
      let bytes = try server.answer("query", ["query": "\(name)[11h]", "time": "\(Workspace.end)"])
      for series in try JSONDecoder().decode(Answer.self, from: Data(bytes)).data.result {
        let labels = series.metric.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }
        let inBraces = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        let columns = ["code", "instance", "le"].map { series.metric[$0] ?? "" }
        for point in series.values {
          text += "\(name){\(inBraces)} \(point.value) \(point.time)000\n"
          rows.append(
            (point.time, "\(point.time),\(name),\(point.value),\(columns.joined(separator: ","))\n")
          )
        }
      }
    }
    let table =
      "time,metric,value,code,instance,le\n"
      + rows.sorted { $0.time < $1.time }.map(\.row).joined()
    let commands = [
      "$PROGRAM collect --stdin metrics <samples",
      "gzip -c samples | $PROGRAM collect --stdin metrics",
    ]
    for content in [text, table] {
      for command in commands {
        let workspace = try Workspace(
          configuration: Self.configuration("none/*.prom", native: false))
        try workspace.write(content, to: "samples")
        let outcome = try workspace.program.shell(command, in: workspace.folder)
        #expect(outcome.status == 0 && outcome.output.hasPrefix("1 file read, "), "\(outcome)")
        try compare(
          workspace, expected.filter { !$0.key.hasPrefix("native") },
          "\(content.prefix(12)) by \(command)")
      }
    }
  }
}

/// What the server of ``SnapshotTests`` is filled with: a sample of each series a minute.
enum ServerStory {
  static let start = Workspace.end - 36_000
  static let series = ["orders_total", "d_bucket", "n", "level", "up"]

  /// A counter that starts at `first`, rises by `step`, and starts anew from 0 at the `restarts`.
  private static func counter(
    from first: Int = 0, restarts: Set<Int> = [], step: (Int) -> Int
  ) -> [Int] {
    var value = first
    return (0...600).map { minute in
      value = restarts.contains(minute) ? step(minute) : value + (minute > 0 ? step(minute) : 0)
      return value
    }
  }

  private static func entry(_ labels: [String: String], _ values: [Any]) -> [String: Any] {
    ["labels": labels, "start": start * 1000, "step": 60_000, "values": values]
  }

  static let description: String = {
    var entries: [[String: Any]] = []
    let restarts: Set<Int> = [200, 431]
    // Instance a restarts twice and misses four readings; b comes, is gone for two hours, and comes back restarted.
    for (code, every) in [("ok", 1), ("failed", 10)] {
      let a = counter(restarts: restarts) { $0 % every == 0 ? 7 : 0 }
      let b = counter(from: 5, restarts: [480]) { $0 % every == 0 ? 2 : 0 }
      entries.append(
        entry(
          ["__name__": "orders_total", "code": code, "instance": "a"],
          a.enumerated().map { (100..<104).contains($0) ? NSNull() : $1 as Any }))
      entries.append(
        entry(
          ["__name__": "orders_total", "code": code, "instance": "b"],
          b.enumerated().map { minute, value in
            switch minute {
            case ..<180, 361..<480: NSNull()
            case 360: "stale"
            default: value
            }
          }))
    }
    for (bound, share) in [("0.25", 3), ("0.5", 5), ("1", 6), ("+Inf", 6)] {
      entries.append(
        entry(
          ["__name__": "d_bucket", "le": bound],
          counter(restarts: [300]) { $0 % 7 == 0 ? 9 : share }))
    }
    // Every two hours other buckets of schema 3: 0.5 is the end of bucket -8, 0.2973 that of -14.
    let phases = [[-20, -8], [-14, 3], [-8, -13, 9], [-30, 5], [-14, -9, -5, 2]]
    var buckets: [String: Int] = [:]
    let native = (0...600).map { minute -> Any in
      if minute == 250 || minute == 480 { buckets = [:] }
      let phase = phases[min(minute / 120, 4)]
      buckets["\(phase[minute % phase.count])", default: 0] += minute % 3 + 1
      return ["schema": 3, "sum": 1, "positive": buckets] as [String: Any]
    }
    entries.append(entry(["__name__": "n", "instance": "a"], native))
    for (instance, period) in [("a", 37), ("b", 53)] {
      entries.append(
        entry(
          ["__name__": "level", "instance": instance],
          (0...600).map { $0 % period == 0 ? 95.5 : Double($0 % 80) }))
    }
    entries.append(
      entry(
        ["__name__": "up", "instance": "a"],
        (0...600).map { minute -> Any in
          switch minute {
          case 150: "stale"
          case 151..<170, 400, 401: NSNull()
          default: minute % 90 < 88 ? 1 : 0
          }
        }))
    let data = try? JSONSerialization.data(withJSONObject: ["series": entries])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }()

  /// Good and total of each objective by the server's own arithmetic.
  static func answers(of server: PrometheusServer, at end: Int64) throws
    -> [String: DemoReport.Counts]
  {
    func value(_ expression: String) throws -> Int64 {
      let values = try server.query("sum(\(expression))", at: Double(end))
      let value = try #require(values.values.first, "\(expression)")
      #expect(abs(value - value.rounded()) < 1e-6, "\(expression): \(value)")
      return Int64(value.rounded())
    }
    /// The steps from sample to sample, of which there is one every minute; a fall counts as the new value.
    func steps(_ now: String, _ before: String) throws -> Int64 {
      try value(
        "sum_over_time((round(\(now) - \(before), 0.001) >= 0 or (\(now) * 1 and \(before)))[11h:1m])"
      )
    }
    func counter(_ name: String) throws -> Int64 {
      try steps("last_over_time(\(name)[30s])", "last_over_time(\(name)[10h] offset 1m)")
    }
    func native(_ bound: String) throws -> Int64 {
      func count(_ series: String) -> String {
        "round(histogram_fraction(-Inf, \(bound), \(series)) * histogram_count(\(series)), 0.001)"
      }
      return try steps(count("n"), count("n offset 1m"))
    }
    let level = "(max(last_over_time(level[30s])) <= bool 80)[11h:1m]"
    let all = try counter("d_bucket{le=\"+Inf\"}")
    return [
      "orders": .init(
        good: try counter("orders_total{code=\"ok\"}"), total: try counter("orders_total")),
      "fast": .init(good: try counter("d_bucket{le=\"0.5\"}"), total: all),
      "between": .init(good: try counter("d_bucket{le=\"0.25\"}"), total: all),
      "level": .init(
        good: try value("sum_over_time(\(level))"), total: try value("count_over_time(\(level))")),
      "up": .init(
        good: try value("sum_over_time(up[11h])"), total: try value("count_over_time(up[11h])")),
      "native": .init(good: try native("0.5"), total: try native("+Inf")),
      "native-between": .init(
        good: try native("\(exp2(-1.75))"), total: try native("+Inf")),
    ]
  }
}
