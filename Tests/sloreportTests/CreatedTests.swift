import Foundation
import TestSupport
import Testing

/// OpenMetrics tells with `x_created` when a counter started.
@Suite("The start of a counter")
struct CreatedTests {
  private struct Check: Decodable {
    struct Objective: Decodable {
      struct Window: Decodable {
        struct Counts: Decodable, Equatable {
          let good: Int64
          let total: Int64
        }
        let counts: Counts
      }
      let window: Window
      let resets: Int
      let seriesAppeared: Int
    }
    let objectives: [Objective]
  }

  private static let latency = """
    timezone: UTC
    sources: { metrics: { files: "snapshots/*.om" } }
    services:
      shop:
        slos:
          speed:
            objective: 99%
            window: 7d
            latency: { source: metrics, histogram: d, at_most: 500ms }
    """

  /// What `check` counts, with the files of these texts.
  private func checked(_ configuration: String, _ texts: [String]) throws -> Check.Objective {
    let workspace = try Workspace(configuration: configuration)
    for (index, text) in texts.enumerated() {
      try workspace.write(text + "# EOF\n", to: "snapshots/\(index).om")
    }
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    let outcome = try workspace.check("--no-collect", "--format", "json")
    let check = try JSONDecoder().decode(Check.self, from: Data(outcome.output.utf8))
    return try #require(check.objectives.first)
  }

  /// Lines of one series, one a minute up to the end of the week.
  private func lines(_ series: String, _ values: [Double?]) -> String {
    values.enumerated().compactMap { index, value in
      value.map { "\(series) \($0) \(Workspace.end - Int64(values.count - 1 - index) * 60)\n" }
    }.joined()
  }

  // Minutes before the end: 4, 3, 2, 1, 0. The good ones start anew 130 s before it, between the third reading and the
  // second; the bad ones appear with the last but one, 20 s old.
  // Good: 10, 112 since the restart instead of a rise by 12, and 1. Bad: 3 since the start, and 1.
  @Test("makes a hidden restart and a new series count from zero: 123 good of 127, not 23 of 27")
  func ratio() throws {
    let ok: [Double?] = [90, 100, 112, 113, 113]
    let failed: [Double?] = [nil, nil, nil, 3, 4]
    func text(_ created: Bool) -> String {
      var text = "# TYPE orders counter\n"
      text += lines("orders_total{code=\"ok\"}", ok)
      text += lines("orders_total{code=\"failed\"}", failed)
      guard created else { return text }
      let (again, first) = (Double(Workspace.end - 130), Double(Workspace.end - 80))
      text += lines("orders_created{code=\"ok\"}", [1, 1, again, again, again])
      return text + lines("orders_created{code=\"failed\"}", [nil, nil, nil, first, first])
    }
    let plain = try checked(Workspace.configuration, [text(false)])
    // Told or not, the bad ones count from zero beside a sibling that lives.
    #expect(plain.window.counts == .init(good: 23, total: 27))
    #expect(plain.resets == 0)
    let told = try checked(Workspace.configuration, [text(true)])
    #expect(told.window.counts == .init(good: 123, total: 127))
    #expect(told.resets == 1)
    #expect(told.seriesAppeared == 0)
  }

  // The histogram appears 30 s after its start, and starts anew 90 s before the end: 2 + 1 + 5 good, 3 + 1 + 8 in all.
  @Test("counts for all buckets of a histogram: 8 good of 12, over two files")
  func histogram() throws {
    func text(_ start: Int64, _ readings: [(ago: Int64, good: Int, all: Int)]) -> String {
      var text = "# TYPE d histogram\n"
      for (ago, good, all) in readings {
        let at = Workspace.end - ago
        text += "d_bucket{le=\"0.5\"} \(good) \(at)\nd_bucket{le=\"+Inf\"} \(all) \(at)\n"
        text += "d_count \(all) \(at)\nd_sum 1 \(at)\nd_created \(Workspace.end - start) \(at)\n"
      }
      return text
    }
    let found = try checked(
      CreatedTests.latency,
      [text(270, [(240, 2, 3), (180, 3, 4), (120, 3, 4)]), text(90, [(60, 5, 8), (0, 5, 8)])])
    #expect(found.window.counts == .init(good: 8, total: 12))
    #expect(found.resets == 1)
  }
}
