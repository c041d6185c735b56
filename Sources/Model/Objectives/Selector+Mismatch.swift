/// Why no series meets a selector.
public enum SelectorMismatch: Hashable, Sendable {
  /// No series has the name; these are the names that there are.
  case name(among: [String])
  /// A condition asks for a label that no series of the name has; these are the labels that there are.
  case label(String, among: [String])
  /// A condition that no series of the name meets; these are the values of its label.
  case value(label: String, among: [String])
  /// Each condition is met by some series, and all of them by none.
  case together
}

extension Selector {
  /// Why none of the series meets the selector; `nil` where one does, or there are none at all.
  public func mismatch(among ids: [SeriesID]) -> SelectorMismatch? {
    if ids.isEmpty || ids.contains(where: matches) { return nil }
    let alike = ids.filter { $0.isNamed(name, in: source) }
    if alike.isEmpty {
      return .name(among: Selector.texts(ids.map(\.name).filter { !$0.isEmpty }))
    }
    for matcher in matchers {
      let alone = Selector(source: source, name: name, matchers: [matcher])
      if alike.contains(where: alone.matches) { continue }
      let values = alike.compactMap { $0.value(of: matcher.label) }
      if !values.isEmpty { return .value(label: matcher.label, among: Selector.texts(values)) }
      // The columns of a ratio are not labels of its rows.
      let labels = alike.flatMap(\.labels).map(\.name).filter {
        !meansRows || !$0.elementsEqual("column".utf8)
      }
      return .label(matcher.label, among: Selector.texts(labels))
    }
    return .together
  }

  private static func texts(_ all: [[UInt8]]) -> [String] {
    Set(all).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }
}
