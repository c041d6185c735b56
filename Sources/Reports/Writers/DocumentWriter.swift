/// A report as JSON: its facts, and under "words" what the page says about them.
public struct ReportDocument: Encodable {
  private let report: Report

  public init(_ report: Report) { self.report = report }

  private enum Key: String, CodingKey { case words }

  public func encode(to encoder: any Encoder) throws {
    try report.facts.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Words(sections: report.sections), forKey: .words)
  }
}

/// The verdict, tiles, named lists and captions of sections.
private struct Words: Encodable {
  let sections: [Section]

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  struct Tile: Encodable {
    let label: String
    let value: String
    let unit: String
    let detail: String
  }

  struct Ask: Encodable {
    let who: String
    let what: String
  }

  struct Caption: Encodable {
    let name: String
    let heading: String
    let subheading: String
    let description: String
  }

  func encode(to encoder: any Encoder) throws {
    var words = encoder.container(keyedBy: Key.self)
    try words.encode([String](), forKey: Key("notes"))
    for section in sections { try Words.add(section, to: &words) }
    try words.encode(
      sections.flatMap(\.figures).map {
        Caption(
          name: $0.name, heading: $0.heading, subheading: $0.subheading,
          description: $0.description)
      }, forKey: Key("figures"))
  }

  private static func add(_ section: Section, to words: inout KeyedEncodingContainer<Key>) throws {
    for block in section.blocks {
      switch block {
      case .verdict(_, let text, let detail):
        try words.encode(text, forKey: Key("verdict"))
        try words.encode(detail, forKey: Key("detail"))
      case .tiles(let tiles):
        try words.encode(
          tiles.map {
            Tile(label: $0.label, value: $0.value, unit: $0.unit, detail: $0.detail)
          }, forKey: Key("tiles"))
      case .list(let lines, let name):
        if let name { try words.encode(lines, forKey: Key(name)) }
      case .terms(let terms, let name):
        if let name {
          try words.encode(terms.map { "\($0.term): \($0.text)" }, forKey: Key(name))
        }
      case .asks(let asks):
        try words.encode(asks.map { Ask(who: $0.who, what: $0.what) }, forKey: Key("asked"))
      case .columns(let sections): for section in sections { try add(section, to: &words) }
      case .title, .warning, .aside, .note, .text, .table, .figure, .foot: break
      }
    }
  }
}
