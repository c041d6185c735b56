import Model
import Testing

@testable import Ingest

@Suite("A collector of incidents")
struct IncidentCollectorTests {
  private let mapping = IncidentMapping(service: "shop", severities: ["blocker": .critical])

  /// A minute of 2008, since the epoch.
  private static let start: Int64 = 20_000_000

  /// Nanoseconds of a minute after the start.
  private func at(_ minute: Int64) -> Int64 {
    (IncidentCollectorTests.start + minute) * 60_000_000_000
  }

  private func collected(
    _ rows: [IncidentCollector.Row], slice: (Int64, Int64)? = nil, written: Int64? = nil
  ) -> (incidents: [Incident], unusable: [String: [Int64]], rejected: RejectedRows?, read: Int) {
    var collector = IncidentCollector(
      mapping: mapping,
      slice: slice.map {
        Window(start: Instant(nanoseconds: at($0.0)), end: Instant(nanoseconds: at($0.1)))
      })
    for row in rows { collector.add(row) }
    let found = collector.finish(written: written.map { Instant(nanoseconds: at($0)) })
    let unusable = found.compactMap(\.unusable).map { row in
      (
        row.id,
        [row.started.nanoseconds, row.ended.nanoseconds].map {
          $0 / 60_000_000_000 - IncidentCollectorTests.start
        }
      )
    }
    return (
      found.compactMap(\.incident), Dictionary(unusable, uniquingKeysWith: { $1 }),
      collector.rejected, collector.read
    )
  }

  private func row(
    _ id: String?, _ started: Int64?, _ resolved: Int64? = nil, severity: String? = "major"
  ) -> IncidentCollector.Row {
    IncidentCollector.Row(
      id: id, severity: severity, started: started.map(at), resolved: resolved.map(at))
  }

