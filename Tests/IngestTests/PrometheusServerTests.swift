import TestSupport
import Testing

@Suite("A Prometheus for tests")
struct PrometheusServerTests {
  /// 2026-09-21T14:13:20Z, in seconds.
  private static let start = 1_790_000_000

  /// Ten minutes of a counter with a stale marker, and a histogram of integers and one of floats.
  private static let description = """
    {"series": [
      {"labels": {"__name__": "requests_total", "code": "200"}, "start": \(start)000, "step": 60000,
       "values": [5, 6, null, 9, 2, "stale"]},
      {"labels": {"__name__": "seconds"}, "start": \(start)000, "step": 60000,
       "values": [
         {"schema": 0, "sum": 10, "zero": 1, "positive": {"1": 2, "3": 4}},
         {"schema": 0, "sum": 20, "zero": 1, "positive": {"1": 2, "2": 5, "3": 4}, "negative": {"-1": 3}},
         {"schema": 2, "sum": 1, "positive": {"0": 1}},
         "stale"]},
      {"labels": {"__name__": "shares"}, "start": \(start)000, "step": 60000,
       "values": [
         {"float": true, "schema": 8, "sum": 0.5, "zero": 0.25, "threshold": 0.001, "positive": {"7": 1.5}},
         {"float": true, "schema": -4, "sum": 0.75, "positive": {"0": 2.5}, "reset": "gauge"}]}
    ]}
    """

  @Test("takes what was sent by remote write, and answers for it")
  func takesRemoteWrites() async throws {
    try await onThread {
      let server = try PrometheusServer()
      try server.write(PrometheusServerTests.description)
      func value(_ expression: String, after seconds: Int) throws -> Double? {
        let time = Double(PrometheusServerTests.start + seconds)
        let values = try server.query(expression, at: time)
        #expect(values.count < 2)
        return values.values.first
      }

      let counter = try server.query(
        "requests_total", at: Double(PrometheusServerTests.start + 60))
      #expect(counter == [["__name__": "requests_total", "code": "200"]: 6])
      #expect(try value("count_over_time(requests_total[10m])", after: 290) == 4)
      #expect(try value("resets(requests_total[10m])", after: 290) == 1)
      #expect(try value("requests_total", after: 299) == 2)
      #expect(try value("requests_total", after: 300) == nil, "stale")

      #expect(try value("histogram_count(seconds)", after: 0) == 7)  // 1 + 2 + 4
      #expect(try value("histogram_sum(seconds)", after: 60) == 20)
      #expect(try value("histogram_count(seconds)", after: 60) == 15)  // 1 + 2 + 5 + 4 + 3
      // Bucket 1 of schema 0 is (1, 2], so 11 of 15 lie above 1 less its 2, and those above 2 are 5 + 4.
      #expect(try value("histogram_fraction(2, +Inf, seconds)", after: 60) == 9.0 / 15)
      #expect(try value("histogram_fraction(-Inf, 0, seconds)", after: 60) == 3.5 / 15)
      #expect(try value("histogram_count(seconds)", after: 120) == 1)
      #expect(try value("histogram_count(seconds)", after: 180) == nil, "stale")

      #expect(try value("histogram_count(shares)", after: 0) == 1.75)
      #expect(try value("histogram_sum(shares)", after: 60) == 0.75)
      // Bucket 0 of schema -4 ends at 1.
      #expect(try value("histogram_fraction(-Inf, 1, shares)", after: 60) == 1)
    }
  }

  @Test("gives snapshots of blocks, and ends when told")
  func givesSnapshots() async throws {
    try await onThread {
      let server = try PrometheusServer()
      try server.write(PrometheusServerTests.description)
      let snapshot = try server.snapshot()
      let listed = try PostgresServer.runTool(["/usr/bin/promtool", "tsdb", "list", snapshot])
      // One block: 3 series and the 4 + 1, 3 + 1 and 2 samples of them.
      let fields = try #require(listed.split(separator: "\n").last)
        .split(whereSeparator: \.isWhitespace)
      #expect(fields.contains("11"))
      try server.stop()
      #expect(throws: (any Error).self) { try server.snapshot() }
    }
  }
}
