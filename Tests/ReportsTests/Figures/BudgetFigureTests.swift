import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("The figure of a budget")
struct BudgetFigureTests {
  private func figure(_ objective: ObjectiveFacts) -> Figure {
    BurnDown().figure(Story(facts: Sample.facts([objective]), zone: .utc), of: objective)
  }

  @Test("its heading follows the state")
  func headings() throws {
    func heading(_ objective: ObjectiveFacts) -> String { Wording.plain(figure(objective).heading) }
    let spent = try Sample.objective("A", bad: 1000...1599)
    #expect(heading(spent) == "A: 139 % of its 30-day budget is used")
    #expect(
      heading(try Sample.objective("A", bad: 1000...1399)) == "A: 7 % of the budget left")
    #expect(heading(try Sample.objective("A")) == "A")
    // Only of a calendar window that is over is it known when the budget was empty.
    let closed = try spent.with(["window.rule": "month"])
    #expect(heading(closed) == "A: the budget ran out on Sun 18 Oct")
  }

  // The minutes from 1 599 to 1 000 before Mon 19 Oct 00:00: from 159 min before Sun 18 Oct on. 432 are allowed, so the
  // 433rd uses the budget up: that of 1 167 before the end, 273 min after Sun 18 Oct 00:00.
  @Test("its description names the balance, the largest drops and the end")
  func descriptions() throws {
    let spent = try Sample.objective("A", bad: 1000...1599)
    #expect(
      Wording.plain(figure(spent).description)
        == "Error budget of A, Sat 19 Sep to Sun 18 Oct: 139 % used. Largest drops: 139 points on Sat 17 Oct 21:21 (10 h)."
    )
    #expect(
      Wording.plain(figure(try Sample.objective("A")).description)
        == "Error budget of A, Sat 19 Sep to Sun 18 Oct: 100 % left.")
    let closed = try spent.with(["window.rule": "month"])
    #expect(
      Wording.plain(figure(closed).description).hasSuffix(" Used up on Sun 18 Oct 04:33."))
    let incident = try spent.with([
      "drops": [
        [
          "start": "2026-10-14T00:00:00Z", "end": "2026-10-14T00:05:00Z", "share": 0.25,
          "incident": "INC-1", "byIncident": 0.2,
        ] as [String: Any]
      ]
    ])
    #expect(
      Wording.plain(figure(incident).description).hasSuffix(
        "Largest drops: 20 points on Wed 14 Oct 00:00 in INC-1."))
  }

  @Test("its grey line says what is drawn")
  func subheadings() throws {
    #expect(
      Wording.plain(figure(try Sample.objective("A")).subheading)
        == "A, error budget left as the spending adds up in the 30 days to Sun 18 Oct, %. Dashed: even spending."
    )
    let running = try Sample.objective("A").with([
      "window.rule": "month", "window.start": "2026-10-01T00:00:00Z",
      "window.end": "2026-11-01T00:00:00Z",
    ])
    #expect(
      Wording.plain(figure(running).subheading)
        == "A, error budget left Thu 1 – Sat 31 October 2026, %. Dashed: even spending. Dotted: at the usual pace."
    )
  }

  // 18 of 31 days have passed: even spending would have left 13/31, 41.9 %, rounded up.
  @Test("a running window says what even spending would have left")
  func even() throws {
    let running = try Sample.objective("A").with([
      "window.rule": "month", "window.start": "2026-10-01T00:00:00Z",
      "window.end": "2026-11-01T00:00:00Z",
    ])
    let story = Story(facts: Sample.facts([running]), zone: .utc)
    #expect(
      BurnDown.depletion(of: running, in: story).endDetail.map(Wording.plain)
        == "even spending: 42 %")
    let closed = try Sample.objective("A", bad: 1000...1599)
    let chart = BurnDown.depletion(of: closed, in: Story(facts: Sample.facts([closed]), zone: .utc))
    #expect(Wording.plain(chart.endLabel) == "-39 %")
    #expect(chart.endDetail.map(Wording.plain) == "139 % used")
    #expect(chart.drops.map { Wording.plain($0.label) } == ["-139 points"])
    #expect(chart.threshold.map { Wording.plain($0.detail) } == "below 10 %")
  }
}
