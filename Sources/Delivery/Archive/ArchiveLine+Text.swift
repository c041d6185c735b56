import Model

/// The text of a line: JSON whose members have a fixed order, so that a line has exactly one text.
extension ArchiveLine {
  /// The line with its end; the last member is the SHA-256 of everything before it.
  var text: [UInt8] {
    var members = [
      ("period", ArchiveLine.quoted(report.period)), ("kind", ArchiveLine.quoted(report.kind)),
      ("revision", report.revision.map(String.init) ?? "null"),
      ("made", "\"\(report.made)\""), ("program", ArchiveLine.quoted(report.program)),
      ("title", ArchiveLine.quoted(report.title)), ("tone", ArchiveLine.quoted(report.tone)),
      ("verdict", ArchiveLine.quoted(report.verdict)), ("facts", "\"\(report.facts.hex)\""),
      ("inputs", report.inputs.map { "\"\($0.hex)\"" } ?? "null"),
    ]
    let list = files.map { "\(ArchiveLine.quoted($0.path)):\"\($0.hash.hex)\"" }
    members.append(("files", "{\(list.joined(separator: ","))}"))
    members.append(("previous", previous.map { "\"\($0.hex)\"" } ?? "null"))
    let body = "{" + members.map { "\"\($0.0)\":\($0.1)," }.joined()
    return Array((body + "\"line\":\"\(SHA256(of: Array(body.utf8)).hex)\"}\n").utf8)
  }

  /// Reads what ``text`` writes; `nil` for anything else, and where the line does not fit its own hash.
  init?(text: [UInt8]) {
    var reader = LineReader(text)
    guard reader.skips("{\"period\":"), let period = reader.string(),
      reader.skips(",\"kind\":"), let kind = reader.string(),
      reader.skips(",\"revision\":"), let revision = reader.optional({ $0.number() }),
      reader.skips(",\"made\":"), let made = reader.string().flatMap(Instant.init(iso:)),
      reader.skips(",\"program\":"), let program = reader.string(),
      reader.skips(",\"title\":"), let title = reader.string(),
      reader.skips(",\"tone\":"), let tone = reader.string(),
      reader.skips(",\"verdict\":"), let verdict = reader.string(),
      reader.skips(",\"facts\":"), let facts = reader.hash(),
      reader.skips(",\"inputs\":"), let inputs = reader.optional({ $0.hash() }),
      reader.skips(",\"files\":{")
    else { return nil }
    var files: [File] = []
    while !reader.skips("}") {
      guard files.isEmpty || reader.skips(","), let path = reader.string(), reader.skips(":"),
        let hash = reader.hash()
      else { return nil }
      files.append(File(path: path, hash: hash))
    }
    guard reader.skips(",\"previous\":"), let previous = reader.optional({ $0.hash() }) else {
      return nil
    }
    self.init(
      report: ArchivedReport(
        kind: kind, period: period, revision: revision, made: made, program: program,
        title: title, tone: tone, verdict: verdict, facts: facts, inputs: inputs),
      files: files, previous: previous)
    // What was skipped or read leniently shows here, and so does the hash.
    guard self.text == text else { return nil }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u00\(String(scalar.value + 256, radix: 16).dropFirst())"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Reads a line from its beginning.
private struct LineReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: [UInt8]) { rest = text[...] }

  mutating func skips(_ text: StaticString) -> Bool {
    let start = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard rest.starts(with: start) else { return false }
    rest = rest.dropFirst(start.count)
    return true
  }

  mutating func string() -> String? {
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        guard escaped == UInt8(ascii: "u") else {
          bytes.append(escaped)
          continue
        }
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        guard let value = UInt8(digits, radix: 16) else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(4)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  mutating func number() -> Int? {
    let digits = rest.prefix { (48...57).contains($0) }
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }

  mutating func hash() -> SHA256? { string().flatMap(SHA256.init(hex:)) }

  /// What `read` finds, or `null`.
  mutating func optional<Value>(_ read: (inout LineReader) -> Value?) -> Value?? {
    skips("null") ? .some(nil) : read(&self).map { .some($0) }
  }
}
