import Charts
import Foundation
import Model
import TestSupport
import Testing

@Suite("The SVG writer")
struct SVGWriterTests {
  private func scene(_ marks: [Mark], title: String = "T", description: String = "D") -> Scene {
    Scene(width: 10, height: 10, title: title, description: description, marks: marks)
  }

  @Test("names the drawing by an id that starts with the given one, with all of its words")
  func names() {
    let text = SVGWriter.inline(scene([]), id: "f\"1 <x")
    #expect(text.contains("role=\"img\" aria-labelledby=\"f1x-t\""))
    #expect(text.contains("<title id=\"f1x-t\">T. D</title>"))
    #expect(SVGWriter.inline(scene([], description: ""), id: "a").contains(">T</title>"))
    #expect(SVGWriter.inline(scene([], title: ""), id: "a").contains(">D</title>"))
  }

  @Test("hides decoration from screen readers, with its sign for printers that do not")
  func decoration() {
    let text = SVGWriter.inline(StatusIcon.ok.scene(), id: "")
    #expect(text.contains("aria-hidden=\"true\"") && text.contains("<title>✓</title>"))
    #expect(!text.contains("id="))
  }

  @Test("escapes text and drops control characters and direction overrides")
  func escapes() {
    let label = Label("a<b>&\"'\u{0}\u{7}\u{202E}\n\u{FFFE}z", at: Point(1, 2), paint: .ink)
    let text = SVGWriter.inline(scene([.text(label)], title: "<script>"), id: "a")
    #expect(text.contains(">a&lt;b&gt;&amp;&quot;&#39; z</text>"))
    #expect(text.contains("<title id=\"a-t\">&lt;script&gt;. D</title>"))
  }

  @Test("shortens text of 10 000 characters with an ellipsis")
  func shortens() {
    let label = Label(String(repeating: "é", count: 10_000), at: Point(1, 2), paint: .ink)
    let text = SVGWriter.inline(scene([.text(label)]), id: "a")
    #expect(text.contains("é…</text>"))
    #expect(text.utf8.count < 1000)
  }

  @Test("writes at most one decimal, and no negative zero")
  func decimals() {
    let mark = Mark.lines([[Point(-0.04, 1.25), Point(-0.06, 3), Point(12.34, 3)]], Stroke(.s1))
    let text = SVGWriter.inline(scene([mark]), id: "a")
    // -0.04 is 0; 1.25 rounds away from zero; -0.06 is -0.1; level pieces are an H.
    #expect(text.contains("d=\"M0 1.3L-0.1 3H12.3\""))
  }

