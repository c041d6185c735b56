import Analytics
import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("The figures of the weekly report")
struct FigureTests {
  private func story(_ objectives: [ObjectiveFacts]) -> Report {
    Report(Sample.facts(objectives), zone: .utc)
  }

  // The bad minutes are 1000 to 1599 minutes before the end of Sunday: from Sat 21:21 to Sun 07:20.
  @Test("headings state what the counts prove")
  func statesFindings() throws {
    let spent = story([try Sample.objective("Spent", bad: 1000...1599), try Sample.objective("B")])
    let headings = Dictionary(uniqueKeysWithValues: spent.figures.map { ($0.name, $0.heading) })
    #expect(headings["hours"] == "Spent: 11 hours went over their allowance")
    #expect(
      headings["level"].map(Wording.plain)
        == "Spent: two days fell below the objective; a typical day is at 100 %")
    #expect(headings["budgets"] == "The other objective stayed within its budget")
    #expect(headings["days"] == "A day’s allowance was exceeded twice in four weeks")
    #expect(headings["burndown"].map(Wording.plain) == "Spent: 139 % of its 30-day budget is used")
  }

  @Test("a quiet week claims nothing that did not happen, and draws no level")
  func isQuiet() throws {
    let quiet = story([try Sample.objective("A"), try Sample.objective("B")])
    #expect(quiet.figures.map(\.name) == ["burndown", "hours", "budgets", "days"])
    #expect(quiet.figures[1].heading == "A: no hour went over its allowance")
    #expect(quiet.figures[3].heading == "No day went over its allowance in four weeks")
  }

  @Test("only the objective that is looked at closely keeps its hours")
  func keepsHoursOfOne() throws {
    let facts = Sample.facts([
      try Sample.objective("A"), try Sample.objective("Spent", bad: 1000...1599),
      try Sample.objective("Short", days: 3),
    ])
    // The samples share a name; the title tells them apart.
    #expect(facts.objectives.first?.title == "Spent" && facts.objectives.first?.hours?.count == 168)
  }

  @Test("a heading has at most 70 characters, a picture's text at most 250")
  func isShort() throws {
    let name = String(repeating: "Very long name ", count: 40)
    let long = story([
      try Sample.objective(name, bad: 1000...1599), try Sample.objective(name + "2"),
    ])
    for figure in long.figures {
      #expect(figure.heading.count <= 70, "\(figure.heading)")
    }
    let text = long.markdown(withCharts: true)
    for line in text.split(separator: "\n") where line.hasPrefix("![") {
      #expect((line.split(separator: "](").first?.count ?? 0) <= 252, "\(line.count)")
    }
  }

  @Test("each figure can be drawn by itself, also where nothing is judged")
  func drawsEach() throws {
    for objectives in [
      [try Sample.objective("Spent", bad: 1000...1599)], [try Sample.objective("Short", days: 3)],
      [try Sample.objective("A"), try Sample.objective("B", bad: 1000...1300)],
    ] {
      let facts = Sample.facts(
        objectives, capacity: [Sample.capacity("disk", (60..<120).map(Double.init))])
      let unjudged = facts.objectives.allSatisfy { $0.state == .notJudged }
      let report = Report(facts, zone: .utc)
      for kind in Figure.kinds
      where kind.report == .weekly && !(kind is Timeline) && !(kind is Events) {
        if kind is Budgets, unjudged {
          #expect(kind.figure(of: report) == nil)
          continue
        }
        let figure = try #require(kind.figure(of: report), "\(kind.name)")
        #expect(figure.name == kind.name)
        #expect(figure.scene(.wide).width == 680 && figure.scene(.narrow).width == 342)
        #expect(
          !figure.description.isEmpty && figure.scene(.wide).description == figure.description)
      }
      #expect(Timeline().figure(of: report) == nil, "no service reports incidents")
    }
  }

  // A minute with one event is sparse, and summed to hours; 1 000 events a minute stay minutes.
  @Test("events are shown by the minute, or by the hour where few come at a time")
  func showsEvents() throws {
    let window = Sample.period.window(in: .utc)
    let first = window.start.seconds / 60
    for (perMinute, step) in [(Int64(1), Duration.hours(1)), (1000, .minutes(1))] {
      let minutes = Array(first..<first + 7 * 1440)
      let counts = minutes.map { _ in perMinute }
      let measurement = Measurement(
        tally: Tally(minutes: minutes, good: counts, total: counts), unit: .events,
        observation: Observation(interval: .minutes(1), observed: WindowSet([window])))
      let facts = EventsFacts("Checkout", measurement, in: window)
      #expect(facts.step == step)
      #expect(facts.values.reduce(0, +) == Double(perMinute) * 7 * 1440)
      #expect(Set(facts.values) == [perMinute == 1 ? 60 : 1000])
      let figure = Figure(facts, zone: .utc)
      #expect(figure.heading == "Checkout: events over time")
      #expect(!figure.scene(.wide).marks.isEmpty)
    }
  }
}
