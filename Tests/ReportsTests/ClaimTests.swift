import Analytics
import Charts
import Model
import Testing

@testable import Reports

/// Sentences that were once false in some data.
@Suite("What the weekly report claims")
struct ClaimTests {
  private func report(_ objectives: [ObjectiveFacts]) -> Report {
    Report(Sample.facts(objectives), zone: .utc)
  }

  private func said(_ report: Report) -> String {
    let figures = report.figures.map { "\($0.heading) \($0.description)" }
    return Wording.plain(
      ([report.story.verdict, report.story.verdictDetail] + report.list("thisWeek")
        + report.list("nextWeek") + figures)
        .joined(separator: "\n"))
  }

  @Test("a rolling budget is used by so much, but did not run out on a day")
  func claimsNoDay() throws {
    let text = said(report([try Sample.objective("Spent", bad: 1000...1599)]))
    #expect(text.contains("Spent: 139 % of its 30-day budget is used"))
    #expect(!text.contains("ran out") && !text.contains("Used up"))
  }

  // The minute from 1 440 minutes before the end is Sun 18 Oct 00:00, the one before it Sat 17 Oct 23:59.
  @Test("what was bad in a day's last minute is of that day")
  func keepsItsDay() throws {
    let spent = try Sample.objective("Spent", bad: 1441...1541)
    let last = spent.timeline.dropLast().last
    #expect(last.map { ZoneOffsets.utc.date(at: $0.at).day } == 17)
    #expect(spent.drops.first.map { ZoneOffsets.utc.date(at: $0.start).day } == 17)
  }

  // 1 000 bad minutes in the week of 43 200 with 432 allowed: 231.5 points, each on its own.
  @Test("a week that spent evenly is not called quiet")
  func isNotQuiet() throws {
    let steady = try Sample.objective("Steady", bad: 100...1099)
    let text = said(report([steady]))
    #expect(text.contains("Steady used 232 points of its budget"), "\(text)")
    #expect(!text.contains("No objective spent more"))
  }

  @Test("spending over days has a beginning and an end, and no name on the chart")
  func tellsSlopes() throws {
    let slope = try Sample.objective("Slope", bad: 3000...5999)
    let report = report([slope])
    #expect(said(report).contains("from Wed 14 Oct"), "\(said(report))")
    #expect(BurnDown.depletion(of: slope, in: report.story).drops.isEmpty)
  }

  @Test("what is not judged is in no budget chart and closes the gate with a reason")
  func namesReasons() throws {
    let report = report([try Sample.objective("Short", days: 3)])
    #expect(report.story.verdict == "Nothing can be judged yet: the history is too short.")
    #expect(
      report.list("nextWeek").first
        == "The release gate stays closed until every objective can be judged.")
    #expect(!report.figures.contains { $0.name == "budgets" })
  }

  @Test("beyond twelve objectives those on course are folded into one line with their count")
  func foldsRows() throws {
    let many = try (0..<20).map { try Sample.objective("Calm \($0)") }
    let report = report(many + [try Sample.objective("Spent", bad: 1000...1599)])
    #expect(report.tables[0].rows.count == 12)
    #expect(
      Wording.plain(report.tables[0].rest ?? "").hasPrefix(
        "9 more are on course, with at least 100 %"))
    let page = try report.page()
    #expect(page.utf8.count < 1_000_000)
  }

  /// A latency objective over two histograms that were read twice, with the counts of the second reading.
  private func latency(_ one: [(String, Double)], _ other: [(String, Double)]) throws
    -> ObjectiveFacts
  {
    let end = Sample.end
    let series = [one, other].enumerated().flatMap { pod, buckets in
      buckets.map { le, count in
        var cells = CellBuilder()
        cells.add(0, at: end.nanoseconds - 60_000_000_000)
        cells.add(count, at: end.nanoseconds)
        let labels = [Label("le", le), Label("pod", "\(pod)")]
        return Series(
          id: SeriesID(source: "m", name: "d_bucket", labels: labels), kind: .samples,
          cells: cells.finish())
      }
    }
    let objective = Objective(
      service: "shop", name: "Fast", title: "Fast",
      indicator: .latency(Selector(source: "m", name: "d_bucket"), atMost: .milliseconds(500)),
      target: try Target(partsPerBillion: 990_000_000), window: .rolling(.days(30)))
    let measurement = Measurement(
      objective, series: series, span: Window(start: end - .days(30), end: end), spans: WindowSet())
    let assessment = Assessment(
      objective, measurement, asOf: end, firstData: end - .days(40), staleAfter: .days(1),
      zone: .utc)
    return ObjectiveFacts(
      assessment, measurement: measurement, period: Sample.period.window(in: .utc), trail: [],
      zone: .utc)
  }

  @Test("what the buckets of histograms cannot tell is told")
  func tellsBuckets() throws {
    func note(_ one: [(String, Double)], _ other: [(String, Double)]) throws -> String {
      Wording.plain(report([try latency(one, other)]).list("notes").joined())
    }
    let whole: [(String, Double)] = [("0.5", 9), ("+Inf", 10)]
    let coarse: [(String, Double)] = [("0.25", 3), ("1.0", 8), ("+Inf", 10)]
    let late: [(String, Double)] = [("1e0", 8), ("+Inf", 10)]
    #expect(try !note(whole, whole).contains("bucket"))
    #expect(
      try note(coarse, coarse).contains(
        "no bucket ends at the bound: events up to 250 ms count as good, the true figure lies between "
          + "the buckets 250 ms and 1 s"))
    #expect(
      try note(late, late).contains(
        "no bucket of a histogram ends at or under the bound (the smallest ends at 1 s): whether"))
    #expect(
      try note(whole, coarse).contains(
        "histograms have different buckets: events count as good up to 250 ms or up to 500 ms, "
          + "depending on the histogram; some that met the bound may count as bad"))
    #expect(try note(whole, late).contains("count as good not at all or up to 500 ms"))
  }

  @Test(
    "response times have their unit",
    arguments: [
      (0.5, "500 ms"), (0.3225, "323 ms"), (1.5, "1.5 s"), (1.24, "1.24 s"), (60, "1 min"),
    ])
  func saysLatencies(seconds: Double, text: String) {
    #expect(Wording.plain(Wording.latency(seconds)) == text)
  }

  @Test(
    "loads and points are rounded up, and one of them is singular",
    arguments: [(1.0, "1.0 times"), (1.46, "1.5 times"), (20, "20 times"), (66.2, "67 times")])
  func saysLoads(load: Double, text: String) {
    #expect(Wording.times(load) == text)
    #expect(Wording.pointCount(0.004) == "1 point" && Wording.pointCount(0.011) == "2 points")
  }
}