  @Test("keeps all that a row tells, blanks around it aside")
  func whole() {
    let found = collected([
      IncidentCollector.Row(
        id: " 7 ", title: "Checkout down", service: "web; api;;", severity: "Blocker",
        cause: "disk", started: at(10), detected: at(11), acknowledged: at(12), resolved: at(20))
    ])
    #expect(
      found.incidents == [
        Incident(
          id: "7", title: "Checkout down", services: ["web", "api"], severity: .critical,
          started: Instant(nanoseconds: at(10)), detected: Instant(nanoseconds: at(11)),
          acknowledged: Instant(nanoseconds: at(12)), resolved: Instant(nanoseconds: at(20)),
          cause: "disk")
      ])
    #expect(found.read == 1 && found.rejected == nil)
  }

  @Test("makes up an id and a title, and takes an incident without severity for a minor one")
  func least() {
    let found = collected([
      IncidentCollector.Row(service: "api;web", started: 1_791_792_000_000_000_000),
      IncidentCollector.Row(title: "", service: " ", started: 1_791_792_000_000_000_000),
    ])
    #expect(
      found.incidents.map(\.id) == ["api 2026-10-12T08:00:00Z", "shop 2026-10-12T08:00:00Z"])
    #expect(found.incidents.map(\.title) == found.incidents.map(\.id))
    #expect(found.incidents.map(\.services) == [["api", "web"], []])
    #expect(found.incidents.allSatisfy { $0.severity == .minor && $0.resolved == nil })
  }

  @Test("takes an infinite end for none, and what was noticed before the start for noticed then")
  func times() {
    var early = row("a", 10, 20)
    early.detected = at(8)
    early.acknowledged = at(9)
    var endless = row("b", 10)
    endless.resolved = .max
    endless.detected = .max
    endless.acknowledged = .min
    let found = collected([early, endless, row("c", 30, 30)])
    #expect(found.incidents.map(\.detected?.nanoseconds) == [at(10), nil, nil])
    #expect(found.incidents.map(\.acknowledged?.nanoseconds) == [at(10), nil, nil])
    #expect(found.incidents.map(\.resolved?.nanoseconds) == [at(20), nil, at(30)])
    #expect(found.rejected == nil)
  }

  @Test("rejects what cannot be, from its start to its end, and names the first")
  func rejects() {
    let found = collected(
      [
        row("a", 100, 110), row("b", 105, 104), row("c", nil, 110),
        row("d", 105, severity: "awful"), row("a", 107),
      ], slice: (60, 120))
    #expect(found.incidents.map(\.id) == ["a"])
    // Of b either may be mistyped. c has no start: anywhere in the slice up to its end. d has no end: up to that of the slice.
    #expect(
      found.unusable == [
        "b": [104, 105], "c": [60, 110], "d": [105, 119], "a\u{1F}2": [107, 119],
      ])
    #expect(found.rejected == RejectedRows(count: 4, row: 2, reason: .endsBeforeStart))
    #expect(found.read == 5)
    func reason(_ rows: [IncidentCollector.Row]) -> RejectedRows.Reason? {
      collected(rows, slice: (60, 120)).rejected?.reason
    }
    #expect(reason([row("c", nil)]) == .noTime)
    var infinite = row("c", 70)
    infinite.started = .max
    #expect(reason([infinite]) == .noTime)
    infinite = row("c", 70)
    infinite.resolved = .min
    #expect(reason([infinite]) == .endsBeforeStart)
    #expect(reason([row("c", 70, severity: "awful")]) == .unknownSeverity("awful"))
    #expect(reason([row("c", 70), row("c", 71)]) == .repeatedID("c"))
    #expect(reason([row("c", 70), row("c", 70)]) == nil)
  }

  @Test("keeps what reaches into the slice, and rejects what lies outside of it")
  func slice() {
    let found = collected(
      [
        row("open before", 10), row("before", 10, 20), row("into", 10, 61), row("up to", 10, 60),
        row("over", 119, 200), row("at the end", 120), row("after", 121),
      ], slice: (60, 120))
    #expect(
      found.incidents.map(\.id) == ["into", "open before", "up to", "over", "at the end"])
    #expect(found.unusable == ["before\u{1F}": [60, 60], "after\u{1F}": [119, 119]])
    #expect(found.rejected == RejectedRows(count: 2, row: 2, reason: .outside))
  }

  @Test(
    "of a file takes what has no time of its own to lie anywhere in it, up to when it was written")
  func file() {
    let bad = [row("b", 50, 60), row(nil, nil), row("a", 40), row("c", 70, 69), row("e", nil)]
    #expect(collected(bad).unusable == ["\u{1F}2": [40, 70], "c": [69, 70], "e": [40, 70]])
    #expect(
      collected(bad, written: 90).unusable == [
        "\u{1F}2": [40, 90], "c": [69, 70], "e": [40, 90],
      ])
    #expect(
      collected([row(nil, nil)], written: 90).unusable == [
        "\u{1F}2": [-IncidentCollectorTests.start, 90]
      ])
    #expect(collected([row(nil, nil)]).rejected?.count == 1)
    #expect(collected([]).unusable == [:])
  }

  @Test("tells rows of one id apart, and gives a row without one that of its service and start")
  func names() {
    var nameless = row(nil, 10, severity: "awful")
    nameless.service = "api"
    let found = collected([
      row("a", 10, severity: "awful"), row("a", 20), row("a", 30, severity: "awful"), nameless,
    ])
    #expect(found.incidents.map(\.id) == ["a"])
    #expect(
      found.unusable.keys.sorted() == ["a\u{1F}2", "a\u{1F}3", "api 2008-01-10T21:30:00Z"])
    #expect(found.rejected?.count == 3)
  }

  @Test("takes an incident back by the word, in its severity or its status, with its id alone")
  func withdrawn() {
    var collector = IncidentCollector(
      mapping: IncidentMapping(service: "shop", severities: ["canceled": .withdrawn]), slice: nil)
    collector.add(row("a", 10, 20))
    var status = row("a", 10, 20)
    status.status = "Canceled"
    collector.add(status)
    collector.add(row("b", nil, severity: "Withdrawn"))
    var closed = row("c", 30)
    closed.status = "Closed"
    collector.add(closed)
    let found = collector.finish()
    #expect(found.compactMap(\.incident).map(\.id) == ["c"])
    #expect(
      found.filter { $0.incident == nil } == [
        .withdrawn(id: "a", started: Instant(nanoseconds: at(10))),
        .withdrawn(id: "b", started: Instant(nanoseconds: at(30))),
      ])
    #expect(collector.rejected == nil)
  }
}