  @Test("gives every shape its light colour and a class")
  func colours() {
    let text = SVGWriter.inline(
      scene([.circle(Point(5, 5), radius: 2, .page, edge: Stroke(.bad, width: 1.8))]), id: "a")
    #expect(
      text.contains(
        "<circle cx=\"5\" cy=\"5\" r=\"2\" class=\"f-page k-bad\" fill=\"#FFFFFF\" "
          + "stroke=\"#B3261E\" stroke-width=\"1.8\"/>"))
  }

  @Test("names paint and look of many boxes and words once")
  func groups() {
    let boxes = [
      Box(left: 1, top: 2, right: 4, bottom: 6), Box(left: .nan, top: 2, right: 4, bottom: 6),
      Box(left: 5, top: 2, right: 8, bottom: 6),
    ]
    let words = [
      Label("a<", at: Point(1, 2), size: 9.5, bold: true, anchor: .middle, paint: .ink),
      Label("\u{7}", at: Point(2, 2), paint: .bad), Label("b", at: Point(3, 2), paint: .bad),
    ]
    let text = SVGWriter.inline(
      scene([.boxes(boxes, .d1, edge: Stroke(.d1Edge, width: 0.8), radius: 1.5), .texts(words)]),
      id: "a")
    let found = text.components(separatedBy: "</title>").last
    let expected = """
      <g class="f-d1 k-d1Edge" fill="#E4F1EE" stroke="#559587" stroke-width="0.8">\
      <rect x="1" y="2" width="3" height="4" rx="1.5"/>\
      <rect x="5" y="2" width="3" height="4" rx="1.5"/></g>\
      <g font-size="9.5" font-weight="700" text-anchor="middle" class="f-ink" fill="#17202A">\
      <text x="1" y="2">a&lt;</text><text x="3" y="2">b</text></g></svg>
      """
    #expect(found == expected)
  }

  @Test("keeps the rules of the page in every chart", arguments: Examples.charts.map(\.name))
  func rules(name: String) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    for size in ChartSize.allCases {
      let text = SVGWriter.inline(Examples.scene(chart, size), id: "a")
      for banned in ["<script", "style=", "http", "<pattern", "paint-order", "clip", "\u{0}"] {
        #expect(!text.contains(banned), "\(banned)")
      }
    }
  }

  @Test(
    "never writes a number that is none", arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func numbers(value: Double) {
    let at = Point(value, value)
    let marks: [Mark] = [
      .rectangle(Box(left: value, top: 0, right: 1, bottom: value), .s1),
      .circle(at, radius: value, .s1, edge: Stroke(.s1, width: value)),
      .polygon([at, Point(1, 1), Point(2, 1), Point(value, 1)], .s1),
      .lines([[at, Point(1, value), Point(2, 2), Point(3, 3)]], Stroke(.s1, width: 1)),
      .text(Label("x", at: at, size: value, paint: .ink)),
      .boxes(
        [Box(left: value, top: 0, right: 1, bottom: 1), Box(left: 0, top: 0, right: 1, bottom: 1)],
        .s1, edge: Stroke(.s1, width: value), radius: value),
      .texts([Label("x", at: at, size: value, paint: .ink)]),
    ]
    let drawing = Scene(width: value, height: value, title: "", description: "", marks: marks)
    var texts = [SVGWriter.inline(drawing, id: "a")]
    texts.append(SVGWriter.inline(BulletBar(left: value, paint: .ok).scene(title: ""), id: "a"))
    texts.append(
      SVGWriter.inline(
        Sparkline(values: [0.5, value, -value], scale: 0...1, paint: .s1).scene(title: ""), id: "a")
    )
    let october = Examples.october
    for now in [october.start, Examples.moment(10, 9), october.end] {
      let chart = DepletionChart(
        domain: october, now: now,
        points: [
          .init(at: october.start, left: 1), .init(at: Examples.moment(10, 2), left: value),
          .init(at: Examples.moment(10, 3), left: -value),
          .init(at: Examples.moment(10, 4), left: 0.2),
        ], pace: value, threshold: .init(share: value, label: "a", detail: "b"),
        drops: [.init(at: Examples.moment(10, 3), label: "drop")], endLabel: "end", endPaint: .ok,
        zone: Examples.berlin)
      for size in ChartSize.allCases {
        let scene = chart.scene(size: size, title: "", description: "")
        texts.append(SVGWriter.inline(scene, id: "a"))
      }
    }
    for text in texts {
      let lower = text.lowercased()
      #expect(!lower.contains("nan") && !lower.contains("inf") && !lower.contains("e+"))
    }
  }

  @Test("writes a file of its own with a heading")
  func file() {
    let box = Mark.rectangle(Box(left: 1, top: 2, right: 3, bottom: 4), .s1)
    let drawing = Scene(width: 90, height: 10, title: "T", description: "", marks: [box])
    let text = String(
      decoding: SVGWriter.file(drawing, heading: "A<", subheading: ""), as: UTF8.self)
    // 20 around it, and 28 for the heading.
    #expect(
      text.hasPrefix(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 130 78\" width=\"130\"")
    )
    #expect(text.contains("font-weight=\"700\" class=\"f-ink\" fill=\"#17202A\">A&lt;</text>"))
    #expect(text.contains("<rect x=\"21\" y=\"50\" width=\"2\" height=\"2\" class=\"f-s1\""))
    #expect(text.hasSuffix("</svg>\n"))
  }

  @Test("is the same text for the small figures")
  func smallFigures() throws {
    var text = ""
    for left in [0.76, 0.06, 0, -0.31, -4, 2, nil] as [Double?] {
      let scene = BulletBar(left: left, paint: .ok).scene(title: "Left", description: "As said")
      text += SVGWriter.inline(scene, id: "bar") + "\n"
    }
    for values in [[0.9, 0.8, 0.85, 0.1], [0.9, nil, 0.5, 0.4, nil, 0.2], [0.4], [], [nil]]
      as [[Double?]]
    {
      let scene = Sparkline(values: values, scale: 0...1, paint: .s1).scene(title: "Weeks")
      text += SVGWriter.inline(scene, id: "line") + "\n"
    }
    for icon in StatusIcon.allCases { text += SVGWriter.inline(icon.scene(), id: "") + "\n" }
    try Golden.check(text, "small-figures.svg.txt")
  }
}
