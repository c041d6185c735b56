import Foundation
import TestSupport
import Testing

/// Incidents from CSV files, through the program.
@Suite("Incidents")
struct IncidentsTests {
  private static let configuration = """
    timezone: Europe/Berlin
    sources: { records: { files: "records/*.csv" } }
    services:
      shop:
        title: Shop
        incidents:
          source: records
          columns: { id: number, started_at: began, resolved_at: over }
          severity: { high: critical }
        slos:
          availability: { objective: 99%, window: 7d, minimum_history: 1d, availability: { incidents: all } }
          serious: { objective: 99%, window: 7d, minimum_history: 1d, availability: { incidents: [critical] } }
          api: { objective: 99%, window: 7d, minimum_history: 1d, availability: { incidents: all, where: { service: api } } }
    """

  // Week 42 is Mon 12 Oct 00:00 to Mon 19 Oct 00:00 in Berlin, two hours ahead of UTC: 168 h. A and B overlap: 2 h + 3 h are
  // together 4 h. M has no down time. C is open at the end, one hour long by then.
  private static let records = """
    number,title,service,severity,began,detected_at,acknowledged_at,over,cause
    A,"Payments, slow",api;web,high,2026-10-14T10:00:00Z,2026-10-14T10:04:00Z,2026-10-14T10:10:00Z,2026-10-14T12:00:00Z,deploy
    B,Search down,web,minor,2026-10-14T11:00:00Z,,2026-10-14T11:20:00Z,2026-10-14T14:00:00Z,
    M,Move,web,maintenance,2026-10-15T00:00:00Z,,,2026-10-15T06:00:00Z,
    C,Logins fail,api,major,2026-10-18T21:00:00Z,2026-10-18T21:30:00Z,,,deploy
    Z,Before,web,minor,2026-10-01T00:00:00Z,,,2026-10-01T01:00:00Z,
    """

  private static let asOf = "2026-10-18T22:00:00Z"

  private func workspace(_ records: String = records) throws -> Workspace {
    let workspace = try Workspace(configuration: IncidentsTests.configuration)
    try workspace.write(records + "\n", to: "records/all-20261018T220000Z.csv")
    return workspace
  }

