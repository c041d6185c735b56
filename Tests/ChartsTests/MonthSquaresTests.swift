import Charts
import TestSupport
import Testing

@Suite("Month squares")
struct MonthSquaresTests {
  static let examples: [[MonthSquares.Square]] = [
    [.met, .met, .narrow, .met, .met, .missed], [.met, .narrow, .missed, .notJudged],
    Array(repeating: .notJudged, count: 6), [], Array(repeating: .missed, count: 20),
  ]

  private func scene(_ squares: [MonthSquares.Square]) -> Scene {
    MonthSquares(squares).scene(title: "Checkout", description: "May to Oct")
  }

  @Test("are the same text")
  func text() throws {
    let texts = Self.examples.map { SVGWriter.inline(scene($0), id: "a") + "\n" }
    try Golden.check(texts.joined(), "month-squares.svg.txt")
  }

  // Thirteen pixels a square.
  @Test("are 78 × 16 pixels for six months, and the last eight of more")
  func size() {
    #expect(scene(Self.examples[0]).width == 78)
    #expect(scene(Self.examples[0]).height == 16)
    #expect(MonthSquares(Self.examples[4]).squares.count == 8)
    #expect(scene(Self.examples[4]).width == 104)
  }

  @Test("have a paint and a sign for each verdict, so that no colour is needed to tell them apart")
  func signs() {
    func marks(_ square: MonthSquares.Square) -> [Mark] { scene([square]).marks }
    let box = Box(left: 1, top: 2.5, right: 12, bottom: 13.5)
    #expect(
      marks(.met) == [.boxes([box], .d2, edge: Stroke(.d1Edge, width: 0.8), radius: 1.5)])
    #expect(
      marks(.narrow) == [
        .boxes([box], .d3, edge: Stroke(.d3Edge, width: 0.8), radius: 1.5),
        .lines([[Point(6.5, 5), Point(6.5, 8.7)]], Stroke(.d3Text, width: 1.5)),
        .circle(Point(6.5, 11), radius: 0.9, .d3Text, edge: nil),
      ])
    #expect(
      marks(.missed) == [
        .boxes([box], .bad, edge: Stroke(.bad, width: 0.8), radius: 1.5),
        .lines(
          [[Point(4, 5.5), Point(9, 10.5)], [Point(9, 5.5), Point(4, 10.5)]],
          Stroke(.page, width: 1.5)),
      ])
    #expect(marks(.notJudged).first == .rectangle(box, .noneTint))
    guard case .lines(let hatching, _) = marks(.notJudged).last else {
      Issue.record("not hatched")
      return
    }
    #expect(hatching.count > 3)
  }

  @Test("keep their signs at 3:1 and more on their squares")
  func contrast() {
    #expect(Contrast.of(.d3Text, on: .d3) >= 3)
    #expect(Contrast.of(.page, on: .bad) >= 3)
  }
}
