import Definitions
import Model
import Testing

@Suite("An agreement in a configuration")
struct AgreementTests {
  private func text(
    _ agreement: String, indicator: String = "ratio: { source: m, good: g, total: t }"
  )
    -> String
  {
    """
    sources:
      m: { files: x }
    services:
      shop:
        slos:
          o: { objective: 99%, window: 30d, \(indicator), sla: { \(agreement) } }
    """
  }

  private func problems(_ text: String) -> [Problem] {
    do throws(DefinitionError) {
      _ = try DefinitionReader.read(Array(text.utf8), environment: [:])
      return []
    } catch {
      return error.findings.map(\.problem)
    }
  }

  @Test("has a window, a notice, a least traffic, and tiers in any order")
  func whole() throws {
    let configuration = try read(
      text(
        "window: month, exclusion_notice: 48h, minimum_per_minute: 10, tiers: [{ below: 99.9%, credit: 5% }, { below: 99%, credit: 10% }]"
      ))
    let agreement = try #require(configuration.objectives.first?.agreement)
    #expect(
      agreement
        == Agreement(
          window: .month, notice: .hours(48), minimumPerMinute: 10,
          tiers: [
            .init(below: 999_000_000, credit: 50_000_000),
            .init(below: 990_000_000, credit: 100_000_000),
          ]))
    let least = try read(text("window: quarter, tiers: [{ below: 99%, credit: 100% }]"))
    #expect(least.objectives.first?.agreement?.notice == nil)
    #expect(least.objectives.first?.agreement?.minimumPerMinute == 0)
  }

  @Test("says what is wrong")
  func wrong() {
    let tier = "tiers: [{ below: 99%, credit: 5% }]"
    #expect(problems(text(tier)) == [.missingKey("window")])
    #expect(problems(text("window: month")) == [.missingKey("tiers")])
    #expect(problems(text("window: month, tiers: []")) == [.wrongType(expected: .list)])
    #expect(
      problems(text("window: 30d, \(tier)"))
        == [.badChoice("30d", choices: ["day", "week", "month", "quarter"], nearest: nil)])
    #expect(
      problems(
        text("window: month, tiers: [{ below: 99%, credit: 10% }, { below: 99.9%, credit: 25% }]"))
        == [.outOfRange("25%", .creditsRise)])
    #expect(
      problems(text("window: month, minimum_per_minute: 0.5, \(tier)"))
        == [.outOfRange("0.5", .wholeNumber)])
    #expect(
      problems(
        text(
          "window: month, minimum_per_minute: 5, \(tier)",
          indicator: "availability: { source: m, up: u }"))
        == [.outOfRange("5", .onlyOfEvents)])
  }
}