  @Test("are listed, and their times summed up by severity")
  func list() throws {
    let outcome = try workspace().run(
      "incidents", "--week", "2026-W42", "--as-of", IncidentsTests.asOf)
    #expect(outcome.status == 0)
    #expect(
      outcome.output
        == """
        4 incidents from Mon 12 Oct 00:00 to Mon 19 Oct 00:00, 1 still open. Down for 5 h: available 97.023 %.

        ID  STARTED               LASTED  SEVERITY      SERVICE   CAUSE   TITLE
        A   Wed 14 Oct 12:00         2 h  critical      api, web  deploy  Payments, slow
        B   Wed 14 Oct 13:00         3 h  minor         web       –       Search down
        M   Thu 15 Oct 02:00         6 h  no down time  web       –       Move
        C   Sun 18 Oct 23:00  still open  major         api       deploy  Logins fail

        SEVERITY         STARTED  DOWN        MTTR      MEDIAN        90 %    MTTD    MTTA      MTBF
        critical               1   2 h         2 h         2 h         2 h   4 min  10 min  6 d 22 h
        major         1 (1 open)   1 h           –           –           –  30 min       –  6 d 23 h
        minor                  1   3 h         3 h         3 h         3 h       –  20 min  6 d 21 h
        no down time           1   0 s           –           –           –       –       –         –
        all           3 (1 open)   5 h  2 h 30 min  2 h 30 min  2 h 54 min  17 min  15 min   2 d 6 h

        """)
  }

  // 4 h of A and B and the hour of C: 163 of 168 h. Of the critical ones 166. Of those that touched api A and C: 165.
  @Test("make availability, by severity and by what they touched")
  func availability() throws {
    let outcome = try workspace().run("check", "--as-of", IncidentsTests.asOf, "--format", "json")
    let facts = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let objectives = try #require(facts["objectives"] as? [[String: Any]])
    let shares = try objectives.map { objective -> (String, Double) in
      let window = try #require(objective["window"] as? [String: Any])
      let counts = try #require(window["counts"] as? [String: Any])
      let good = try #require(counts["good"] as? Double)
      let total = try #require(counts["total"] as? Double)
      return (try #require(objective["name"] as? String), good / total * 168)
    }.sorted { $0.0 < $1.0 }
    #expect(shares.map(\.0) == ["shop/api", "shop/availability", "shop/serious"])
    for (share, hours) in zip(shares.map(\.1), [165.0, 163, 166]) {
      #expect(abs(share - hours) < 1e-9)
    }
  }

  @Test("stand in the weekly report, each with what it used of the budget")
  func weekly() throws {
    let workspace = try workspace()
    let outcome = try workspace.run("weekly", "--as-of", "2026-10-19T06:00:00Z")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
    // 1 % of 168 h is 1.68 h. B has the hours after A alone, 2 h are 119.05 points; A has 2 h, too.
    #expect(page.contains("## Incidents"))
    #expect(page.contains("| A Payments, slow (api, web) "))
    #expect(page.contains("120 points of"))
    #expect(page.contains("- Incidents: 4 this week (1 still open)"))
    let html = String(decoding: try workspace.read("reports/2026-W42/weekly.html"), as: UTF8.self)
    #expect(html.contains("Logins fail"))
  }

  @Test("that change make a marked revision of a closed week")
  func revision() throws {
    let workspace = try workspace()
    try workspace.run("weekly", "--as-of", "2026-10-19T06:00:00Z")
    try workspace.write(
      IncidentsTests.records.replacingOccurrences(
        of: "2026-10-18T21:30:00Z,,,deploy",
        with: "2026-10-18T21:30:00Z,,2026-10-18T21:30:00Z,deploy")
        + "\n", to: "records/all-20261018T220000Z.csv")
    try workspace.run("weekly", "--as-of", "2026-10-20T06:00:00Z")
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
    #expect(page.contains("Revised on Tue 20 Oct 08:00, late data"))
  }

  @Test("that cannot be used are counted, named, and leave no verdict")
  func rejected() throws {
    let workspace = try workspace(
      IncidentsTests.records + "\nX,Odd,web,catastrophic,2026-10-16T00:00:00Z,,,,")
    let collect = try workspace.run("collect", "--as-of", IncidentsTests.asOf)
    #expect(collect.errors.contains("1 row could not be used; the first, row 6"))
    #expect(collect.errors.contains("catastrophic"))
    let check = try workspace.run("check", "--as-of", IncidentsTests.asOf, "--no-collect")
    // The row touched web alone: what counts incidents of the api is judged, and overspent by 2 h of 1.68.
    #expect(check.status == 1)
    #expect(check.output.contains("1 reading could not be used"))
    let all = try workspace.run(
      "check", "availability", "--as-of", IncidentsTests.asOf, "--no-collect")
    #expect(all.status == 3)
  }

  @Test("of which nothing is known are not none")
  func unknown() throws {
    let workspace = try workspace()
    let outcome = try workspace.run(
      "incidents", "--month", "2025-01", "--as-of", IncidentsTests.asOf)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("Incidents of this time are unknown"))
  }

  @Test("are asked for with windows and services that make sense")
  func usage() throws {
    let workspace = try workspace()
    let cases: [([String], Int32, String)] = [
      (["--week", "2026-W42", "--month", "2026-10"], 64, "exclude each other"),
      (["--week", "42"], 64, "write it like 2026-W42"),
      (["--from", "2026-10-10", "--to", "2026-10-09"], 64, "is not before"),
      (["shp"], 64, "did you mean shop?"), (["--by", "owner"], 64, "owner"),
    ]
    for (arguments, status, words) in cases {
      let outcome = try workspace.program.run(["incidents"] + arguments, in: workspace.folder)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
    try workspace.write(Workspace.configuration, to: "other.yaml")
    let none = try workspace.run("incidents", "-c", "other.yaml")
    #expect(none.status == 78)
    #expect(none.errors.contains("no service says where its `incidents` come from"))
  }
}
