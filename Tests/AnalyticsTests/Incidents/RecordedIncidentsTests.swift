import Analytics
import Foundation
import Ingest
import Model
import Testing

/// Years of published incidents and checks, against figures that pandas computed from them.
@Suite("Recorded incidents")
struct RecordedIncidentsTests {
  private static let root = ProcessInfo.processInfo.environment["SLOREPORT_REFERENCE_DATA"]

  /// The folder of a recording; `nil`, and said so, where there is none.
  private func folder(_ name: String) -> String? {
    guard let root = RecordedIncidentsTests.root else {
      print("skipped: SLOREPORT_REFERENCE_DATA names no folder with \(name)/")
      return nil
    }
    return "\(root)/\(name)"
  }

  private func incidents(_ path: String, _ mapping: IncidentMapping) throws -> [Incident] {
    var found: [Incident] = []
    let source = SnapshotSource(
      name: "history", pattern: path, root: "/", timeFromModification: false)
    let failures = try source.pullIncidents(
      mapping: mapping, feed: "/all", marks: [], now: Instant(seconds: 4_000_000_000)
    ) { _, produce in
      try produce { batch in
        #expect(batch.rejected == nil)
        found += batch.incidents.compactMap(\.incident)
      }
    }
    #expect(failures == [])
    return found
  }

  private func zone(_ name: String) throws -> ZoneOffsets {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try ZoneOffsets(name: name, tzif: Array(bytes), release: nil)
  }

  /// Counts what was compared.
  private final class Comparison {
    private(set) var count = 0

    func exact<Value: Equatable>(
      _ ours: Value, _ expected: Value, _ what: String,
      at location: SourceLocation = #_sourceLocation
    ) {
      count += 1
      #expect(ours == expected, "\(what)", sourceLocation: location)
    }

