/// Answers of Prometheus' HTTP API.
struct APIFormat: SnapshotFormat {
  let endings = ["json"]

  /// An object of JSON: a sample of an exposition has no colon after a first name in quotes.
  func likeness(to front: SnapshotFront) -> Likeness? {
    var rest = front.bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    func skip(_ byte: UInt8) -> Bool {
      rest = rest.drop { $0.isBlank || $0.isLineEnd }
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard skip(.openBrace), skip(.quote) else { return nil }
    rest = rest.drop { $0 != .quote }.dropFirst()
    return skip(.colon) ? .certain : nil
  }

  func read(_ file: SnapshotText) throws -> Content {
    var answers = APIAnswers(
      file.stream, source: file.source, labels: file.labels, wanted: file.wantedRows,
      samples: file.samples, acceptsPartial: file.acceptsPartial)
    return try answers.read()
  }
}
