public import Model

/// What `weekly.json` holds: the facts of the week, and under "words" what the page says about them.
public struct WeeklyDocument: Encodable {
  private let facts: ReportFacts
  private let words: Words

  public init(_ facts: ReportFacts, zone: ZoneOffsets) {
    self.facts = facts
    let story = WeeklyStory(facts: facts, zone: zone)
    words = Words(
      verdict: story.verdict, detail: story.verdictDetail,
      tiles: story.tiles.map {
        Words.Tile(label: $0.label, value: $0.value, unit: $0.unit, detail: $0.detail)
      },
      thisWeek: story.thisWeek, nextWeek: story.nextWeek,
      figures: story.figures.map {
        Words.Caption(
          name: $0.name, heading: $0.heading, subheading: $0.subheading,
          description: $0.description)
      }, notes: story.notes)
  }

  private enum Key: String, CodingKey { case words }

  public func encode(to encoder: any Encoder) throws {
    try facts.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(words, forKey: .words)
  }

  private struct Words: Encodable {
    let verdict: String
    let detail: String
    let tiles: [Tile]
    let thisWeek: [String]
    let nextWeek: [String]
    let figures: [Caption]
    let notes: [String]

    struct Tile: Encodable {
      let label: String
      let value: String
      let unit: String
      let detail: String
    }

    struct Caption: Encodable {
      let name: String
      let heading: String
      let subheading: String
      let description: String
    }
  }
}