    /// Within 1e-9 of the expected figure.
    func near(
      _ ours: Double?, _ expected: Double?, _ what: String,
      at location: SourceLocation = #_sourceLocation
    ) {
      count += 1
      guard let ours, let expected else {
        #expect(ours == expected, "\(what)", sourceLocation: location)
        return
      }
      #expect(
        abs(ours - expected) <= 1e-9 * max(abs(expected), .leastNormalMagnitude), "\(what)",
        sourceLocation: location)
    }
  }

  // MARK: A status page

  private struct Figures: Decodable {
    let window_seconds: Int64
    let downtime_seconds: Int64
    let availability: Double
    let incidents_started: Int
    let sum_of_durations_seconds: Int64
    let mttr_seconds: Double?
    let median_ttr_seconds: Double?
    let p90_ttr_seconds: Double?
  }

  private struct StatusPage: Decodable {
    struct Whole: Decodable {
      let window_utc: [String]
      let all: Figures
      let by_impact: [String: Figures]
      let major_or_critical: Figures
      let by_component: [String: Figures]
    }
    let whole: Whole
    let monthly: [String: [String: Figures]]
  }

  private func compare(
    _ summary: IncidentSummary, _ expected: Figures, _ what: String, in comparison: Comparison
  ) {
    comparison.exact(
      summary.down.measured.length, .seconds(expected.window_seconds), "\(what) window")
    comparison.exact(summary.down.length, .seconds(expected.downtime_seconds), "\(what) down")
    comparison.near(summary.down.availability, expected.availability, "\(what) availability")
    comparison.exact(summary.started, expected.incidents_started, "\(what) started")
    let closed = summary.restore.closed
    comparison.exact(
      closed?.total ?? .zero, .seconds(expected.sum_of_durations_seconds), "\(what) sum")
    comparison.near(closed?.mean, expected.mttr_seconds, "\(what) mean")
    comparison.near(closed?.median, expected.median_ttr_seconds, "\(what) median")
    comparison.near(closed?.p90, expected.p90_ttr_seconds, "\(what) p90")
  }

  @Test(
    "of a status page agree in every figure: whole, by impact, by component, by month in three zones"
  )
  func statusPage() throws {
    guard let folder = folder("github-incidents") else { return }
    let expected = try JSONDecoder().decode(
      StatusPage.self,
      from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
    let all = try incidents(
      "\(folder)/incidents.csv",
      IncidentMapping(
        service: "github",
        columns: [
          "id": "incident_id", "severity": "impact", "started_at": "downtime_start",
          "resolved_at": "downtime_end", "service": "components",
        ]))
    let comparison = Comparison()
    let bounds = try expected.whole.window_utc.map { try #require(Instant(iso: $0)) }
    let whole = Window(start: bounds[0], end: bounds[1])
    let now = bounds[1] + .days(365)
    func summary(_ incidents: [Incident], _ window: Window) -> IncidentSummary {
      IncidentSummary(of: incidents, in: window, now: now)
    }
    compare(summary(all, whole), expected.whole.all, "all", in: comparison)
    compare(
      summary(all.filter { $0.severity <= .major }, whole), expected.whole.major_or_critical,
      "major or critical", in: comparison)
    let severities = IncidentSummary.grouped(
      all, by: .severity, in: whole, now: now, service: "github")
    #expect(expected.whole.by_impact.count == 3)
    for (name, figures) in expected.whole.by_impact {
      let meaning = IncidentMapping(service: "").meaning(name)
      let group = try #require(
        severities.first { group in
          guard case .severity(let severity) = group.key else { return false }
          return meaning == .severity(severity)
        })
      compare(group.summary, figures, name, in: comparison)
    }
    let components = IncidentSummary.grouped(
      all, by: .service, in: whole, now: now, service: "github")
    for (name, figures) in expected.whole.by_component {
      let group = try #require(components.first { $0.key == .service(name) })
      compare(group.summary, figures, name, in: comparison)
    }
    for (name, months) in expected.monthly {
      let zone = try zone(name)
      for (month, figures) in months {
        let window = try self.month(month, in: zone)
        compare(summary(all, window), figures, "\(name) \(month)", in: comparison)
      }
    }
    try measured(all, whole, expected, in: comparison)
    print("status page: \(all.count) incidents, \(comparison.count) figures agree")
  }

  /// The same down time by the indicator, minute by minute.
  private func measured(
    _ incidents: [Incident], _ whole: Window, _ expected: StatusPage, in comparison: Comparison
  ) throws {
    func tally(_ severities: Set<Severity>, _ matchers: [Selector.Matcher] = []) throws -> Tally {
      let feed = Selector(source: "/github", name: "", matchers: matchers)
      return Measurement(
        objective(try percent(99), .incidents(feed, severities: severities)), series: [],
        span: whole, spans: WindowSet([whole]), incidents: incidents.map(IncidentEntry.incident)
      ).tally
    }
    func bad(_ tally: Tally, _ window: Window) -> Duration {
      .nanoseconds(tally.counts(in: window).bad)
    }
    let all = try tally(Severity.down)
    comparison.exact(
      bad(all, whole), .seconds(expected.whole.all.downtime_seconds), "measured")
    comparison.exact(
      bad(try tally([.critical, .major]), whole),
      .seconds(expected.whole.major_or_critical.downtime_seconds), "measured, major")
    for (name, figures) in expected.whole.by_component {
      let matcher = Selector.Matcher(label: "service", condition: .equal(name))
      comparison.exact(
        bad(try tally(Severity.down, [matcher]), whole), .seconds(figures.downtime_seconds),
        "measured, \(name)")
    }
    for (name, months) in expected.monthly {
      let zone = try zone(name)
      for (month, figures) in months where whole.contains(try self.month(month, in: zone).start) {
        let window = try self.month(month, in: zone)
        guard window.end <= whole.end else { continue }
        comparison.exact(
          bad(all, window), .seconds(figures.downtime_seconds), "measured, \(name) \(month)")
      }
    }
  }

  private func month(_ text: String, in zone: ZoneOffsets) throws -> Window {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    let first = CivilDate(year: try #require(parts.first), month: try #require(parts.last), day: 1)
    return Window(
      start: zone.start(of: first), end: zone.start(of: first.firstOfMonth(adding: 1)))
  }

  // MARK: A monitor

  private struct Monitor: Decodable {
    struct Service: Decodable {
      let first: Int64
      let end: Int64
      let window_seconds: Int64
      let downtime_seconds: Int64
      let availability: Double
      let incidents: Int
      let open_at_end: Int
      let mttr_seconds_closed: Double
      let median_ttr_seconds_closed: Double
      let longest_seconds: Int64
      let mtbf_seconds: Double
    }
    struct Month: Decodable {
      let window_seconds: Int64
      let downtime_seconds: Int64
      let availability: Double
      let incidents_started: Int
    }
    let services: [String: Service]
    let monthly_utc: [String: [String: Month]]
  }

  /// The checks of each service, read as the states of a source.
  private func states(_ path: String, of slugs: [String]) throws -> [String: Series] {
    let source = SnapshotSource(
      name: "m", pattern: path, root: "/", timeFromModification: false)
    let wanted = slugs.map {
      Selector(source: "m", name: "", matchers: [.init(label: "slug", condition: .equal($0))])
    }
    var found: [String: Series] = [:]
    let failures = try source.pull(wanted: wanted, marks: []) { _, produce in
      try produce { batch in
        #expect(batch.rejected == nil)
        for series in batch.series {
          let slug = String(decoding: try #require(series.id.value(of: "slug")), as: UTF8.self)
          #expect(found.updateValue(series, forKey: slug) == nil)
        }
      }
    }
    #expect(failures == [])
    return found
  }

  // The percentiles of response times in the file belong to no indicator here.
  @Test("of a monitor agree in every figure, from its checks as from its incidents")
  func monitor() throws {
    guard let folder = folder("upptime-yukbid") else { return }
    let expected = try JSONDecoder().decode(
      Monitor.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
    let checks = try states("\(folder)/checks.csv", of: expected.services.keys.sorted())
    let all = try incidents("\(folder)/incidents.csv", IncidentMapping(service: "yukbid"))
    let comparison = Comparison()
    for (name, figures) in expected.services {
      let window = span(figures.first, figures.end)
      let measured = Measurement(
        objective(try percent(99), .states(selector(""), holdAtMost: .days(400))),
        series: [try #require(checks[name])], span: window, spans: WindowSet())
      comparison.exact(
        measured.observation.observed.length, .seconds(figures.window_seconds), name)
      #expect(measured.rejects == [])
      let own = all.filter { $0.services == [name] }
      let summary = IncidentSummary(of: own, in: window, now: window.end)
      comparison.exact(summary.down.length, .seconds(figures.downtime_seconds), name)
      comparison.near(summary.down.availability, figures.availability, name)
      comparison.exact(summary.started, figures.incidents, name)
      comparison.exact(summary.restore.open, figures.open_at_end, name)
      let closed = summary.restore.closed
      comparison.near(closed?.mean, figures.mttr_seconds_closed, name)
      comparison.near(closed?.median, figures.median_ttr_seconds_closed, name)
      comparison.exact(closed?.longest, .seconds(figures.longest_seconds), name)
      comparison.near(summary.meanTimeBetween, figures.mtbf_seconds, name)
      let counts = measured.tally.counts(at: measured.tally.minutes.indices)
      comparison.exact(.nanoseconds(counts.bad), Duration.seconds(figures.downtime_seconds), name)
      comparison.near(
        Double(counts.good) / Double(counts.total), figures.availability, name)
      for (month, figures) in try #require(expected.monthly_utc[name]) {
        let part = try #require(try self.month(month, in: .utc).clipped(to: window))
        let what = "\(name) \(month)"
        let summary = IncidentSummary(of: own, in: part, now: window.end)
        comparison.exact(part.length, .seconds(figures.window_seconds), what)
        comparison.exact(summary.down.length, .seconds(figures.downtime_seconds), what)
        comparison.near(summary.down.availability, figures.availability, what)
        comparison.exact(summary.started, figures.incidents_started, what)
        // A measurement's minutes are whole: the first and the last month take the minute they begin or end in.
        let whole = Window(
          start: part.start == window.start ? try self.month(month, in: .utc).start : part.start,
          end: part.end == window.end ? try self.month(month, in: .utc).end : part.end)
        comparison.exact(
          .nanoseconds(measured.tally.counts(in: whole).bad),
          Duration.seconds(figures.downtime_seconds), what)
      }
    }
    print("monitor: \(all.count) incidents, \(comparison.count) figures agree")
  }
}
