public import Model

/// Why a text is not a selector; offsets in bytes of the text.
public enum SelectorError: Error, Hashable, Sendable {
  case unexpected(at: Int)
  /// Nothing says which metric is meant.
  case missingName
  case badPattern(PatternError, at: Int)
}

extension Selector {
  /// Reads `name{label="value",other!="v",third=~"re",fourth!~"re"}` or `{__name__="name"}`, as in
  /// PromQL.
  public init(source: String, text: String) throws(SelectorError) {
    var reader = SelectorReader(text: Array(text.utf8))
    let (name, matchers) = try reader.read()
    self.init(source: source, name: name, matchers: matchers)
  }
}

private struct SelectorReader {
  let text: [UInt8]
  var place = 0

  init(text: [UInt8]) { self.text = text }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  /// A metric name may hold colons, a label name may not.
  private mutating func word(colons: Bool) -> String {
    skipSpace()
    let start = place
    scan: while let byte = next {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        place += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where place > start: place += 1
      case UInt8(ascii: ":") where colons: place += 1
      default: break scan
      }
    }
    return String(decoding: text[start..<place], as: UTF8.self)
  }

  private mutating func quoted() throws(SelectorError) -> String {
    guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw .unexpected(at: place)
    }
    place += 1
    var value: [UInt8] = []
    while let byte = next {
      place += 1
      if byte == quote { return String(decoding: value, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        value.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n"): value.append(0x0A)
      case UInt8(ascii: "t"): value.append(0x09)
      case UInt8(ascii: "r"): value.append(0x0D)
      case let same? where same == UInt8(ascii: "\\") || same == quote: value.append(same)
      default: throw .unexpected(at: place)
      }
      place += 1
    }
    throw .unexpected(at: place)
  }

  private mutating func matcher() throws(SelectorError) -> Selector.Matcher {
    let label = word(colons: false)
    guard !label.isEmpty else { throw .unexpected(at: place) }
    skipSpace()
    let negated = take("!")
    let like: Bool
    if negated {
      like = take("~")
      guard like || take("=") else { throw .unexpected(at: place) }
    } else {
      guard take("=") else { throw .unexpected(at: place) }
      like = take("~")
    }
    skipSpace()
    let start = place
    let value = try quoted()
    guard like else {
      return Selector.Matcher(label: label, condition: negated ? .notEqual(value) : .equal(value))
    }
    do {
      let pattern = try Pattern(value)
      return Selector.Matcher(label: label, condition: negated ? .notLike(pattern) : .like(pattern))
    } catch {
      throw .badPattern(error, at: start)
    }
  }

  mutating func read() throws(SelectorError) -> (name: String, matchers: [Selector.Matcher]) {
    var name = word(colons: true)
    var matchers: [Selector.Matcher] = []
    skipSpace()
    if take("{") {
      skipSpace()
      while !take("}") {
        let start = place
        let matcher = try matcher()
        if matcher.label == "__name__" {
          guard name.isEmpty, case .equal(let text) = matcher.condition, !text.isEmpty else {
            throw .unexpected(at: start)
          }
          name = text
        } else {
          matchers.append(matcher)
        }
        skipSpace()
        guard take(",") || next == UInt8(ascii: "}") else { throw .unexpected(at: place) }
        skipSpace()
      }
    }
    skipSpace()
    guard place == text.count else { throw .unexpected(at: place) }
    guard !name.isEmpty else { throw .missingName }
    return (name, matchers)
  }
}
