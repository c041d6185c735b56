import TestSupport
import Testing

@testable import Charts

@Suite("A scene")
struct CanvasTests {
  @Test(
    "is drawn by the same commands on every canvas, without Cairo",
    arguments: ["gap", "hours", "point", "empty"])
  func commands(name: String) throws {
    let chart = try #require(LineExamples.charts.first { $0.name == name }).chart
    let scene = chart.scene(size: .narrow, title: "", description: "")
    try Golden.check(RecordingCanvas.text(of: scene), "commands-line-\(name).txt")
  }

  @Test("draws a burn-down by the same commands")
  func burnDown() throws {
    try Golden.check(
      RecordingCanvas.text(of: Examples.scene(Examples.overspent, .wide)),
      "commands-overspent.txt")
  }

  private let marks: [Mark] = [
    .rectangle(Box(left: 1, top: 2, right: 3, bottom: 4), .s1),
    .circle(Point(1, 2), radius: 1.5, .page, edge: Stroke(.bad, width: 1.8)),
    .polygon([Point(0, 0), Point(1, 0), Point(0, 1)], .s2),
    .lines([[Point(0, 0), Point(1, 1)]], Stroke(.ink, width: 2, dash: .dotted)),
    .columns(
      [Columns(left: 2, step: 1, spans: [.init(from: 1, to: 3), .init(from: 4, to: 4)])],
      Stroke(.s1)),
    .text(Label("words", at: Point(5, 6), bold: true, anchor: .end, paint: .okText)),
    .boxes(
      [Box(left: 0, top: 0, right: 1, bottom: 1)], .d1, edge: Stroke(.d1Edge), radius: 2),
    .texts([Label("a", at: Point(0, 0), paint: .axis), Label("b", at: Point(1, 0), paint: .axis)]),
  ]

  private let commands = """
    rectangle 1,2 3,4 s1
    circle 1,2 radius 1.5 page stroke bad 1.8
    polygon 0,0 1,0 0,1 s2
    lines 0,0 1,1 stroke ink 2 dotted
    columns from 2 by 1: 1…3 4…4 stroke s1 1
    text "words" end at 5,6 size 11 bold okText
    boxes 0,0 1,1 radius 2 d1 stroke d1Edge 1
    texts "a" start at 0,0 size 11 axis | "b" start at 1,0 size 11 axis
    """

  @Test("draws each kind of mark by one command, in order")
  func order() {
    let scene = Scene(width: 10, height: 10, title: "", description: "", marks: marks)
    #expect(RecordingCanvas.text(of: scene) == "scene 10 × 10\n\(commands)\n")
  }

  @Test("moves as a whole onto a page with its heading")
  func framed() {
    let scene = Scene(width: 100, height: 10, title: "", description: "", marks: marks)
    let lines = RecordingCanvas.text(of: scene.framed(heading: "Up", subheading: "down"))
      .split(separator: "\n").map(String.init)
    // 20 + a heading of 20, a line of 17, and 8 below them: 65 down, 20 right.
    #expect(
      lines == [
        "scene 140 × 95", "rectangle 0,0 140,95 page",
        "text \"Up\" start at 20,34 size 15 bold ink",
        "text \"down\" start at 20,52 size 12 ink2", "rectangle 21,67 23,69 s1",
        "circle 21,67 radius 1.5 page stroke bad 1.8", "polygon 20,65 21,65 20,66 s2",
        "lines 20,65 21,66 stroke ink 2 dotted", "columns from 22 by 1: 66…68 69…69 stroke s1 1",
        "text \"words\" end at 25,71 size 11 bold okText",
        "boxes 20,65 21,66 radius 2 d1 stroke d1Edge 1",
        "texts \"a\" start at 20,65 size 11 axis | \"b\" start at 21,65 size 11 axis",
      ])
  }
}
