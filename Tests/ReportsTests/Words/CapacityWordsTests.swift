import Model
import Testing

@testable import Reports

@Suite("Words for capacity")
struct CapacityWordsTests {
  private func words(_ item: CapacityFacts) -> CapacityWords { CapacityWords(item) }

  // 60 … 119 reach 135, 90 % of 150, 16 days after 18 October; a week before, from 53 … 112, it was the same day.
  @Test("a date that moved is told, one that stayed is not")
  func changed() {
    let now = Sample.capacity("disk", (60..<120).map(Double.init))
    let sameThen = Sample.capacity(
      "disk", (53..<113).map(Double.init), asOf: Sample.end - .days(7))
    #expect(words(now.beside(sameThen, nil)).changed(since: "week 41") == nil)
    let slower = Sample.capacity(
      "disk", (0..<60).map { 55 + 0.9 * Double($0) }, asOf: Sample.end - .days(7))
    let text = words(now.beside(slower, nil)).changed(since: "week 41").map(Wording.plain)
    #expect(text?.hasPrefix("disk, 90 %: likely on 3 Nov, ") == true)
    #expect(text?.hasSuffix("earlier than week 41 said.") == true)
    let calm = Sample.capacity("disk", Array(repeating: 50, count: 60))
    #expect(
      words(now.beside(calm, nil)).changed(since: "week 41").map(Wording.plain)
        == "disk, 90 %: likely on 3 Nov; week 41 gave no date.")
    #expect(
      words(calm.beside(now, nil)).changed(since: "week 41").map(Wording.plain)
        == "disk, 90 %: no date any more; week 41 said 3 Nov.")
    let full = Sample.capacity("disk", Array(repeating: 140, count: 60))
    #expect(
      words(full.beside(now, nil)).changed(since: "week 41").map(Wording.plain)
        == "disk, 90 %: passed since week 41.")
    #expect(words(full.beside(full, nil)).changed(since: "week 41") == nil)
    #expect(words(now).changed(since: "week 41") == nil)
  }

  // Made on 13 September from 1 … 60: for 13 October the line says 90. What came that day is 90 or 50.
  @Test("an earlier forecast is told beside what came")
  func scored() throws {
    let then = Sample.capacity("disk", (1...60).map(Double.init), asOf: Sample.end - .days(35))
    let forecast = try #require(then.forecast)
    #expect(forecast.day == CivilDate(year: 2026, month: 10, day: 13))
    let inside = Sample.capacity("disk", (36...95).map(Double.init)).beside(nil, forecast)
    #expect(
      words(inside).scored.map(Wording.plain)
        == "disk: on 13 Sep we expected 90 (90–90) for 13 Oct; 90 came, inside.")
    let outside = Sample.capacity("disk", Array(repeating: 50, count: 60)).beside(nil, forecast)
    #expect(
      words(outside).scored.map(Wording.plain)
        == "disk: on 13 Sep we expected 90 (90–90) for 13 Oct; 50 came, outside.")
    let unknown = Sample.capacity("disk", [1, 2]).beside(nil, forecast)
    #expect(
      words(unknown).scored.map(Wording.plain)
        == "disk: on 13 Sep we expected 90 (90–90) for 13 Oct; that day has no value.")
    #expect(words(then).scored == nil)
  }

  @Test("the limit is named, or what is missing")
  func limit() {
    #expect(
      words(Sample.capacity("disk", [1], unit: "bytes")).limit == "limit 150\(Wording.space)B")
  }
}
