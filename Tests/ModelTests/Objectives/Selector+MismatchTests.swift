import Model
import Testing

@Suite("Why a selector matches nothing")
struct SelectorMismatchTests {
  private static func id(_ name: String, _ labels: (String, String)..., source: String = "m")
    -> SeriesID
  {
    SeriesID(source: source, name: name, labels: labels.map { Label($0.0, $0.1) })
  }

  private static let ids = [
    id("orders_total", ("code", "ok"), ("region", "eu")),
    id("orders_total", ("code", "failed"), ("region", "us")),
    id("requests_total"),
    // Rows have no name; the column of a ratio is no label of theirs.
    id("", ("column", "good"), ("service", "shop")),
    id("", ("column", "total"), ("service", "shop")),
  ]

  private func mismatch(
    _ name: String, _ matchers: [(String, Selector.Matcher.Condition)], source: String = "m"
  ) -> SelectorMismatch? {
    Selector(
      source: source, name: name,
      matchers: matchers.map { Selector.Matcher(label: $0.0, condition: $0.1) }
    ).mismatch(among: SelectorMismatchTests.ids)
  }

  @Test("is its name, a label, a value, or all conditions together")
  func reasons() {
    #expect(mismatch("order_total", []) == .name(among: ["orders_total", "requests_total"]))
    #expect(
      mismatch("orders_total", [], source: "n")
        == .name(among: ["orders_total", "requests_total"]))
    #expect(
      mismatch("orders_total", [("cod", .equal("ok"))])
        == .label("cod", among: ["code", "region"]))
    #expect(mismatch("", [("servce", .equal("shop"))]) == .label("servce", among: ["service"]))
    #expect(
      mismatch("orders_total", [("region", .equal("eu")), ("code", .equal("okay"))])
        == .value(label: "code", among: ["failed", "ok"]))
    #expect(
      mismatch("orders_total", [("code", .equal("ok")), ("region", .equal("us"))]) == .together)
  }

  @Test("is none where a series matches, or where there is none at all")
  func none() {
    #expect(mismatch("orders_total", [("code", .notEqual("x"))]) == nil)
    // A label that a series lacks is empty.
    #expect(mismatch("requests_total", [("code", .notEqual("ok"))]) == nil)
    #expect(Selector(source: "m", name: "x").mismatch(among: []) == nil)
  }
}
