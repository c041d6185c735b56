import Testing

@testable import Reports

@Suite("Text made safe")
struct EscapeTests {
  @Test("text of HTML has no markup and no quotes")
  func escapesMarkup() {
    #expect(
      Escape.html("<a href=\"x\">R&D's</a>")
        == "&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;")
  }

  @Test("text cannot end a string of CSS", arguments: MarkupTests.hostile)
  func escapesStyle(text: String) {
    let css = Escape.css(text)
    #expect(!css.contains("\"") && !css.contains("<") && !css.contains("}") && !css.contains(";"))
  }

  @Test(
    "text cannot become a link, a table or a mention in Markdown", arguments: MarkupTests.hostile)
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

  // " is U+0022, ; U+003B, ü U+00FC.
  @Test("other characters of CSS are written as their numbers")
  func numbers() {
    #expect(Escape.css("week 42, \"a\"; ü") == "week 42, \\22 a\\22 \\3b  \\fc ")
  }

  @Test("what is not seen is left out, 600 characters are kept")
  func cleans() {
    #expect(Escape.cleaned("a\u{0}\n\u{7F}\u{9B}\u{200B}\u{202E}\u{2066}\u{FEFF}b") == "ab")
    let longest = String(repeating: "a", count: 600)
    #expect(Escape.cleaned(longest) == longest)
    #expect(Escape.cleaned(longest + "\n") == longest)
    #expect(Escape.cleaned(longest + "b") == longest + "…")
  }
}
