import Foundation
import TestSupport
import Testing

@Suite("What counts as measured")
struct MeasuredTests {
  static let start: Int64 = 1_791_763_200  // 2026-10-12 00:00 UTC

  /// 99 good requests and 1 bad one a minute, read after each of these steps in seconds.
  private func requests(_ steps: [Int64], from start: Int64 = MeasuredTests.start) -> String {
    var time = start
    var times = [start]
    for step in steps {
      time += step
      times.append(time)
    }
    return [("200", Int64(99)), ("500", 1)].map { code, rate in
      times.map { "req_total{code=\"\(code)\"} \(($0 - start) / 60 * rate) \($0 * 1000)\n" }
        .joined()
    }.joined()
  }

  private func workspace(_ slos: String, source: String = "req.prom") throws -> Workspace {
    try Workspace(
      configuration: """
        timezone: UTC
        sources: { m: { files: "\(source)" } }
        services:
          shop:
            slos:
              \(slos)
        """)
  }

  private func level(
    _ workspace: Workspace, _ name: String, at asOf: String
  ) throws -> (status: Int32, objective: [String: Any]) {
    let outcome = try workspace.run("check", name, "--as-of", asOf, "--format", "json")
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let objectives = (answer as? [String: Any])?["objectives"] as? [[String: Any]]
    return (outcome.status, try #require(objectives?.first, "\(outcome)"))
  }

  private let ratio = "ratio: { source: m, good: 'req_total{code=\"200\"}', total: req_total }"

  // Two days of 60 s, then two of 300 s. The last day: 288 steps of 495 good and 5 bad: 142 560 of 144 000 are 99.00 %.
  // 2 % are allowed, 2880; 1440 are bad: half is left.
  @Test(
    "includes both sides of a change of the interval",
    arguments: [(Int64(60), Int64(300)), (300, 60), (15, 60)])
  func interval(before: Int64, after: Int64) throws {
    let workspace = try workspace(
      "d: { objective: 98%, window: day, \(ratio) }")
    let steps =
      Array(repeating: before, count: Int(172_800 / before))
      + Array(repeating: after, count: Int(172_800 / after))
    try workspace.write(requests(steps), to: "req.prom")
    for day in ["2026-10-14T00:00:00Z", "2026-10-15T00:00:00Z", "2026-10-16T00:00:00Z"] {
      let found = try level(workspace, "shop/d", at: day)
      #expect(found.status == 0)
      #expect(found.objective["coverage"] as? Double == 1)
      let window = found.objective["window"] as? [String: Any]
      let counts = window?["counts"] as? [String: Any]
      #expect(counts?["good"] as? Int == 142_560)
      #expect(counts?["total"] as? Int == 144_000)
      let budget = found.objective["budget"] as? [String: Any]
      #expect(budget?["left"] as? Double == 0.5)
    }
  }

  // Seven daily rows of 1000 in a file each, 5 bad: 7000, of which 1 %, 70, may be bad and 35 are.
  @Test("includes the days of rows that come one a file")
  func oneRowAFile() throws {
    let workspace = try workspace(
      """
      w: { objective: 99%, window: 7d, ratio: { source: m, where: {} } }
            s: { objective: 90%, window: 7d, ratio: { source: m, where: {} }, missing: bad, method: { timeslices: 1d, target: 99% } }
      """, source: "rows/*.csv")
    for day in 12...18 {
      try workspace.write(
        "bucket,good,total\n2026-10-\(day)T00:00:00Z,995,1000\n",
        to: "rows/orders-202610\(day)T235900Z.csv")
    }
    let found = try level(workspace, "shop/w", at: Workspace.asOf)
    #expect(found.status == 0)
    #expect(found.objective["coverage"] as? Double == 1)
    let budget = found.objective["budget"] as? [String: Any]
    #expect(budget?["bad"] as? Int == 35)
    #expect(budget?["left"] as? Double == 0.5)
    // Every day is a slice with 99.5 %; none is missing.
    let slices = try level(workspace, "shop/s", at: Workspace.asOf)
    #expect(slices.status == 0)
    let sliced = slices.objective["budget"] as? [String: Any]
    #expect(sliced?["bad"] as? Int == 0 && sliced?["total"] as? Int == 7)
  }

  // 21 days of readings every 5 minutes in a window of 30: 21 x 288 steps with 10 good each. 13 days are too few.
  @Test("judges a young history on the days there are, from 14 of 30 on", arguments: [13, 14, 21])
  func young(days: Int) throws {
    let workspace = try Workspace(
      configuration: Workspace.configuration.replacingOccurrences(
        of: "window: 7d", with: "window: 30d"),
      snapshot: Workspace.orders(days: days))
    let found = try level(workspace, "shop/orders", at: Workspace.asOf)
    #expect(found.status == (days < 14 ? 3 : 0))
    #expect(found.objective["coverage"] as? Double == 1)
    let window = found.objective["window"] as? [String: Any]
    let counts = window?["counts"] as? [String: Any]
    #expect(counts?["total"] as? Int == days * 288 * 10)
  }

  // Five-minute readings of 110 days, those of 95 days ago in cells of an hour. From 9 July 10:30 to 16 July 10:30 the
  // cells of 11:00 on the first day to 10:00 on the last lie inside: 167 hours with 12 readings of 10.
  @Test(
    "counts nothing after an instant inside of a joined cell, and says of what it knows nothing")
  func insideAJoinedCell() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(days: 110))
    #expect(try workspace.check().status == 0)
    let asOf = "2026-07-16T10:30:00Z"
    let outcome = try workspace.run("check", "--no-collect", "--as-of", asOf)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("cannot be counted: minutes that old"), "\(outcome)")
    let found = try level(workspace, "shop/orders", at: asOf)
    let window = found.objective["window"] as? [String: Any]
    let counts = window?["counts"] as? [String: Any]
    #expect(counts?["total"] as? Int == 167 * 12 * 10)
    let notes = found.objective["notes"] as? [[String: Any]]
    #expect(notes?.count == 1)
    #expect(notes?.first?["kind"] as? String == "unresolved")
    #expect(notes?.first?["start"] as? String == "2026-07-16T10:00:00Z")
    #expect(notes?.first?["end"] as? String == "2026-07-16T10:30:00Z")
  }

  // 15 days, 10 requests every 5 minutes, of which a bucket tells nothing: neither 0 % nor 100 % is right.
  @Test(
    "decides nothing from a histogram without a bucket at or under the bound",
    arguments: [(["+Inf"], "the smallest is +Inf"), (["2", "+Inf"], "the smallest ends at 2 s")])
  func noBucket(bounds: [String], words: String) throws {
    let lines = bounds.map { bound in
      (0...15 * 288).map { index in
        let time = Workspace.end - Int64(15 * 288 - index) * 300
        return "wait_seconds_bucket{le=\"\(bound)\"} \(index * 10) \(time)"
      }.joined(separator: "\n")
    }
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { metrics: { files: "snapshots/*.om" } }
        services:
          shop:
            slos:
              fast: { objective: 99%, window: 7d, latency: { source: metrics, histogram: wait_seconds, at_most: 500ms } }
        """,
      snapshot: "# TYPE wait_seconds histogram\n" + lines.joined(separator: "\n") + "\n# EOF\n")
    let outcome = try workspace.check()
    #expect(outcome.status == 3, "\(outcome)")
    #expect(outcome.output.contains(words), "\(outcome)")
    #expect(outcome.output.contains("whether 20 160 events met it is unknown"), "\(outcome)")
  }
}
