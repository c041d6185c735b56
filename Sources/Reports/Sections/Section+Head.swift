import Model

extension Section {
  /// What is reported, and how it was made.
  static func head(_ story: Story) -> Section {
    let (facts, zone, period) = (story.facts, story.zone, story.period)
    let made = Wording.dated(facts.made, in: zone)
    let days = "\(period.days), \(facts.period.zone)"
    return Section(
      name: .head,
      blocks: [
        .title(
          kicker: "Reliability report, \(facts.kind.rawValue)\(facts.isRunning ? ", draft" : "")",
          title: story.heading,
          made: [
            "\(days)\(period.changedHours ?? "").",
            "Made \(made) \(zone.offset(at: facts.made).abbreviation).",
            "\(Wording.coverage(story.leastMeasured.share)) of the \(period.noun) was measured.",
          ], revised: story.revised)
      ])
  }

  /// `nil` where nothing is missing.
  static func incomplete(_ story: Story) -> Section? {
    story.incomplete.isEmpty
      ? nil
      : Section(
        name: .incomplete,
        blocks: [.warning("This report is incomplete.", because: story.incomplete)])
  }

  static func verdict(_ story: Story) -> Section {
    Section(
      name: .verdict, blocks: [.verdict(story.tone, story.verdict, detail: story.verdictDetail)])
  }
}
