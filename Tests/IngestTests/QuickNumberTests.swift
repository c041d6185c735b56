import TestSupport
import Testing

@testable import Ingest

@Suite("A number read by words")
struct QuickNumberTests {
  /// The number and how many bytes of the text it took; `nil` where it must be read in another way.
  private static func read(_ text: String) -> (value: Double, length: Int)? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: Piece.padding)
    return bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var place = start
      return QuickNumber.read(&place).map { ($0, place - start) }
    }
  }

  @Test("is the nearest double, and ends where the text does")
  func isTheNearest() {
    var generator = SeededGenerator(seed: 5)
    var read = 0
    for _ in 0..<200_000 {
      func digits(_ range: ClosedRange<Int>) -> String {
        (0..<Int.random(in: range, using: &generator)).map { _ in
          String(Int.random(in: 0...9, using: &generator))
        }.joined()
      }
      var text = Bool.random(using: &generator) ? "" : "-"
      text += digits(1...10)
      if Bool.random(using: &generator) { text += "." + digits(1...10) }
      if Int.random(in: 0...2, using: &generator) == 0 {
        text += ["e", "E"][Int.random(in: 0...1, using: &generator)]
        text += ["", "+", "-"][Int.random(in: 0...2, using: &generator)] + digits(1...3)
      }
      guard let found = Self.read(text) else { continue }
      read += 1
      #expect(found.value.bitPattern == Double(text)?.bitPattern, "\(text)")
      #expect(found.length == text.utf8.count, "\(text)")
    }
    #expect(read > 150_000)
  }

  @Test(
    "is none where the text is another",
    arguments: ["", "-", ".", "+1", "1e", "1e+", "NaN", "Inf", " 1"])
  func isNone(text: String) {
    let found = Self.read(text)
    #expect(found == nil || found?.length ?? 0 < text.utf8.count, "\(text)")
  }
}
