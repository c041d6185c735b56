/// A regular expression over the characters of UTF-8 text, anchored at both ends as in Prometheus.
///
/// Literals, `.` (any character), `[a-z]`, `[^…]`, `\d \w \s` and their opposites, `\n \t \r`, escaped
/// punctuation, `* + ? {m,n}`, `|`, `(…)`, `(?:…)`, `^` and `$`. Matching takes time linear in the
/// text, whatever the pattern (Thompson's simulation).
public struct Pattern: Hashable, Sendable {
  public let text: String
  private let program: [PatternStep]

  /// - Throws: ``PatternError`` for other syntax, and for patterns over 1,024 bytes or 2,000 steps.
  public init(_ text: String) throws(PatternError) {
    guard text.utf8.count <= 1024 else { throw .tooLarge }
    self.text = text
    var parser = PatternParser(text: text)
    var compiler = PatternCompiler()
    try compiler.add(try parser.whole())
    program = compiler.steps + [.match]
  }

  public static func == (one: Pattern, other: Pattern) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Whether the whole value matches.
  ///
  /// A byte that is not UTF-8 counts as U+FFFD.
  public func matches(_ value: some Collection<UInt8>) -> Bool {
    var scalars = String(decoding: value, as: UTF8.self).unicodeScalars.makeIterator()
    var states = PatternStates(count: program.count)
    var next = scalars.next()
    states.follow(0, in: program, atStart: true, atEnd: next == nil)
    var current: [Int] = []
    while let scalar = next {
      next = scalars.next()
      states.swapWaiting(with: &current)
      guard !current.isEmpty else { return false }
      for step in current {
        guard case .scalar(let set) = program[step], set.contains(scalar.value) else { continue }
        states.follow(step + 1, in: program, atStart: false, atEnd: next == nil)
      }
    }
    return states.matched
  }
}

/// Why a text is not a pattern.
public enum PatternError: Error, Hashable, Sendable {
  /// Something at this byte of the pattern is not understood.
  case unsupported(at: Int)
  case tooLarge
}

/// Ranges of Unicode scalars.
private struct ScalarSet: Sendable {
  var ranges: [ClosedRange<UInt32>]

  static let any = ScalarSet(ranges: [0...0x10_FFFF])
  static let digits = ScalarSet(ranges: [0x30...0x39])
  static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = ScalarSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])

  func contains(_ scalar: UInt32) -> Bool {
    for range in ranges where range.lowerBound <= scalar && scalar <= range.upperBound {
      return true
    }
    return false
  }

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var from: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if from < range.lowerBound { result.append(from...range.lowerBound - 1) }
      from = max(from, range.upperBound + 1)
    }
    if from <= 0x10_FFFF { result.append(from...0x10_FFFF) }
    return ScalarSet(ranges: result)
  }
}

private enum PatternStep: Sendable {
  case scalar(ScalarSet)
  /// Goes on at both places.
  case split(Int, Int)
  case jump(Int)
  case start
  case end
  case match
}

/// The places a match has reached; each is visited once for each character.
private struct PatternStates {
  private var seen: [Bool]
  private var visited: [Int] = []
  private var waiting: [Int] = []
  private var open: [Int] = []
  private(set) var matched = false

  init(count: Int) { seen = Array(repeating: false, count: count) }

  /// Hands out the steps that wait for a character, and forgets all places.
  mutating func swapWaiting(with current: inout [Int]) {
    for step in visited { seen[step] = false }
    visited.removeAll(keepingCapacity: true)
    matched = false
    current.removeAll(keepingCapacity: true)
    swap(&waiting, &current)
  }

  mutating func follow(_ first: Int, in program: [PatternStep], atStart: Bool, atEnd: Bool) {
    open.append(first)
    while let step = open.popLast() {
      if seen[step] { continue }
      seen[step] = true
      visited.append(step)
      switch program[step] {
      case .scalar: waiting.append(step)
      case .split(let one, let other):
        open.append(other)
        open.append(one)
      case .jump(let target): open.append(target)
      case .start: if atStart { open.append(step + 1) }
      case .end: if atEnd { open.append(step + 1) }
      case .match: matched = true
      }
    }
  }
}

private indirect enum PatternTree {
  case set(ScalarSet)
  case start
  case end
  case sequence([PatternTree])
  case choice([PatternTree])
  /// `most` is `nil` for no bound.
  case repeated(PatternTree, least: Int, most: Int?)
}

private struct PatternCompiler {
  var steps: [PatternStep] = []
  /// Counts also what leaves no step, such as empty groups: nested counts multiply.
  private var work = 0

  private mutating func append(_ step: PatternStep) throws(PatternError) {
    guard steps.count < 2000 else { throw .tooLarge }
    steps.append(step)
  }

