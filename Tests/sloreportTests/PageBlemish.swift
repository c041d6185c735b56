import Testing

/// One thing wrong in a good page, and what should be said about it.
struct Blemish: CustomTestStringConvertible {
  enum Place {
    case body(String)
    case style(String)
    case instead(of: String, String)
  }

  let check: PageCheck
  let place: Place
  let findings: [String]

  init(_ check: PageCheck, _ place: Place, _ findings: String...) {
    self.check = check
    self.place = place
    self.findings = findings
  }

  var testDescription: String { "\(check): \(findings[0])" }

  func applied(to page: String) -> String {
    switch place {
    case .body(let markup): page.replacing("</main>", with: markup + "</main>", maxReplacements: 1)
    case .style(let rules): page.replacing("</style>", with: rules + "</style>", maxReplacements: 1)
    case .instead(let old, let new): page.replacing(old, with: new, maxReplacements: 1)
    }
  }

  private static func lines(_ count: Int) -> String {
    (1...count).map { "line \($0)" }.joined(separator: "<br>")
  }

  private static func drawing(_ marks: String) -> String {
    """
    <svg viewBox="0 0 200 40" width="200" height="40" role="img" aria-labelledby="x-t" \
    font-size="12"><title id="x-t">x</title>\(marks)</svg>
    """
  }

  static let all: [Blemish] = source + screen + paper

  private static let source = [
    Blemish(.valid, .body("<p><div>x</div></p>"), "No “p” element in scope"),
    Blemish(.valid, .body("<section><p>x</p></section>"), "Section lacks heading"),
    Blemish(.valid, .style("p{colour:red}"), "Property “colour” doesn't exist"),
    Blemish(.rules, .body("<script>1</script>"), "<script>"),
    Blemish(.rules, .body("<p style='color:red'>x</p>"), "<p> has style"),
    Blemish(.rules, .body("<p onclick='x()'>x</p>"), "<p> has onclick"),
    Blemish(.rules, .body("<a href='http://a.example/'>x</a>"), "has href=http://a.example/"),
    Blemish(.rules, .body("<p id='report'>x</p>"), "2 elements have the id report"),
    Blemish(.rules, .body("<h6>x</h6>"), "h6 follows h"),
    Blemish(.rules, .body("<h1>x</h1>"), "2 h1"),
    Blemish(.rules, .body("<svg viewBox='0 0 1 1'></svg>"), "has no name and is not hidden"),
    Blemish(.rules, .body("<svg role='img' aria-labelledby='y'></svg>"), "no element has the id y"),
    Blemish(.rules, .body("<table><tr><th>x</th></tr></table>"), "<th> has no scope"),
    Blemish(.rules, .body("<img src='x.png'>"), "<img> has no alt"),
    Blemish(.rules, .body(drawing("<pattern id='p'></pattern>")), "<pattern>"),
    Blemish(.rules, .style("text{paint-order:stroke}"), "in the style: paint-order"),
    Blemish(.rules, .style(String(repeating: " ", count: 12_288)), "the style has "),
    Blemish(.rules, .body(drawing(String(repeating: " ", count: 25_600))), "a drawing has "),
    Blemish(.rules, .body(String(repeating: " ", count: 409_600)), "the page has "),
    Blemish(.rules, .instead(of: "lang=", "data-lang="), "no lang"),
    Blemish(.rules, .instead(of: "href=\"#report\"", "href=\"#elsewhere\""), "no skip link"),
  ]

  private static let screen = [
    Blemish(.axe, .body("<button></button>"), "button-name"),
    Blemish(.axe, .body("<ul><p>x</p></ul>"), "list: "),
    Blemish(.axe, .body("</main><p>x</p><main hidden>"), "region: "),
    Blemish(.axe, .style(".meta{color:#999}"), "color-contrast"),
    Blemish(.widths, .style(".meta{width:330px}"), "at 320 px: scrolls sideways"),
    Blemish(.widths, .style(".meta{position:relative;left:-40px}"), "p.meta is outside"),
    Blemish(.widths, .style(".meta{overflow:hidden;white-space:nowrap}"), "p.meta is cut"),
    Blemish(.widths, .style(".meta{font-size:10.5px}"), "has 10.5 px"),
    Blemish(.widths, .style(".w{display:block!important}"), " narrow drawings"),
    Blemish(
      .widths, .body(drawing("<text x='180' y='20'>far out</text>")), "“far out” leaves its drawing"
    ),
    Blemish(
      .widths, .body(drawing("<text y='20'>one</text><text y='22' x='5'>two</text>")),
      "“one” and “two” overlap"),
    Blemish(
      .widths, .body(drawing("<text y='20' font-size='9'>small</text>")), "“small” has 9.0 px"),
    Blemish(.contrast, .style(".meta{color:#777}.meta{opacity:.9}"), "light: “Mon"),
    Blemish(
      .contrast, .style("@media (prefers-color-scheme:dark){.meta{color:#777!important}}"),
      "dark: “Mon"),
    Blemish(
      .contrast,
      .body(drawing("<rect width='200' height='40' fill='#666'/><text y='20'>dim</text>")),
      "light: “dim” has 3.66:1"),
    Blemish(
      .strict, .body(drawing("<rect width='5' height='5' class='f-bad'/>")),
      "its attribute is absent"),
    Blemish(.strict, .instead(of: "class=\"n\" hidden=\"\"", "class=\"n\""), "1 narrow drawings"),
  ]

  private static let paper = [
    Blemish(
      .paper, .body("<h2>Alone</h2><p class='x'>x</p>"), "ends with a heading: “Alone”",
      "ends with h2 “Alone”"),
    Blemish(
      .paper,
      .body(
        "<table><tbody><tr><td>\(lines(90))</td></tr></tbody></table><figure>\(lines(90))</figure>"),
      "Chromium, A4: tr is broken", "Chromium, letter: figure is broken",
      "WeasyPrint, A4: figure “line", "WeasyPrint, letter: tr “line"),
    Blemish(
      .paper,
      .body(
        "<p class='x'>x</p><p class='x'>x</p>"
          + String(repeating: "<p class='tall'>x</p>", count: 6)),
      "Chromium, A4: page 5 is filled to", "WeasyPrint, A4: page 5 is filled to",
      "Chromium: pages on A4, letter", "WeasyPrint: pages on A4, letter"),
    Blemish(
      .paper,
      .style(
        "@page{@top-left{content:none}@bottom-right{content:none}}"
          + "@media print{.meta{margin-left:-30px}}"),
      "page 2: the running header is “”", "page 1: the footer is ", "is outside the margins"),
    Blemish(.paper, .instead(of: "size:a4", "size:a5"), "0 rules tell the size"),
  ]
  static let style =
    "@media print{.x{break-before:page!important}.tall{height:125mm;break-inside:avoid}}"
}
