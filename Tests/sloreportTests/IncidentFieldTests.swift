import Foundation
import TestSupport
import Testing

/// Exports of incidents and checks as people have them, each with the configuration that its owner writes.
@Suite("Incidents from the field")
struct IncidentFieldTests {
  private func configuration(
    _ incidents: String, csv: String = "", slo: String = "window: 7d, minimum_history: 1d"
  ) -> String {
    """
    timezone: Europe/Berlin
    sources: { inc: { files: "*.csv"\(csv) } }
    services:
      shop:
        incidents: { source: inc\(incidents) }
        slos: { up: { objective: 99%, \(slo), availability: { incidents: all } } }
    """
  }

  // MARK: Rows that cannot be used

  private static let severities = """
    id,title,severity,started_at,resolved_at
    A,one,P2,2026-10-12T10:00:00Z,2026-10-12T11:00:00Z
    B,two,Blocker,2026-10-13T10:00:00Z,2026-10-13T11:00:00Z
    B2,two,Blocker,2026-10-13T12:00:00Z,2026-10-13T12:30:00Z
    B3,two,Blocker,2026-10-14T10:00:00Z,2026-10-18T11:00:00Z
    C,three,P9,2026-10-15T10:00:00Z,2026-10-15T11:00:00Z
    D,three,P3,2026-10-16T10:00:00Z,2026-10-16T11:00:00Z

    """

