import Analytics
import Foundation
import Model
import Testing

@testable import Ingest

/// Marks that a real Prometheus wrote when its target was stopped; the recording's own note tells when that was.
@Suite("The marks of a real Prometheus")
struct RecordedMarksTests {
  /// Scraped every 5 s, and stopped for two minutes.
  private static let (stop, start): (Int64, Int64) = (1_795_226_467, 1_795_226_587)

  private func series(_ selector: Selector) throws -> [Series] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/prometheus-snapshot/tsdb/01M7XYEXWFV6MYHHN54S7BKP5A").path
    var ids: [SeriesID] = []
    let plan = try BlockPlan(
      [try PrometheusBlock(folder, named: "b")], source: "m", wanted: [selector]
    ) {
      id in
      guard selector.matches(id) else { return nil }
      ids.append(id)
      return ids.count - 1
    }
    var builders: [Int: CellBuilder] = [:]
    let reader = BlockReader(plan)
    for task in plan.tasks {
      try reader.read(task) { place, times, values in
        builders[place, default: CellBuilder()].add(values, at: times)
      }
    }
    return builders.sorted { $0.key < $1.key }.map { place, builder in
      Series(id: ids[place], kind: .samples, cells: builder.finish())
    }
  }

  @Test("end what is known of a target until it is back, not what is known of others")
  func stop() throws {
    let (stop, start) = (RecordedMarksTests.stop, RecordedMarksTests.start)
    let cpu = try series(
      Selector(
        source: "m", name: "process_cpu_seconds_total",
        matchers: [.init(label: "job", condition: .equal("node"))]))
    #expect(cpu.count == 1)
    #expect(cpu.reduce(0) { $0 + Flaws(of: $1, isCounter: true).stale } > 0)
    let seen = Observation(of: cpu)
    #expect(seen.lastInterval == .seconds(5))
    let gaps = seen.observed.gaps(in: span(stop - 60, start + 60)).windows
    #expect(gaps.count == 1)
    let gap = try #require(gaps.first)
    // A scrape before the stop, and one after the start.
    #expect(abs(gap.start.seconds - stop) <= 5)
    #expect(abs(gap.end.seconds - start) <= 10)
    let up = try series(
      Selector(
        source: "m", name: "up", matchers: [.init(label: "job", condition: .equal("node"))]))
    #expect(up.allSatisfy { Flaws(of: $0, isCounter: false).stale == 0 })
    #expect(Observation(of: up).observed.gaps(in: span(stop - 60, start + 60)).isEmpty)
  }

  @Test("show the restarts that the server counts, with what was missing")
  func restarts() throws {
    let cpu = try series(
      Selector(
        source: "m", name: "process_cpu_seconds_total",
        matchers: [.init(label: "job", condition: .equal("node"))]))
    let flaws = Flaws(of: try #require(cpu.first), isCounter: true)
    #expect(flaws.resets == 2)
    // Two minutes of the target and one of the server, every 5 s; a scrape more or less at the edges of each.
    #expect(abs(flaws.missing - 36) <= 4, "\(flaws)")
    #expect(flaws.rejected == 0 && flaws.duplicated == 0 && flaws.disordered == 0)
  }
}
