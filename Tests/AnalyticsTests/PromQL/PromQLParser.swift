import Model

/// An expression of PromQL, as far as cells can answer it.
indirect enum PromQL {
  case number(Double)
  /// The range is `nil` where the newest reading is asked for; times are in milliseconds.
  case series(Selector, range: Int64?, offset: Int64)
  case call(String, [PromQL])
  case aggregate(String, by: [String], isWithout: Bool, PromQL)
  case binary(Character, PromQL, PromQL)

  /// Why an expression is not evaluated.
  enum LeftOut: Error, Hashable {
    case function(String)
    case subquery
    case atModifier
    case matching(String)
    /// Flags such as `(?i)`, which our patterns do not know.
    case regularExpression
    case nameless
    /// NaN, infinities and values from 1e300 on count as rejects; they are in no cell.
    case rejectedValues
    /// A cell does not tell whether a mark of staleness came before or after its last reading.
    case staleLookup
    case syntax(at: Int)
  }

  static let overTime: Set<String> = [
    "sum_over_time", "avg_over_time", "min_over_time", "max_over_time", "count_over_time",
    "last_over_time", "present_over_time",
  ]
  static let functions: Set<String> = overTime.union([
    "rate", "increase", "delta", "resets", "histogram_quantile",
  ])
  static let aggregates: Set<String> = ["sum", "avg", "min", "max", "count"]

  init(_ text: String) throws {
    var parser = PromQLParser(text: Array(text))
    self = try parser.sum()
    try parser.expectEnd()
  }
}

/// A parser by recursive descent over the characters of an expression.
private struct PromQLParser {
  let text: [Character]
  private var at = 0

  init(text: [Character]) { self.text = text }

  private func fault() -> PromQL.LeftOut { .syntax(at: at) }

  private var next: Character? { at < text.count ? text[at] : nil }

  private mutating func skipSpace() { while next?.isWhitespace == true { at += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard next == character else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ character: Character) throws {
    guard take(character) else { throw fault() }
  }

  private mutating func word() -> String {
    skipSpace()
    let start = at
    while let next, next.isLetter || next.isNumber || "_:".contains(next) { at += 1 }
    return String(text[start..<at])
  }

  mutating func expectEnd() throws {
    skipSpace()
    guard at < text.count else { return }
    let start = at
    let rest = word()
    throw rest.isEmpty && !"<>=!".contains(text[start]) ? fault() : .matching(rest)
  }

  mutating func sum() throws -> PromQL {
    var result = try product()
    while true {
      if take("+") {
        result = .binary("+", result, try product())
      } else if take("-") {
        result = .binary("-", result, try product())
      } else {
        return result
      }
    }
  }

  private mutating func product() throws -> PromQL {
    var result = try operand()
    while true {
      if take("*") {
        result = .binary("*", result, try operand())
      } else if take("/") {
        result = .binary("/", result, try operand())
      } else {
        return result
      }
    }
  }

  private mutating func operand() throws -> PromQL {
    let start = at
    let result = try unmodified()
    skipSpace()
    if next == "[" || next == "@" || (next == "o" && String(text[at...]).hasPrefix("offset")) {
      return try modified(result)
    }
    let afterwards = at
    let modifier = word()
    if ["on", "ignoring", "group_left", "group_right"].contains(modifier) {
      throw PromQL.LeftOut.matching(modifier)
    }
    at = afterwards
    if at == start { throw fault() }
    return result
  }

  private mutating func modified(_ operand: PromQL) throws -> PromQL {
    guard case .series(let selector, var range, var offset) = operand, range == nil else {
      throw next == "@" ? PromQL.LeftOut.atModifier : .subquery
    }
    if take("[") {
      range = try duration()
      if take(":") { throw PromQL.LeftOut.subquery }
      try expect("]")
    }
    skipSpace()
    let start = at
    if word() == "offset" { offset = try duration() } else { at = start }
    if take("@") { throw PromQL.LeftOut.atModifier }
    return .series(selector, range: range, offset: offset)
  }

  private mutating func duration() throws -> Int64 {
    let units: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
    skipSpace()
    let start = at
    while let next, next.isNumber || next.isLetter { at += 1 }
    let digits = text[start..<at].prefix { $0.isNumber }
    guard let count = Int64(String(digits)),
      let unit = units[String(text[(start + digits.count)..<at])]
    else {
      throw fault()
    }
    return count * unit
  }

  private mutating func unmodified() throws -> PromQL {
    skipSpace()
    guard let next else { throw fault() }
    if take("(") {
      let result = try sum()
      if !take(")") { try expectEnd() }
      return result
    }
    if next == "{" { throw PromQL.LeftOut.nameless }
    if next == "-", take("-") { return .binary("-", .number(0), try operand()) }
    if next.isNumber || next == "." { return .number(try number()) }
    let name = word()
    if name == "NaN" { return .number(.nan) }
    skipSpace()
    if PromQL.aggregates.contains(name) { return try aggregate(name) }
    if self.next == "(" {
      guard PromQL.functions.contains(name) else { throw PromQL.LeftOut.function(name) }
      return .call(name, try arguments())
    }
    if ["topk", "bottomk", "quantile"].contains(name) { throw PromQL.LeftOut.function(name) }
    return .series(
      Selector(source: "m", name: name, matchers: self.next == "{" ? try matchers() : []),
      range: nil, offset: 0)
  }

  private mutating func number() throws -> Double {
    let start = at
    while let next, next.isNumber || next == "." { at += 1 }
    guard let value = Double(String(text[start..<at])) else { throw fault() }
    return value
  }

  private mutating func arguments() throws -> [PromQL] {
    try expect("(")
    var result = [try sum()]
    while take(",") { result.append(try sum()) }
    if !take(")") { try expectEnd() }
    return result
  }

  /// Labels may stand before or behind what is added up.
  private mutating func aggregate(_ name: String) throws -> PromQL {
    var labels: (names: [String], isWithout: Bool)?
    func asked(_ parser: inout PromQLParser) throws {
      let start = parser.at
      let word = parser.word()
      guard word == "by" || word == "without" else {
        parser.at = start
        return
      }
      labels = (try parser.names(), word == "without")
    }
    try asked(&self)
    let inner = try arguments()
    if labels == nil { try asked(&self) }
    guard inner.count == 1 else { throw fault() }
    return .aggregate(
      name, by: labels?.names ?? [], isWithout: labels?.isWithout ?? false, inner[0])
  }

  private mutating func names() throws -> [String] {
    try expect("(")
    var result: [String] = []
    while !take(")") {
      result.append(word())
      _ = take(",")
    }
    return result
  }

  private mutating func matchers() throws -> [Selector.Matcher] {
    try expect("{")
    var result: [Selector.Matcher] = []
    while !take("}") {
      let label = word()
      let isOpposite = take("!")
      let isEqual = take("=")
      let isLike = take("~")
      guard isOpposite || isEqual else { throw fault() }
      let value = try quoted()
      let condition: Selector.Matcher.Condition
      if isLike {
        guard let pattern = try? Pattern(value) else { throw PromQL.LeftOut.regularExpression }
        condition = isOpposite ? .notLike(pattern) : .like(pattern)
      } else {
        condition = isOpposite ? .notEqual(value) : .equal(value)
      }
      result.append(Selector.Matcher(label: label, condition: condition))
      _ = take(",")
    }
    return result
  }

  private mutating func quoted() throws -> String {
    try expect("\"")
    let start = at
    while let next, next != "\"" { at += 1 }
    try expect("\"")
    return String(text[start..<(at - 1)])
  }
}
