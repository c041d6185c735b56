/// HTML that is safe by construction: text gets in only escaped, and only this file makes markup of strings.
struct Markup: ExpressibleByStringLiteral, Sendable {
  let html: String

  private init(html: String) { self.html = html }

  /// Text of our own or from data: escaped either way.
  init(stringLiteral text: String) { self = .text(text) }

  static let empty = Markup(html: "")

  /// Escapes for element content and quoted attributes; control characters and bidirectional overrides are dropped.
  static func text(_ text: String) -> Markup { Markup(html: Escape.html(text)) }

  /// An element; attribute values are escaped.
  static func tag(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: Markup...
  ) -> Markup {
    tag(name, attributes, content)
  }

  static func tag(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: [Markup]
  ) -> Markup {
    var html = "<\(name)"
    for (key, value) in attributes { html += " \(key)=\"\(Escape.html(value))\"" }
    html += ">"
    for part in content { html += part.html }
    return Markup(html: html + "</\(name)>")
  }

  static let lineBreak = Markup(html: "<br>")

  /// A drawing of our own writer, which escapes its own text.
  static func drawing(_ svg: String) -> Markup { Markup(html: svg) }

  static func + (one: Markup, other: Markup) -> Markup { Markup(html: one.html + other.html) }
}

extension [Markup] {
  func joined(_ separator: Markup = .empty) -> Markup {
    guard let first else { return .empty }
    return dropFirst().reduce(first) { $0 + separator + $1 }
  }
}
