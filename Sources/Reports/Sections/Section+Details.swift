import Model

extension Section {
  /// One figure between sections; `nil` without one.
  static func opening(_ story: Story) -> Section? {
    story.worst.flatMap { $0.allowsNothing ? nil : BurnDown().figure(story, of: $0) }
      .map { Section(name: .burndown, blocks: [.figure($0)]) }
  }

  /// For those who want to look closer; `nil` without a figure.
  ///
  /// A level that was kept needs no drawing.
  static func detail(_ story: Story) -> Section? {
    let level = story.worst.flatMap { $0.state == .onCourse ? nil : Levels().figure(story, of: $0) }
    let figures = [
      story.worst.flatMap { HourLoads().figure(story, of: $0) }, level,
      Budgets().others(story, beside: [story.worst].compactMap(\.self)),
      DayLoads().figure(story),
    ].compactMap(\.self)
    if figures.isEmpty { return nil }
    return Section(
      name: .detail, heading: "Detail",
      blocks: [.aside("For those who want to look closer.")] + figures.map { .figure($0) })
  }

  /// `nil` where no service reports incidents.
  static func incidents(_ story: Story) -> Section? {
    guard story.facts.incidents != nil else { return nil }
    var blocks: [Block] = [.note(story.incidentsNote)]
    if let timeline = Timeline().figure(story) { blocks.append(.figure(timeline)) }
    if !story.incidents.isEmpty {
      blocks.append(
        .table(
          ReportTable(
            columns: [
              .init(title: "Incident"), .init(title: "Started", kind: .short),
              .init(title: "Lasted", kind: .short), .init(title: "Severity", kind: .short),
              .init(title: "Cause"), .init(title: "Budget used"),
            ],
            rows: story.incidents.prefix(20).map { incident in
              incident.row(asOf: story.facts.period.end, in: story.zone)
                .map { .text($0) } + [.text(story.cost(of: incident))]
            },
            rest: story.incidents.count > 20
              ? "And \(story.incidents.count - 20) more: see \(story.numbers)." : nil)))
    }
    if story.facts.kind.judgesItself {
      blocks += [Causes().figure(story), Restores().figure(story)].compactMap(\.self)
        .map { .figure($0) }
    }
    return Section(name: .incidents, heading: "Incidents", blocks: blocks)
  }

  /// What was not measured, and what to know beside the figures.
  static func data(_ story: Story) -> Section {
    let zone = story.zone
    var blocks: [Block] = []
    if story.gaps.isEmpty {
      blocks.append(.text(story.noGaps))
    } else {
      let shown = story.gaps.prefix(12)
      blocks = [
        .note(story.missingRule),
        .table(
          ReportTable(
            columns: [
              .init(title: "Missing from", kind: .short), .init(title: "to", kind: .short),
              .init(title: "Length", kind: .short), .init(title: "Affects"),
            ],
            rows: shown.map { gap in
              [
                .text(Wording.moment(gap.window.start, in: zone)),
                .text(Wording.moment(gap.window.end, in: zone)),
                .text(Wording.duration(gap.window.length)),
                .text(gap.objectives.joined(separator: ", ")),
              ]
            },
            rest: story.gaps.count > 12 ? "And \(story.gaps.count - 12) shorter ones." : nil,
            lines: shown.map { gap in
              "\(Wording.moments(gap.window, in: zone)) (\(Wording.duration(gap.window.length))): "
                + gap.objectives.joined(separator: ", ")
            })),
      ]
    }
    if !story.notes.isEmpty { blocks.append(.list(story.notes, name: "notes")) }
    return Section(name: .data, heading: "Data", blocks: blocks)
  }

  /// The words of the page, each with its meaning.
  static func method(_ story: Story) -> Section {
    let facts = story.facts
    let methods = Set(facts.objectives.map(\.method)).sorted().map(\.rawValue)
    var terms: [(term: String, text: String)] = [
      (
        "SLI",
        "Good over total, rounded down; budgeting method: \(methods.joined(separator: " and ")). Verdicts compare whole numbers, without rounding."
      ),
      (
        "Error budget",
        "The bad share that an objective allows. What is used is rounded up, what is left is rounded down."
      ),
      ("Counters", "Increases added up step by step, restarts corrected, nothing extrapolated."),
    ]
    terms +=
      story.isOver
      ? [("Met, narrowly", "Less than 20\(Wording.space)% of the budget was left.")]
      : [
        (
          "Usual pace",
          "The median daily spending of the last 28 days, which one outage does not change."
        ),
        (
          "At risk",
          "Less than 20\(Wording.space)% of the budget left, or used up before the end at the usual pace."
        ),
      ]
    if facts.incidents != nil {
      terms.append(
        (
          "Incidents",
          "Lengths are not cut at the ends of the \(story.period.noun). What an incident used of a budget is all that was bad in its minutes."
        ))
    }
    if !story.capacity.isEmpty {
      terms.append(
        (
          "Forecast",
          "The straight line that missed least in the item’s own last 60 days, with what it missed by. Earliest: the 95\(Wording.space)% interval meets the limit. Likely: the line does. Latest: all of the 80\(Wording.space)% interval does."
        ))
    }
    terms.append(
      (
        "Not judged", "Too little of the window measured, too little history, or invalid readings."
      ))
    let zone =
      facts.period.zoneRelease.map { "zone data \($0)" } ?? "zone \(facts.period.zone)"
    return Section(
      name: .method, heading: "Method",
      blocks: [
        .terms(terms),
        .foot(
          "\(facts.program) · \(story.dataEnd) · \(zone) · numbers of this page: \(story.numbers)"),
      ])
  }
}
