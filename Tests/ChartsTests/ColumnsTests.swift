import Testing

@testable import Charts

@Suite("Columns")
struct ColumnsTests {
  private func sides(_ boxes: [Box]) -> [[Double]] {
    boxes.map { [$0.left, $0.top, $0.right, $0.bottom] }
  }

  // Half of a line of 2 is 1 above and below. From 21 down to 29 there is a way of 8: the middle is 25.
  @Test("are boxes a pixel wide that touch their neighbours half-way")
  func boxes() {
    let run = Columns(
      left: 7, step: 1,
      spans: [.init(from: 10, to: 20), .init(from: 40, to: 30), .init(from: 5, to: 5)])
    #expect(
      sides(run.boxes(width: 2)) == [[7, 9, 8, 25], [8, 17.5, 9, 41], [9, 4, 10, 17.5]])
  }

  @Test("that overlap already stay as they are")
  func overlapping() {
    let run = Columns(left: 0, step: 1, spans: [.init(from: 10, to: 20), .init(from: 15, to: 30)])
    #expect(sides(run.boxes(width: 2)) == [[0, 9, 1, 21], [1, 14, 2, 31]])
  }

  @Test("are one path in SVG, each from the first to the last extreme")
  func path() {
    let runs = [
      Columns(
        left: 7, step: 1,
        spans: [.init(from: 10, to: 20), .init(from: 40.26, to: 30), .init(from: 30, to: 30)]),
      Columns(left: 20, step: 1, spans: [.init(from: 5, to: 5)]),
    ]
    let scene = Scene(
      width: 100, height: 50, title: "", description: "",
      marks: [.columns(runs, Stroke(.s1, width: 1.2))])
    // From 20 to 40.3 are 20.3 down, and to 30 are 10.3 up.
    #expect(
      SVGWriter.inline(scene, id: "a").contains(
        "<path d=\"M7.5 10v10l1 20.3v-10.3h1M20.5 5h0\" fill=\"none\" class=\"k-s1\""))
  }

  @Test("without a height are dropped")
  func noNumbers() {
    let runs = [
      Columns(left: .nan, step: 1, spans: [.init(from: 1, to: 1)]),
      Columns(left: 0, step: 1, spans: []),
    ]
    let scene = Scene(
      width: 9, height: 9, title: "", description: "", marks: [.columns(runs, Stroke(.s1))])
    #expect(scene.marks.isEmpty)
  }
}
