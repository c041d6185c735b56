public import Model

/// A report: its facts, and the sections that say what they are.
public struct Report: Sendable {
  public let facts: ReportFacts
  let zone: ZoneOffsets

  public init(_ facts: ReportFacts, zone: ZoneOffsets) {
    (self.facts, self.zone) = (facts, zone)
  }

  var story: Story { Story(facts: facts, zone: zone) }

  var sections: [Section] {
    switch facts.kind {
    case .daily: Daily.sections(story)
    case .weekly: Weekly.sections(story)
    case .monthly, .quarterly: Monthly.sections(story)
    }
  }

  /// The figures in their order; those that have nothing to show are left out.
  public var figures: [Figure] { sections.flatMap(\.figures) }
}

extension Section {
  var figures: [Figure] {
    blocks.flatMap { block -> [Figure] in
      switch block {
      case .figure(let figure): [figure]
      case .columns(let sections): sections.flatMap(\.figures)
      case .title, .warning, .verdict, .tiles, .aside, .note, .text, .list, .table, .terms, .asks,
        .foot:
        []
      }
    }
  }
}
