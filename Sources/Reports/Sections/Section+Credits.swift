import Model

extension Section {
  /// What agreements with customers give back, with the arithmetic; `nil` without an agreement over the report's period.
  static func credits(_ story: Story) -> Section? {
    let agreed = story.facts.objectives.compactMap { objective in
      objective.credit.map { (objective, $0) }
    }
    guard !agreed.isEmpty else { return nil }
    let rows = agreed.map { objective, credit -> [ReportTable.Cell] in
      let words = CreditWords(objective, credit, in: story.zone)
      return [
        .detailed(objective.title, below: words.promise), .text(words.level), .text(words.tier),
        .text(words.credit),
      ]
    }
    return Section(
      name: .credits, heading: "Service credits",
      blocks: [
        .aside("What the agreements with customers give back for \(story.period.name)."),
        .table(
          ReportTable(
            columns: [
              .init(title: "Agreement", detail: "Tiers"),
              .init(title: "Result", kind: .mainNumber), .init(title: "Tier", kind: .short),
              .init(title: "Credit", kind: .mainNumber),
            ], rows: rows)),
        .list(
          agreed.map { CreditWords($0, $1, in: story.zone).arithmetic }, name: "credits"),
      ])
  }
}
