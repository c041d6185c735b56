public import Charts
public import Model

/// The burn-down of the worst judged objective's budget, with its heading and what it says in words.
public struct BurnDownFigure {
  public let heading: String
  public let subheading: String
  public let description: String
  private let chart: DepletionChart

  /// `nil` when no objective is judged.
  public init?(_ facts: ReportFacts, zone: ZoneOffsets) {
    self.init(WeeklyStory(facts: facts, zone: zone))
  }

  init?(_ story: WeeklyStory) {
    guard let objective = story.facts.objectives.first(where: { $0.state != .notJudged }),
      let last = objective.timeline.last
    else { return nil }
    let zone = story.zone
    let window = objective.window.window
    let crossing = objective.timeline.first { $0.left < 0 }
    let left = Wording.left(objective.budget?.left)
    if objective.state == .overspent, let crossing {
      heading =
        "\(objective.title): the budget ran out on \(Wording.day(zone.date(at: crossing.at)))"
    } else if objective.state == .atRisk {
      heading = "\(objective.title): \(left) of the budget left"
    } else {
      heading = objective.title
    }
    let runs = objective.window.asOf < window.end
    subheading =
      "\(objective.title), error budget left, \(story.windowSpan(objective)), %. Dashed: even spending."
      + (runs && objective.leftAhead != nil ? " Dotted: at the usual pace." : "")
    let drops = objective.drops.filter { $0.share >= 0.05 }.prefix(3)
    let spent = drops.map {
      "\(Wording.moment($0.start, in: zone)) used \(Wording.points($0.share)) points"
    }
    description =
      "From 100\(Wording.space)% on \(Wording.day(zone.date(at: window.start))) to \(left) at the end of "
      + "\(Wording.day(zone.date(at: last.at - .seconds(1))))."
      + (spent.isEmpty ? "" : " \(spent.joined(separator: "; ")).")
      + (crossing.map { " Used up on \(Wording.moment($0.at, in: zone))." } ?? "")
    let state = WeeklyStory.word(objective.state)
    let used = objective.budget?.consumed.map { $0 > 1 ? "\(Wording.used($0)) used" : "" } ?? ""
    chart = DepletionChart(
      domain: window, now: objective.window.asOf,
      points: objective.timeline.map { DepletionChart.Step(at: $0.at, left: $0.left) },
      gaps: objective.gaps.map(\.window), even: true, pace: runs ? objective.leftAhead : nil,
      highlight: DepletionChart.Highlight(
        window: story.facts.period.window, label: "this week"),
      threshold: objective.band?.gateClosesBelow.map {
        DepletionChart.Threshold(
          share: $0, label: "gate closes", detail: "below \(Wording.left($0))")
      },
      drops: drops.map {
        DepletionChart.Drop(at: $0.start, label: "−\(Wording.points($0.share)) points")
      },
      endLabel: "\(left) left", endDetail: used.isEmpty ? nil : used, endPaint: state.tone.paint,
      zone: zone)
  }

  public func scene(_ size: ChartSize, metrics: any TextMetrics) -> Scene {
    chart.scene(size: size, metrics: metrics, title: heading, description: description)
  }
}
