/// Which series of a source are meant: a metric name with conditions on its labels, as in PromQL.
public struct Selector: Hashable, Sendable {
  public struct Matcher: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
      case equal(String)
      case notEqual(String)
      case like(Pattern)
      case notLike(Pattern)
    }

    public let label: String
    public let condition: Condition

    public init(label: String, condition: Condition) {
      self.label = label
      self.condition = condition
    }
  }

  public let source: String
  /// Empty for the rows of a table.
  public let name: String
  public let matchers: [Matcher]

  public init(source: String, name: String, matchers: [Matcher] = []) {
    self.source = source
    self.name = name
    self.matchers = matchers
  }

  /// The rows of a table.
  public static func rows(of source: String, _ matchers: [Matcher] = []) -> Selector {
    Selector(source: source, name: "", matchers: matchers)
  }

  /// It means the rows of a table, which have no name.
  public var meansRows: Bool { name.isEmpty }

  /// The same conditions on another metric: `_bucket` of a histogram.
  public func named(_ name: String) -> Selector {
    Selector(source: source, name: name, matchers: matchers)
  }

  /// Compares bytes.
  ///
  /// A label that the series lacks counts as empty, as in PromQL.
  public func matches(_ id: SeriesID) -> Bool {
    id.isNamed(name, in: source)
      && matchers.allSatisfy { $0.condition.holds(of: id.bytes(of: $0.label) ?? []) }
  }

  public func matches(labels: [Label]) -> Bool {
    matchers.allSatisfy { matcher in
      let value = labels.first { $0.name.elementsEqual(matcher.label.utf8) }?.value ?? []
      return matcher.condition.holds(of: value[...])
    }
  }
}

extension Selector.Matcher.Condition {
  fileprivate func holds(of value: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .equal(let text): value.elementsEqual(text.utf8)
    case .notEqual(let text): !value.elementsEqual(text.utf8)
    case .like(let pattern): pattern.matches(value)
    case .notLike(let pattern): !pattern.matches(value)
    }
  }
}

extension Selector {
  /// As PromQL writes it; rows show their conditions alone.
  public var text: String {
    let conditions = matchers.map { matcher in
      switch matcher.condition {
      case .equal(let value): "\(matcher.label)=\"\(value)\""
      case .notEqual(let value): "\(matcher.label)!=\"\(value)\""
      case .like(let pattern): "\(matcher.label)=~\"\(pattern.text)\""
      case .notLike(let pattern): "\(matcher.label)!~\"\(pattern.text)\""
      }
    }
    return name + (conditions.isEmpty ? "" : "{\(conditions.joined(separator: ","))}")
  }
}
