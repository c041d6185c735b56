import Model
import Testing

@testable import Reports

@Suite("What incidents says")
struct IncidentsWriterTests {
  private static let start = Sample.period.window(in: .utc).start

  private func incident(
    _ id: String, at hours: Int64, lasting minutes: Int64?, severity: Severity = .major,
    cause: String? = nil
  ) -> Incident {
    let started = Self.start + .hours(hours)
    return Incident(
      id: id, title: "All down", severity: severity, started: started,
      detected: started + .minutes(2), acknowledged: started + .minutes(5),
      resolved: minutes.map { started + .minutes($0) }, cause: cause)
  }

  private func text(
    _ incidents: [Incident], by key: IncidentsFacts.Key = .severity, known: Window? = nil,
    excluded: WindowSet = WindowSet(), incomplete: [ReportFacts.Failure] = []
  ) -> String {
    let window = Sample.period.window(in: .utc)
    let feed = IncidentFeed(
      name: "shop", title: "Shop", origin: "o", entries: incidents.map(IncidentEntry.incident),
      known: WindowSet([known ?? window]), excluded: excluded)
    return IncidentsWriter(
      IncidentsFacts([feed], in: window, asOf: Sample.end, by: key, incomplete: incomplete),
      zone: .utc
    ).text()
  }

  // 134 of 10 080 minutes are down: 98.670 % available; the other 9 946 are 6 d 21 h 46 min.
  @Test("one incident has a line, its figures and no total")
  func one() {
    #expect(
      text([incident("INC-1", at: 3, lasting: 134, cause: "disk")])
        == """
        1 incident from Mon 12 Oct 00:00 to Mon 19 Oct 00:00. Down for 2 h 14 min: available 98.670 %.

        ID     STARTED               LASTED  SEVERITY  SERVICE  CAUSE  TITLE
        INC-1  Mon 12 Oct 03:00  2 h 14 min  major     Shop     disk   All down

        SEVERITY  STARTED        DOWN        MTTR      MEDIAN        90 %   MTTD   MTTA      MTBF
        major           1  2 h 14 min  2 h 14 min  2 h 14 min  2 h 14 min  2 min  5 min  6 d 21 h

        """)
  }

  @Test("open ones are counted, groups have a total")
  func several() {
    let some = [
      incident("INC-1", at: 3, lasting: 60), incident("INC-2", at: 30, lasting: nil),
      incident("INC-3", at: 50, lasting: 10, severity: .none),
    ]
    let lines = text(some, by: .cause).split(separator: "\n")
    #expect(lines[0].hasPrefix("3 incidents from ") && lines[0].contains(", 1 still open."))
    #expect(lines.contains { $0.hasPrefix("unknown ") }, "no cause was given")
    let bySeverity = text(some).split(separator: "\n")
    #expect(bySeverity.last?.hasPrefix("all") == true)
    #expect(bySeverity.contains { $0.hasPrefix("no down time") })
    #expect(bySeverity.contains { $0.contains("(1 open)") })
  }

  @Test("what is not known is said")
  func unknown() {
    #expect(text([]) == "No incidents from Mon 12 Oct 00:00 to Mon 19 Oct 00:00.\n")
    let half = Window(start: Self.start, end: Self.start + .hours(84))
    #expect(
      text([], known: half)
        == "No incidents from Mon 12 Oct 00:00 to Mon 19 Oct 00:00.\n"
        + "Incident data cover 50.0 % of this time; the figures are for that part.\n")
    let other = Window(start: Self.start - .days(9), end: Self.start - .days(8))
    #expect(
      text([], known: other)
        == "Incidents from Mon 12 Oct 00:00 to Mon 19 Oct 00:00:\n"
        + "Incidents of this time are unknown: they were not collected.\n")
  }

  @Test("agreed time and failures are said")
  func failures() {
    let excluded = WindowSet([Window(start: Self.start, end: Self.start + .hours(26))])
    #expect(
      text(
        [], excluded: excluded, incomplete: [.init(source: "m", reason: "no file matches")]
      ).hasSuffix(
        "1 d 2 h of agreed time count neither as up nor as down.\nSource m: no file matches.\n"))
  }

  @Test("names from data break no line", arguments: Hostile.names)
  func isSafe(name: String) {
    func lines(_ name: String) -> Int {
      text(
        [incident(name, at: 1, lasting: 3, cause: name)], by: .cause,
        incomplete: [.init(source: name, reason: name)]
      ).count { $0.isNewline }
    }
    #expect(lines(name) == lines("Plain"))
  }
}