  @Test("four rows of a severity that nobody mapped are four everywhere")
  func rejected() throws {
    let workspace = try Workspace(configuration: configuration(""))
    try workspace.write(Self.severities, to: "inc-20261019T000000Z.csv")
    let asOf = "2026-10-18T22:00:00Z"
    let collect = try workspace.run("collect", "--verbose", "--as-of", asOf)
    #expect(collect.errors.contains("4 rows could not be used; the first, row 2"))
    let line = try #require(
      collect.output.split(separator: "\n").first { $0.contains("/shop") }, "\(collect.output)")
    #expect(line.split(separator: " ").first == "4")
    let list = try workspace.run("incidents", "--no-collect", "--as-of", asOf)
    #expect(list.output.contains("4 rows could not be used"), "\(list.output)")
    let check = try workspace.run("check", "--no-collect", "--as-of", asOf)
    #expect(check.status == 3)
    #expect(check.output.contains("4 readings could not be used"), "\(check.output)")
    try workspace.run("weekly", "--as-of", "2026-10-19T06:00:00Z")
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
    #expect(page.contains("4 rows could not be used"))
    #expect(page.contains("4 readings could not be used"))
    #expect(!page.contains("5 readings") && !page.contains("8 r"))
  }

  // Known from Mon 12 Oct 10:00 UTC to Sun 18 Oct 22:00: 156 h. A, B and D take an hour each, B2 half of one, B3 97 h.
  // The hour of D lies in B3, too: 99.5 h, and 56.5 of 156 h are 36.217 %.
  @Test("that are mapped count")
  func mapped() throws {
    let workspace = try Workspace(
      configuration: configuration(", severity: { Blocker: critical, P9: none }"))
    try workspace.write(Self.severities, to: "inc-20261019T000000Z.csv")
    let list = try workspace.run("incidents", "--as-of", "2026-10-18T22:00:00Z")
    #expect(list.status == 0)
    #expect(list.output.contains("available 36.217 %"), "\(list.output)")
  }

  // MARK: Times as other programs write them

  @Test("ServiceNow: local times of New York, empty ends, names of their own")
  func serviceNow() throws {
    let workspace = try Workspace(
      configuration: configuration(
        """
        , columns: { id: number, title: short_description, started_at: opened_at, severity: priority, service: cmdb_ci }, \
        severity: { "1 - Critical": critical, "2 - High": major, "3 - Moderate": minor }
        """, csv: ", csv: { timezone: America/New_York, time: \"%Y-%m-%d %H:%M:%S\" }"))
    try workspace.write(
      """
      number,short_description,priority,opened_at,resolved_at,cmdb_ci
      INC0010001,Checkout down,1 - Critical,2026-10-12 02:15:00,2026-10-12 03:00:00,Checkout
      INC0010002,Slow search,3 - Moderate,2026-10-14 23:30:00,2026-10-15 00:45:00,Search
      INC0010003,No close,2 - High,2026-10-18 12:00:00,,Search

      """, to: "inc-20261019T000000Z.csv")
    // 02:15 in New York is 06:15Z and 08:15 in Berlin.
    let list = try workspace.run("incidents", "--as-of", "2026-10-19T00:00:00Z")
    #expect(list.status == 0, "\(list.errors)")
    let rows = list.output.split(separator: "\n").filter { $0.hasPrefix("INC") }
    #expect(rows.count == 3)
    #expect(rows[0].contains("Mon 12 Oct 08:15") && rows[0].contains("45 min"))
    #expect(rows[1].contains("Thu 15 Oct 05:30") && rows[1].contains("1 h 15 min"))
    #expect(rows[2].contains("Sun 18 Oct 18:00") && rows[2].contains("still open"))
  }

  @Test("Jira: twelve hours, names of months, years of two digits")
  func jira() throws {
    let workspace = try Workspace(
      configuration: configuration(
        """
        , columns: { id: "Issue key", title: Summary, started_at: Created, resolved_at: Resolved, severity: Priority }, \
        severity: { Highest: critical, High: major, Medium: minor }
        """, csv: ", csv: { timezone: Europe/Berlin, time: \"%d/%b/%y %I:%M %p\" }"))
    try workspace.write(
      """
      Issue key,Summary,Priority,Labels,Labels,Created,Resolved
      OPS-12,Checkout down,Highest,,,12/Oct/26 9:15 AM,12/Oct/26 10:00 AM
      OPS-13,At noon,High,,,13/Oct/26 12:05 PM,13/Oct/26 1:00 PM
      OPS-14,At midnight,Medium,,,2/Oct/26 12:05 AM,2/Oct/26 12:10 AM

      """, to: "inc-20261019T000000Z.csv")
    let list = try workspace.run("incidents", "--as-of", "2026-10-19T00:00:00Z")
    #expect(list.status == 0, "\(list.errors)")
    let rows = list.output.split(separator: "\n").filter { $0.hasPrefix("OPS") }
    #expect(rows.count == 3)
    #expect(rows[0].contains("Fri 2 Oct 00:05") && rows[0].contains(" 5 min"))
    #expect(rows[1].contains("Mon 12 Oct 09:15") && rows[1].contains("45 min"))
    #expect(rows[2].contains("Tue 13 Oct 12:05") && rows[2].contains("55 min"))
  }

  @Test("an export for Excel: a mark of byte order, its separator, semicolons, names in csv:")
  func excel() throws {
    let workspace = try Workspace(
      configuration: configuration(
        "",
        csv:
          ", csv: { timezone: Europe/Berlin, time: \"%d.%m.%Y %H:%M\", columns: { id: Nr, time: Beginn, resolved_at: Ende } }"
      ))
    try workspace.write(
      "\u{FEFF}sep=;\nNr ;Beginn;Ende\n\"1\";12.10.2026 09:15;12.10.2026 10:00\n",
      to: "inc-20261019T000000Z.csv")
    let list = try workspace.run("incidents", "--as-of", "2026-10-19T00:00:00Z")
    #expect(list.status == 0, "\(list.errors)")
    #expect(list.output.contains("Mon 12 Oct 09:15") && list.output.contains("45 min"))
  }

  // MARK: Nothing happened

  private static let header = "id,title,severity,started_at,resolved_at\n"

  @Test("a header alone is known to be quiet up to its stamp, from when the configuration says")
  func quiet() throws {
    let slo = "window: 90d, minimum_history: 90d"
    let asOf = "2026-10-19T00:00:00Z"
    let silent = try Workspace(configuration: configuration("", slo: slo))
    try silent.write(Self.header, to: "inc-20261019T000000Z.csv")
    #expect(try silent.run("check", "--as-of", asOf).status == 3)
    let workspace = try Workspace(configuration: configuration(", since: 2026-07-01", slo: slo))
    try workspace.write(Self.header, to: "inc-20261019T000000Z.csv")
    let check = try workspace.run("check", "--as-of", asOf)
    #expect(check.status == 0, "\(check.output)")
    #expect(check.output.contains("100 %"))
    let list = try workspace.run("incidents", "--no-collect", "--as-of", asOf)
    #expect(list.status == 0)
    #expect(list.output.hasPrefix("No incidents from"), "\(list.output)")
    // A later start is not known so long.
    let short = try Workspace(configuration: configuration(", since: 2026-08-01", slo: slo))
    try short.write(Self.header, to: "inc-20261019T000000Z.csv")
    #expect(try short.run("check", "--as-of", asOf).status == 3)
    // Nor is anything known after the stamp.
    #expect(try workspace.run("check", "--as-of", "2026-10-21T00:00:00Z").status == 3)
  }

  @Test("a stamp in the future tells only up to the pull")
  func future() throws {
    let workspace = try Workspace(configuration: configuration(", since: 2026-01-01"))
    try workspace.write(
      Self.header + "A,Planned,major,2098-01-01T00:00:00Z,2098-01-02T00:00:00Z\n",
      to: "inc-20990101T000000Z.csv")
    // Long after the pull: no data in the window, though the stamp says 2099.
    let check = try workspace.run("check", "--as-of", "2098-06-01T00:00:00Z")
    #expect(check.status == 3, "\(check.output)")
    #expect(check.output.contains("no data in the window"), "\(check.output)")
  }

  // MARK: One file for several services

  private static let shared = """
    timezone: UTC
    sources: { inc: { files: "*.csv" } }
    services:
      checkout:
        title: Checkout
        incidents: { source: inc, since: 2026-09-01 }
        slos: { up: { objective: 90%, window: 7d, availability: { incidents: all } } }
      search:
        incidents: { source: inc, since: 2026-09-01 }
        slos: { up: { objective: 90%, window: 7d, availability: { incidents: all } } }
    """

  // Checkout has A and C, 3 h of 168; search B and C, 5 h. Together they are down for 6 h, in three incidents; X is of
  // another service.
  @Test("each service has the rows that name it, and a total counts each once")
  func sharing() throws {
    let workspace = try Workspace(configuration: Self.shared)
    try workspace.write(
      """
      id,service,severity,started_at,resolved_at
      A,checkout,major,2026-10-13T00:00:00Z,2026-10-13T01:00:00Z
      B,Search,major,2026-10-14T00:00:00Z,2026-10-14T03:00:00Z
      C,CHECKOUT;search,critical,2026-10-15T00:00:00Z,2026-10-15T02:00:00Z
      X,billing,critical,2026-10-16T00:00:00Z,2026-10-16T20:00:00Z
      Y,search,awful,2026-10-16T00:00:00Z,2026-10-16T20:00:00Z
      Z,,awful,2026-09-02T00:00:00Z,2026-09-02T20:00:00Z

      """, to: "inc-20261019T000000Z.csv")
    let asOf = "2026-10-19T00:00:00Z"
    let collect = try workspace.run("collect", "--as-of", asOf)
    #expect(collect.output.contains("1 file read, 6 readings"), "\(collect.output)")
    #expect(collect.errors.components(separatedBy: "2 rows could not be used").count == 2)
    func list(_ arguments: String...) throws -> String {
      try workspace.program.run(
        [
          "incidents", "--no-collect", "--as-of", asOf, "--from", "2026-10-12", "--to",
          "2026-10-19",
        ]
          + arguments, in: workspace.folder
      ).output
    }
    let all = try list()
    #expect(all.hasPrefix("3 incidents from"), "\(all)")
    #expect(all.contains("Down for 6 h: available 96.428 %"))
    #expect(all.contains("1 row could not be used"))
    let checkout = try list("checkout")
    #expect(checkout.hasPrefix("2 incidents from"), "\(checkout)")
    #expect(checkout.contains("Down for 3 h: available 98.214 %"))
    #expect(!checkout.contains("could not be used"))
    let search = try list("search")
    #expect(search.contains("Down for 5 h: available 97.023 %"), "\(search)")
    let check = try workspace.run("check", "checkout/up", "--no-collect", "--as-of", asOf)
    #expect(check.status == 0, "\(check.output)")
    #expect(check.output.contains("98.21"))
  }

  @Test("without a column of services each has them all")
  func sharingAll() throws {
    let workspace = try Workspace(configuration: Self.shared)
    try workspace.write(
      "id,started_at,resolved_at\nA,2026-10-13T00:00:00Z,2026-10-13T01:00:00Z\n",
      to: "inc-20261019T000000Z.csv")
    let list = try workspace.run(
      "incidents", "--as-of", "2026-10-19T00:00:00Z", "--by", "service")
    #expect(list.output.hasPrefix("1 incident from"), "\(list.output)")
    let rows = list.output.split(separator: "\n").filter { $0.contains("  1   1 h") }
    #expect(rows.map { $0.prefix(8) }.sorted() == ["Checkout", "all     ", "search  "])
  }

  @Test("a row that names no service here closes the gate of the service that may be meant")
  func sharingMisspelt() throws {
    let configuration = Self.shared.replacingOccurrences(of: ", since: 2026-09-01", with: "")
    let workspace = try Workspace(configuration: configuration)
    func check(_ name: String, and other: String = "checkout") throws -> Program.Outcome {
      try workspace.write(
        """
        id,service,severity,started_at,resolved_at
        A,\(other),minor,2026-09-01T00:00:00Z,2026-09-01T00:01:00Z
        B,"\(name)",critical,2026-10-14T00:00:00Z,2026-10-15T00:00:00Z

        """, to: "inc-20261019T000000Z.csv")
      return try workspace.check("search/up")
    }
    let never = try check("billing")
    #expect(never.status == 3, "\(never)")
    #expect(never.output.contains("incidents name billing, which is no service here:"), "\(never)")
    #expect(try check("checkout").status == 0, "it is calm")
    #expect(try check("search").status == 1)
    // It was named before, or is said to be calm; what is like its name is not.
    try workspace.write(Self.shared, to: "sloreport.yaml")
    for (name, status) in [("billing", Int32(0)), ("serach", 3), ("checkout, search", 3)] {
      let outcome = try check(name, and: "search")
      #expect(outcome.status == status, "\(outcome)")
      #expect(outcome.output.contains("incidents name \(name), which is no service"), "\(outcome)")
    }
    #expect(try workspace.check("--no-collect", "checkout/up").status == 3)
  }

  // MARK: Taken back

  @Test(
    "an incident is taken back by a row, or by a file that no longer holds it; not by other files")
  func withdrawn() throws {
    let workspace = try Workspace(
      configuration: configuration(
        ", columns: { status: state }, severity: { Canceled: withdrawn }")
    )
    let row = ",minor,2026-10-13T00:00:00Z,2026-10-13T01:00:00Z\n"
    let head = "id,state,severity,started_at,resolved_at\n"
    func write(_ rows: String..., to path: String) throws {
      try workspace.write(head + rows.joined(), to: path)
    }
    func ids() throws -> [Substring] {
      try workspace.run("incidents", "--as-of", "2026-10-19T00:00:00Z").output
        .split(separator: "\n").filter { $0.contains("Tue 13 Oct") && !$0.contains("from") }
        .compactMap { $0.split(separator: " ").first }
    }
    try write("A,Closed" + row, "B,Closed" + row, "C,Closed" + row, to: "a-20261017T000000Z.csv")
    #expect(try ids() == ["A", "B", "C"])
    // Another file that does not hold it deletes nothing; one that says so does.
    try write("A,Closed" + row, "B,Canceled" + row, to: "a-20261018T000000Z.csv")
    #expect(try ids() == ["A", "C"])
    try write("C,,withdrawn,,\n", to: "a-20261018T120000Z.csv")
    #expect(try ids() == ["A"])
    // The same path without it does, but never all at once.
    try write("D,Closed" + row, "E,Closed" + row, to: "b-20261018T130000Z.csv")
    #expect(try ids() == ["A", "D", "E"])
    try write("D,Closed" + row, to: "b-20261018T130000Z.csv")
    #expect(try ids() == ["A", "D"])
    try write(to: "b-20261018T130000Z.csv")
    #expect(try ids() == ["A", "D"])
  }

  // MARK: Agreed time

  // Of 168 h six are agreed: 162. A has 2 h, of which one is agreed; C lies in agreed time as a whole.
  @Test("agreed time counts neither for the objective nor in the list")
  func agreed() throws {
    let workspace = try Workspace(
      configuration: configuration(", since: 2026-09-01") + """

        exclusions:
          - { from: 2026-10-14T00:00:00Z, to: 2026-10-14T06:00:00Z, reason: "Move" }
        """)
    try workspace.write(
      Self.header + """
        A,,major,2026-10-13T23:00:00Z,2026-10-14T01:00:00Z
        C,,major,2026-10-14T03:00:00Z,2026-10-14T04:00:00Z

        """, to: "inc-20261018T220000Z.csv")
    let asOf = "2026-10-18T22:00:00Z"
    let list = try workspace.run("incidents", "--week", "2026-W42", "--as-of", asOf)
    // 161 of 162 h are 99.382 %.
    #expect(list.output.contains("Down for 1 h: available 99.382 %"), "\(list.output)")
    #expect(list.output.contains("6 h of agreed time"))
    let check = try workspace.run("check", "--no-collect", "--as-of", asOf, "--format", "json")
    let facts = try #require(
      JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
    let objective = try #require((facts["objectives"] as? [[String: Any]])?.first)
    let counts = try #require((objective["window"] as? [String: Any])?["counts"] as? [String: Any])
    #expect(counts["good"] as? Int == 161 * 3_600_000_000_000)
    #expect(counts["total"] as? Int == 162 * 3_600_000_000_000)
  }

  // MARK: States

  private static let monitor = """
    "Event","Date-Time","Reason","Duration","Duration (in mins.)"
    "Up","2026-10-17 04:12:30","OK","36 hrs, 10 mins","2170"
    "Down","2026-10-17 03:50:30","Connection Timeout","0 hrs, 22 mins","22"
    "Up","2026-10-14 10:00:00","OK","65 hrs, 50 mins","3950"
    "Paused","2026-10-14 09:00:00","Paused","1 hrs, 0 mins","60"
    "Up","2026-10-12 00:00:10","OK","57 hrs, 0 mins","3420"
    "Started","2026-10-12 00:00:00","Monitor started","0 hrs, 0 mins","0"

    """

  private func monitor(_ states: String) -> String {
    """
    timezone: Europe/Berlin
    sources: { m: { files: "logs.csv", csv: { timezone: Europe/Berlin, columns: { time: "Date-Time", state: Event } } } }
    services:
      shop:
        slos:
          up: { objective: 99%, window: 7d, availability: { source: m, where: {}, hold_at_most: 30d\(states) } }
    """
  }

  // The week has 168 h: ten seconds before the first Up and the hour of Paused are not measured, 22 min are down.
  @Test("UptimeRobot: words that are mapped count, others are quoted")
  func states() throws {
    let asOf = "2026-10-18T22:00:00Z"
    let workspace = try Workspace(configuration: monitor(""))
    try workspace.write(Self.monitor, to: "logs.csv")
    let collect = try workspace.run("collect", "--as-of", asOf)
    #expect(
      collect.errors.contains(
        "2 rows could not be used; the first, row 4: unknown state \"Paused\", \"Started\""),
      "\(collect.errors)")
    #expect(collect.errors.contains("`states: { \"Paused\": up }`"))
    #expect(try workspace.run("check", "--no-collect", "--as-of", asOf).status == 3)
    // With other words, the file is read again.
    try workspace.write(
      monitor(", states: { paused: ignored, Started: ignored }"), to: "sloreport.yaml")
    let check = try workspace.run("check", "--as-of", asOf, "--format", "json")
    let facts = try #require(
      JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
    let objective = try #require((facts["objectives"] as? [[String: Any]])?.first)
    let counts = try #require((objective["window"] as? [String: Any])?["counts"] as? [String: Any])
    let total = 168 * 3600 - 3600 - 10
    #expect(counts["total"] as? Int == total * 1_000_000_000, "\(check.output)")
    #expect(counts["good"] as? Int == (total - 22 * 60) * 1_000_000_000)
  }

  @Test("degraded, an empty cell and every other word mean nothing until somebody says")
  func words() throws {
    for word in ["degraded", "", "pending", "maintenance"] {
      let workspace = try Workspace(
        configuration: """
          sources: { m: { files: "s.csv" } }
          services: { shop: { slos: { up: { objective: 99%, window: 7d, availability: { source: m, where: {}, hold_at_most: 1h } } } } }
          """)
      try workspace.write(
        "at,status\n2026-10-12T00:00:00Z,up\n2026-10-12T00:10:00Z,\(word)\n", to: "s.csv")
      let collect = try workspace.run("collect", "--as-of", "2026-10-12T01:00:00Z")
      #expect(
        collect.errors.contains(
          "1 row could not be used; the first, row 2: unknown state \"\(word)\""),
        "\(word): \(collect.errors)")
    }
  }
}
