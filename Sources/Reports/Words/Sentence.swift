import Model

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Ends as a sentence does.
  var ended: String { hasSuffix(".") || hasSuffix("?") ? self : self + "." }
}

extension Wording {
  /// A heading of at most 70 characters: the name is shortened, what is said about it is not.
  static func heading(_ name: String, _ rest: String) -> String {
    let room = max(8, 70 - rest.count)
    return (name.count > room ? name.prefix(room - 1) + "…" : name) + rest
  }

  /// At most `limit` characters, cut at a word with "…".
  static func cut(_ text: String, at limit: Int) -> String {
    guard text.count > limit else { return text }
    let kept = text.prefix(limit - 1)
    let end = kept.lastIndex(of: " ").map { $0 > kept.startIndex ? $0 : kept.endIndex }
    return kept[..<(end ?? kept.endIndex)] + "…"
  }
}
