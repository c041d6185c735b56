import Analytics
import Model
import Testing

@Suite("The tally of flaws")
struct FlawTallyTests {
  private func flaws(_ rejected: Int64) -> Flaws {
    var flaws = Flaws()
    flaws.rejected = rejected
    return flaws
  }

  private func id(_ name: String) -> SeriesID { SeriesID(source: "m", name: name) }

  @Test("has the worst series first, then by name, and counts the rest")
  func worst() throws {
    var tally = FlawTally(counters: [])
    tally.add(flaws(1), of: id("b"))
    tally.add(flaws(3), of: id("c"))
    tally.add(flaws(1), of: id("a"))
    tally.add(flaws(0), of: id("none"))
    #expect(tally.worst(2).map(\.id.text) == ["c", "a"])
    let rest = try #require(tally.rest(after: 2))
    #expect(rest.series == 1 && !rest.isCut)
    #expect(tally.rest(after: 3) == nil)
  }

  // 5 after 9 is a restart, whichever part it begins.
  @Test("counts a restart between two parts of a counter")
  func parts() {
    var tally = FlawTally(counters: [selector("total")])
    tally.add(samples([7, 9]))
    tally.add(samples([5, 6], from: 120))
    #expect(tally.worst(1).map { $0.flaws.resets } == [1])
    var gauges = FlawTally(counters: [])
    gauges.add(samples([7, 9]))
    gauges.add(samples([5, 6], from: 120))
    #expect(gauges.worst(1).isEmpty)
  }

  @Test("holds the worst 10,000 of more than 20,000, and says so")
  func many() throws {
    var tally = FlawTally(counters: [])
    for number in 1...20_001 { tally.add(flaws(Int64(number)), of: id("s\(number)")) }
    let rest = try #require(tally.rest(after: 0))
    #expect(rest.series == 10_000 && rest.isCut)
    #expect(tally.worst(1).map { $0.flaws.rejected } == [20_001])
  }
}
