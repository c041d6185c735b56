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

  @Test("text cannot end a string of CSS", arguments: hostile)
  func escapesStyle(text: String) {
    let css = Escape.css(text)
    #expect(!css.contains("\"") && !css.contains("<") && !css.contains("}") && !css.contains(";"))
  }

  @Test("text cannot become a link, a table or a mention in Markdown", arguments: hostile)
  func escapesMarkdown(text: String) {
    var escaped = false
    for scalar in Escape.markdown(text).unicodeScalars {
      if escaped {
        escaped = false
        continue
      }
      if scalar == "\\" {
        escaped = true
      } else {
        #expect(!"`*_[]<>|@~".unicodeScalars.contains(scalar))
      }
    }
    #expect(!Escape.markdown(text).contains("://"))
  }

  // What would begin a list, underline a heading or head a table's columns.
  @Test(
    "a word from outside begins nothing at the start of a line of Markdown",
    arguments: [
      ("-", "\\-"), ("+", "\\+"), ("===", "\\==="), ("---", "\\---"), (":-:", "\\:-:"),
      ("1.", "1\\."),
      ("12)", "12\\)"), ("-1", "-1"), ("1.5", "1.5"), ("v1.", "v1."), (".", "."), ("+x", "+x"),
      ("- x", "\\- x"), ("1. x", "1\\. x"),
    ])
  func escapesLineStarts(word: String, expected: String) {
    #expect(Escape.lineStart(word) == expected)
  }

  @Test("what looks like an address or a character reference stays text")
  func escapesAddresses() {
    #expect(Escape.markdown("www.a.example WWW.b") == "www\\.a.example WWW\\.b")
    #expect(Escape.markdown("https://a &lt;b&gt;") == "https&#58;//a \\&lt;b\\&gt;")
  }

  @Test("a frame fills every slot, and an unknown one is an error")
  func fillsSlots() throws {
    #expect(try Frame(template: "a{{x}}b{{x}}").filled(with: ["x": "1"]) == "a1b1")
    #expect(throws: FrameError.unknownSlot("y")) {
      try Frame(template: "{{y}}").filled(with: ["x": "1"])
    }
    #expect(throws: FrameError.unclosed) { try Frame(template: "{{y").filled(with: ["y": "1"]) }
    // What is filled in is not looked at again.
    #expect(try Frame(template: "{{x}}").filled(with: ["x": "{{x}}"]) == "{{x}}")
  }

  // The examples of FIPS 180-4 ("abc", the empty text, two blocks), by `printf abc | sha256sum | xxd -r -p | base64`.
  @Test(
    "style hashes are SHA-256",
    arguments: [
      ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
      ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
      ),
    ])
  func hashesStyle(text: String, hash: String) { #expect(StyleHash.base64(text) == hash) }
}
