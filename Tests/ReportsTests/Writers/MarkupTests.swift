import Testing

@testable import Reports

@Suite("Markup")
struct MarkupTests {
  static let hostile = [
    "<script>alert(1)</script>", "\" onload=\"x", "' onerror='x", "</title><b>", "{{style}}",
    "a\u{202E}b\u{2066}c", "\u{0}\u{1B}[31m\u{9B}", "[x](javascript:y) ![z](http://evil)",
    "| a | b |",
    "@team #12 `code` *bold* _it_ ~s~", "https://example.org", "&amp;<>", "\u{2028}\u{2029}",
    "</style><script>", "\\\"; } body { display: none",
  ]

  @Test("text cannot become markup", arguments: hostile)
  func escapesText(text: String) {
    let html = Markup.tag("p", ["title": text], .text(text)).html
    let inside = html.dropFirst("<p".count).dropLast("</p>".count)
    #expect(inside.filter { $0 == "<" }.isEmpty)
    #expect(inside.filter { $0 == ">" }.count == 1, "only the end of the tag")
    #expect(inside.filter { $0 == "\"" }.count == 2, "only the attribute's quotes")
    let dangerous = html.unicodeScalars.contains {
      $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x2028...0x202E).contains($0.value)
        || (0x2066...0x2069).contains($0.value)
    }
    #expect(!dangerous)
  }
}
