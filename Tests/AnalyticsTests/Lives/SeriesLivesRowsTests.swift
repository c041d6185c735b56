import Model
import Testing

@testable import Analytics

/// Two origins with five events every ten minutes.
@Suite("Origins of rows that stop")
struct SeriesLivesRowsTests {
  private func origin(_ shop: String, _ minutes: some Sequence<Int64>) -> Series {
    rows(minutes.map { ($0, 5) }, [Label("shop", shop)])
  }

  private func ends(_ series: Series..., declared: [String] = ["shop"]) -> [SeriesLives.End] {
    let setting = SeriesLives.Setting(targets: ["m": TargetLabels(origin: declared)])
    return SeriesLives(ofRows: series, setting: setting).ends
  }

  private func tens(_ from: Int64, _ to: Int64) -> [Int64] {
    Array(stride(from: from, through: to, by: 10))
  }

  // 6 rows of 5 in the hour up to minute 100; 500 minutes are more than two hours.
  @Test("one without rows for long, while others go on, is silent")
  func silent() {
    let found = ends(origin("a", tens(0, 100)), origin("b", tens(0, 600)))
    #expect(found.map(\.reason) == [.silent])
    #expect(found.map(\.text) == [#"{shop="a"}"#])
    #expect(found.map(\.at) == [Instant(seconds: 100 * 60)])
    #expect(found.map(\.missing) == [Instant(seconds: 110 * 60)])
    #expect(found.map(\.until) == [nil])
    #expect(found.map { $0.rate * 3600 } == [30])
  }

  @Test("one that begins within half an hour explains it")
  func successor() {
    let found = ends(
      origin("a", tens(0, 100)), origin("b", tens(0, 600)), origin("c", tens(110, 600)))
    #expect(found.map(\.reason) == [.successor(#"{shop="c"}"#)])
  }

  // 90 minutes are more than an hour and less than two.
  @Test("a shorter time is only named")
  func short() {
    #expect(
      ends(origin("a", tens(0, 100)), origin("b", tens(0, 190))).map(\.reason) == [.harmless])
    #expect(ends(origin("a", tens(0, 100)), origin("b", tens(0, 150))).isEmpty)
  }

  @Test("one that is back is silent up to its return")
  func back() {
    let found = ends(origin("a", tens(0, 100) + tens(400, 600)), origin("b", tens(0, 600)))
    #expect(found.map(\.reason) == [.silent])
    #expect(found.map(\.until) == [Instant(seconds: 400 * 60)])
  }

  // 200 minutes without rows before; 500 are no six times as long.
  @Test("one that was without rows for long before is only named")
  func idle() {
    let found = ends(
      origin("a", tens(0, 100) + tens(300, 400)), origin("b", tens(0, 900)))
    #expect(found.map(\.reason) == [.silent, .harmless])
  }

  @Test("without a declared origin rows do not end")
  func undeclared() {
    #expect(
      ends(origin("a", tens(0, 100)), origin("b", tens(0, 600)), declared: []).isEmpty)
  }
}
