import TestSupport

/// Names that nobody should have, the same 500 in every run.
enum HostileNames {
  static let all: [String] = {
    var generator = SeededGenerator(seed: 500)
    var names = written
    var seen = Set(names.map { Array($0.unicodeScalars) })
    while names.count + long.count < 500 {
      let count = Int.random(in: 1...6, using: &generator)
      let name = (0..<count).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      if seen.insert(Array(name.unicodeScalars)).inserted { names.append(name) }
    }
    return names + long
  }()

  private static let long = [
    "x", "𝕏 ", "|", "<b>", "e\u{301}", "\u{301}", "\u{202E}", "-1+1 ", "[x](y)", "&lt;", "👩‍👩‍👧‍👦", "1. ",
    "@a ",
    "\\", "שלום ",
  ].map { String(repeating: $0, count: 10_000 / $0.unicodeScalars.count + 1) }

  private static let written = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "' onerror='alert(1)", "</title><b>x",
    "</style><script>x</script>", "<!-- x", "--> x", "]]> x", "<![CDATA[x", "<?xml x?>", "&amp;<>",
    "&#60;b&#62;", "&lt;img src=x&gt;", "</svg></desc></text><image href=x>", "</td></tr></table>",
    "{{header}}", "{{{style}}}", "{{", "}}", "${7*7}", "{% x %}", "<%= x %>",
    "x; } body { color: red",
    "\\\"; } * { display: none", "/* x", "*/ x", "\\22 x", "\\", "x\\", "\\\\x\\",
    "'; DROP TABLE incidents; --", "1 OR 1=1", "\") UNION SELECT 1 --", "=1+1", "+1", "-1+1",
    "@SUM(A1)", "=HYPERLINK(\"http://a.example\")", "\t=cmd|' /C calc'!A0", "%s%n%p", "%00",
    "\u{202E}evil\u{202C}", "\u{2066}x\u{2069}", "\u{200F}x", "\u{61C}x", "a\u{200B}b", "\u{FEFF}x",
    "\u{2028}x\u{2029}", "a\u{0}b", "\u{1}\u{2}\u{1B}[31mred", "\u{7F}\u{9B}x\u{85}",
    "line\nbreak", "line\r\nbreak", "a\u{B}b\u{C}c", "tab\there", "\u{0}", "\u{200B}", " ", "",
    "\u{FFFE}x\u{FFFF}", "\u{1FFFE}", "\u{E000}", "\u{10FFFD}", "\u{FFFD}", "\u{AD}x",
    "e" + String(repeating: "\u{301}", count: 100), "Z̸̡͝a͜l̴g̛o",
    "👩‍👩‍👧‍👦 🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "שלום עולם", "مرحبا 12:30", "नमस्ते", "日本語の名前",
    "ﷺﷺﷺ", "ｆｕｌｌ", "Iİıi", "straße", "\u{1D54F}\u{1D7D8}",
    "[x](javascript:alert(1))", "![x](http://a.example/x.png)", "[x]: http://a.example",
    "<http://a.example>", "http://a.example/", "https://a.example", "www.a.example",
    "ftp://a.example",
    "mailto:a@a.example", "a@a.example", "@team", "#12", "GH-12", "!12", "~label", "`code`", "```x",
    "*bold*", "**bold**", "_it_", "__it__", "~~gone~~", "# head", "## head", "- item", "* item",
    "+ item", "1. item", "1) item", "> quote", "---", "===", "***", "| a | b |", "|---|---|", "a|b",
    "    code", "~~~", "[ ] task", "[x] task", ":smile:", "$x^2$", "<details>", "<br>", "x  ",
    "  x",
    "x - y", "x 1. y", "x + y", "x --- y", "x === y", "x # y", "x > y", "x | y", "x ~~~ y",
    "x ``` y",
    "!!python/object:os.system", "&anchor *alias", "key: value", "- a\n- b", "? x", "null", "~",
    "true",
    "..", "../../etc/passwd", "a/b", "C:\\x", "CON", "NaN", "-0", "1e400", "−1 %", "x.", "x?", "…",
  ]

  private static let pieces: [String] =
    written.filter { $0.count < 40 } + [
      " ", "\"", "'", "<", ">", "&", "`", "*", "_", "|", "\\", "/", "\n", "-", "+", "=", "#", ".",
      ":",
      "(", ")", "[", "]", "{", "}", "!", "@", "~", "a", "B", "1", "é", "\u{301}", "ß", "\u{A0}",
    ]
}