  mutating func add(_ tree: PatternTree) throws(PatternError) {
    work += 1
    guard work <= 20_000 else { throw .tooLarge }
    switch tree {
    case .set(let set): try append(.scalar(set))
    case .start: try append(.start)
    case .end: try append(.end)
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let parts):
      var jumps: [Int] = []
      for (index, part) in parts.enumerated() {
        guard index < parts.count - 1 else {
          try add(part)
          break
        }
        let split = steps.count
        try append(.split(split + 1, 0))
        try add(part)
        jumps.append(steps.count)
        try append(.jump(0))
        steps[split] = .split(split + 1, steps.count)
      }
      for jump in jumps { steps[jump] = .jump(steps.count) }
    case .repeated(let part, let least, let most):
      for _ in 0..<least { try add(part) }
      guard let most else {
        let split = steps.count
        try append(.split(split + 1, 0))
        try add(part)
        try append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<most {
        splits.append(steps.count)
        try append(.jump(0))
        try add(part)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }
}

private struct PatternParser {
  private let text: [UInt8]
  private var place = 0

  init(text: String) { self.text = Array(text.utf8) }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  mutating func whole() throws(PatternError) -> PatternTree {
    let tree = try choice(depth: 0)
    // Only a closing parenthesis too many ends a choice early.
    guard place == text.count else { throw .unsupported(at: place) }
    return tree
  }

  private mutating func choice(depth: Int) throws(PatternError) -> PatternTree {
    guard depth <= 100 else { throw .tooLarge }
    var parts = [try sequence(depth: depth)]
    while take("|") { parts.append(try sequence(depth: depth)) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence(depth: Int) throws(PatternError) -> PatternTree {
    var parts: [PatternTree] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let part = try atom(depth: depth)
      parts.append(try repetition(of: part))
    }
    return .sequence(parts)
  }

  private mutating func repetition(of part: PatternTree) throws(PatternError) -> PatternTree {
    let tree: PatternTree
    if take("*") {
      tree = .repeated(part, least: 0, most: nil)
    } else if take("+") {
      tree = .repeated(part, least: 1, most: nil)
    } else if take("?") {
      tree = .repeated(part, least: 0, most: 1)
    } else if next == UInt8(ascii: "{"), let bounds = try bounds() {
      tree = .repeated(part, least: bounds.least, most: bounds.most)
    } else {
      return part
    }
    // Laziness changes what groups capture, not whether the whole matches.
    _ = take("?")
    switch next {
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw .unsupported(at: place)
    case UInt8(ascii: "{"):
      let start = place
      guard try bounds() == nil else { throw .unsupported(at: start) }
      return tree
    default: return tree
    }
  }

  /// `{2}`, `{2,}`, `{2,5}`; anything else after a brace is text, as in RE2.
  private mutating func bounds() throws(PatternError) -> (least: Int, most: Int?)? {
    let start = place
    place += 1
    guard let least = number() else {
      place = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      place = start
      return nil
    }
    guard least <= 1000, most ?? least <= 1000, least <= most ?? least else {
      throw .unsupported(at: start)
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = place
    var value = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      value = min(value * 10 + Int(byte - 0x30), 1_000_000)
      place += 1
    }
    return place > start ? value : nil
  }

  private mutating func atom(depth: Int) throws(PatternError) -> PatternTree {
    let start = place
    switch next {
    case UInt8(ascii: "("):
      place += 1
      if take("?"), !take(":") { throw .unsupported(at: start) }
      let inner = try choice(depth: depth + 1)
      guard take(")") else { throw .unsupported(at: start) }
      return inner
    case UInt8(ascii: "["): return .set(try bracket())
    case UInt8(ascii: "."):
      place += 1
      return .set(.any)
    case UInt8(ascii: "^"):
      place += 1
      return .start
    case UInt8(ascii: "$"):
      place += 1
      return .end
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw .unsupported(at: start)
    case UInt8(ascii: "\\"): return .set(try escaped().set)
    default: return .set(ScalarSet(ranges: [try scalar()].map { $0...$0 }))
    }
  }

  /// The character at the place, which the text, being a `String`, holds whole.
  private mutating func scalar() throws(PatternError) -> UInt32 {
    var decoder = UTF8()
    var rest = text[place...].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else {
      throw .unsupported(at: place)
    }
    place += UTF8.width(scalar)
    return scalar.value
  }

  /// After a backslash: a class, or one character (given a second time where it is one).
  private mutating func escaped() throws(PatternError) -> (set: ScalarSet, one: UInt32?) {
    let start = place
    place += 1
    guard let byte = next else { throw .unsupported(at: start) }
    place += 1
    func one(_ value: UInt32) -> (ScalarSet, UInt32?) {
      (ScalarSet(ranges: [value...value]), value)
    }
    switch Unicode.Scalar(byte) {
    case "d": return (.digits, nil)
    case "D": return (ScalarSet.digits.inverted, nil)
    case "w": return (.word, nil)
    case "W": return (ScalarSet.word.inverted, nil)
    case "s": return (.space, nil)
    case "S": return (ScalarSet.space.inverted, nil)
    case "n": return one(0x0A)
    case "t": return one(0x09)
    case "r": return one(0x0D)
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": return one(UInt32(byte))
    default: throw .unsupported(at: start)
    }
  }

  /// One end of a range in brackets, or a class.
  private mutating func member() throws(PatternError) -> (set: ScalarSet, one: UInt32?) {
    if next == UInt8(ascii: "\\") { return try escaped() }
    if next == UInt8(ascii: "["), place + 1 < text.count, text[place + 1] == UInt8(ascii: ":") {
      throw .unsupported(at: place)
    }
    let value = try scalar()
    return (ScalarSet(ranges: [value...value]), value)
  }

  private mutating func bracket() throws(PatternError) -> ScalarSet {
    let start = place
    place += 1
    let inverted = take("^")
    var set = ScalarSet(ranges: [])
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      guard next != nil else { throw .unsupported(at: start) }
      isFirst = false
      let from = place
      let low = try member()
      let isRange =
        next == UInt8(ascii: "-") && place + 1 < text.count
        && text[place + 1] != UInt8(ascii: "]")
      guard isRange else {
        set.ranges += low.set.ranges
        continue
      }
      place += 1
      guard let first = low.one, let last = try member().one, first <= last else {
        throw .unsupported(at: from)
      }
      set.ranges.append(first...last)
    }
    place += 1
    return inverted ? set.inverted : set
  }
}
