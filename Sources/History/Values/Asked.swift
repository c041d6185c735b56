public import Model

/// What a feed is read for, and from when on it was.
public struct Asked: Hashable, Sendable {
  /// What is asked: parts that all have to hold, the first ones of which are the form (see ``covers(_:)``).
  public let parts: [String]
  /// From when on it was read; `nil` when from the beginning of what the history has of the feed.
  public var since: Instant?
  /// The first instant with data that any run knew of.
  public var first: Instant?

  private static let separator: Character = "\u{1F}"

  public init(parts: [String], since: Instant? = nil, first: Instant? = nil) {
    self.parts = parts
    self.since = since
    self.first = first
  }

  /// A selector of a source whose files are read in a form.
  public init(_ selector: Selector, form: UInt32) {
    // The text of a selector without conditions is its name, and that of one condition a part.
    let conditions = selector.matchers.map {
      Selector.rows(of: selector.source, [$0]).text
    }
    self.init(parts: ["\(form)", selector.name] + Set(conditions).sorted())
  }

  init(text: String, since: Instant?, first: Instant?) {
    self.init(
      parts: text.split(separator: Asked.separator, omittingEmptySubsequences: false)
        .map(String.init), since: since, first: first)
  }

  var text: String { parts.joined(separator: String(Asked.separator)) }

  /// Whether this selects all that `other` selects: the same form and name, and only conditions that `other` has as well.
  public func covers(_ other: Asked) -> Bool {
    parts.prefix(2) == other.parts.prefix(2) && Set(parts).isSubset(of: other.parts)
  }
}
