import Analytics
import Model
import Testing

@Suite("What the data say against the selectors of an objective")
struct SelectorCaveatsTests {
  private let target: Target

  init() throws { target = try percent(99) }

  // Without a good event ever the good series may be missing.
  @Test("names a total without any series")
  func missing() {
    let orders = objective(target)
    #expect(SelectorCaveats.missing(from: [samples([1], "total")], of: orders).isEmpty)
    #expect(
      SelectorCaveats.missing(from: [samples([1], "good")], of: orders)
        == [.noSeries(selector("total").text)])
    let rows = objective(target, .ratioRows(selector("")))
    #expect(SelectorCaveats.missing(from: [], of: rows).isEmpty)
  }

  private func counting(_ matchers: [Selector.Matcher]) -> Objective {
    objective(target, .incidents(selector("", matchers), severities: [.major]))
  }

  @Test("names a condition that none of the incidents meets")
  func unmatched() {
    let shop = counting([.init(label: "service", condition: .equal("shop"))])
    let other = IncidentEntry.incident(incident("a", 0, 60, services: ["cart"]))
    let own = IncidentEntry.incident(incident("b", 0, 60, services: ["shop"]))
    #expect(SelectorCaveats.unmatched([other], by: shop).count == 1)
    #expect(SelectorCaveats.unmatched([other, own], by: shop).isEmpty)
    #expect(SelectorCaveats.unmatched([], by: shop).isEmpty)
    #expect(SelectorCaveats.unmatched([other], by: counting([])).isEmpty)
    #expect(SelectorCaveats.unmatched([other], by: objective(target)).isEmpty)
  }

  // A clock may differ by 300 s.
  @Test(
    "doubts an incident that starts after the clock",
    arguments: [(1000, false), (1300, false), (1301, true)] as [(Int64, Bool)])
  func inFuture(start: Int64, isDoubt: Bool) {
    let clock = Instant(seconds: 1000)
    let found = SelectorCaveats.inFuture(
      [.incident(incident("a", start, nil))], of: counting([]), clock: clock)
    #expect(found == (isDoubt ? [.inFuture(Instant(seconds: start), clock: clock)] : []))
    let minor = SelectorCaveats.inFuture(
      [.incident(incident("a", start, nil, .minor))], of: counting([]), clock: clock)
    #expect(minor.isEmpty)
  }

  @Test("names a label that a condition excludes values of and no series has")
  func unknownLabel() {
    let excluding = Selector.Matcher(label: "cod", condition: .notEqual("500"))
    let orders = objective(
      target, .ratio(good: selector("total", [excluding]), total: selector("total")))
    let series = [samples([1], "total", [Label("code", "200")])]
    #expect(
      SelectorCaveats.unknownLabels(in: series, of: orders)
        == [.unknownLabel("cod", selector("total", [excluding]).text)])
    let known = [samples([1], "total", [Label("cod", "200")])]
    #expect(SelectorCaveats.unknownLabels(in: known, of: orders).isEmpty)
    #expect(SelectorCaveats.unknownLabels(in: [], of: orders).isEmpty)
  }
}
