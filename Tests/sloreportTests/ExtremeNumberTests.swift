import Foundation
import TestSupport
import Testing

/// Numbers at the ends of 64 bits, wherever one can be written.
@Suite("Extreme numbers")
struct ExtremeNumberTests {
  static let lengths = [
    "99999999999d", "999999999w", "9223372036854775807s", "9223372036854775808s", "3651d", "0s",
  ]

  @Test("a length beyond ten years, or none, is an error with its place", arguments: lengths)
  func lengthsBeyond(length: String) throws {
    let workspace = try Workspace(snapshot: Workspace.orders(days: 1))
    let keys = [
      "stale_after: \(length)\n", "retention: { minute: \(length) }\n",
      "retention: { five_minutes: \(length) }\n", "retention: { hour: \(length) }\n",
    ]
    var texts = keys.map { $0 + Workspace.configuration }
    for key in [
      "minimum_history: \(length)", "method: { timeslices: \(length), target: 99% }",
      "method: { ratio_timeslices: \(length) }",
    ] {
      texts.append(
        Workspace.configuration.replacingOccurrences(
          of: "window: 7d", with: "window: 7d\n        \(key)"))
    }
    texts.append(
      Workspace.configuration.replacingOccurrences(of: "window: 7d", with: "window: \(length)"))
    for text in texts {
      try workspace.write(text, to: "sloreport.yaml")
      let outcome = try workspace.check()
      #expect(outcome.status == 78, "\(text): \(outcome)")
      #expect(outcome.errors.contains("`\(length)`"), "\(outcome.errors)")
    }
  }

  @Test(
    "a share that is none is an error with its place",
    arguments: ["99999999999999999999%", "1e309%", "-1%", "NaN%", "100.00000001%", "101%"])
  func sharesBeyond(share: String) throws {
    for key in ["objective: 99%", "minimum_coverage: 99%"] {
      let name = key.split(separator: ":")[0]
      let old = name == "objective" ? key : "window: 7d"
      let new =
        name == "objective"
        ? "objective: \(share)" : "window: 7d\n        minimum_coverage: \(share)"
      let workspace = try Workspace(
        configuration: Workspace.configuration.replacingOccurrences(of: old, with: new),
        snapshot: Workspace.orders(days: 1))
      let outcome = try workspace.check()
      #expect(outcome.status == 78 && outcome.errors.contains(share), "\(outcome)")
    }
  }

  // 2^63 - 1 is 9223372036854775807; a Double next to it is 2^63.
  static let counts = [
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e18", "9.3e18", "1e300",
    "1.7e308", "-9223372036854775808", "5e-324", "0.000001",
  ]

  private static let shapes = ["rows", "counter", "value", "gauge", "latency"]

  /// Each count in one shape and each shape with two counts, or all with all.
  @Test(
    "counts near 2^63 and beyond never trap, in rows and in samples", arguments: counts.indices)
  func countsBeyond(index: Int) throws {
    let count = Self.counts[index]
    for turn in 0..<tries(1, long: 5) {
      let shape = Self.shapes[(index + turn) % 5]
      let workspace = try Workspace(
        configuration: """
          timezone: UTC
          sources:
            rows: { files: rows.csv }
            metrics: { files: "snapshots/*.prom" }
          services:
            shop:
              slos:
                rows: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, ratio: { source: rows, where: {} } }
                orders: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, ratio: { source: metrics, good: 'o_total{c="ok"}', total: o_total } }
                value: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, slices: { source: metrics, value: v, at_most: 5 } }
                fresh: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, freshness: { source: metrics, newest: v, at_most: 1h } }
                up: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, availability: { source: metrics, up: v } }
                speed: { objective: 99%, window: 7d, minimum_history: 1h, minimum_coverage: 0%, latency: { source: metrics, histogram: d, at_most: 1s } }
          """)
      let times = stride(from: Workspace.end - 86_400, through: Workspace.end, by: 300)
      let (rows, samples) = (
        times.map { "\($0),\(count),\(count)\n" }.joined(),
        times.enumerated().map { index, time in
          let value = index % 2 == 0 ? "0" : count
          return switch shape {
          case "counter":
            "o_total{c=\"ok\"} \(value) \(time)000\no_total{c=\"bad\"} \(value) \(time)000\n"
          case "latency":
            "d_bucket{le=\"1\"} \(value) \(time)000\nd_bucket{le=\"+Inf\"} \(value) \(time)000\n"
          default: "v \(value) \(time)000\n"
          }
        }.joined()
      )
      if shape == "rows" { try workspace.write("bucket,good,total\n" + rows, to: "rows.csv") }
      try workspace.write(samples, to: "snapshots/a.prom")
      var outcomes = [
        try workspace.run("collect", "--verbose", "--as-of", Workspace.asOf), try workspace.check(),
        try workspace.check("--format", "json"), try workspace.weekly(),
      ]
      for chart in ["events", "burndown", "hours", "level", "days", "budgets"] {
        outcomes.append(
          try workspace.run(
            "chart", chart, "--as-of", Workspace.asOf, "--out", "\(chart).svg", "--no-collect"))
      }
      for outcome in outcomes { #expect((0...77).contains(outcome.status), "\(shape): \(outcome)") }
      #expect(outcomes[1].status != 0)
    }
  }

  @Test("a number for a severity is an unknown word, never a trap")
  func severities() throws {
    for severity in ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e300"]
    {
      let workspace = try Workspace(
        configuration: """
          timezone: UTC
          sources: { records: { files: records.csv } }
          services:
            shop:
              incidents: { source: records }
              slos: { available: { objective: 99%, window: 7d, availability: { incidents: all } } }
          """)
      try workspace.write(
        "id,severity,started_at,resolved_at\nA,\(severity),2026-10-14T10:00:00Z,2026-10-14T11:00:00Z\n",
        to: "records.csv")
      let outcome = try workspace.run("incidents", "--as-of", Workspace.asOf)
      #expect(outcome.status == 4 && outcome.errors.contains(severity), "\(outcome)")
      #expect(try workspace.check().status == 3)
    }
  }
}
