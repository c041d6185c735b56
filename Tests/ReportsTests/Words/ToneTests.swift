import Testing

@testable import Charts
@testable import Reports

@Suite("Tones")
struct ToneTests {
  @Test(
    "each state has words, a sign and a colour",
    arguments: [
      (.overspent, "Overspent", "✕", .bad), (.atRisk, "At risk", "!", .warn),
      (.onCourse, "On course", "✓", .ok), (.notJudged, "Not judged", "–", .none),
    ] as [(ObjectiveFacts.State, String, String, Paint)])
  func says(state: ObjectiveFacts.State, text: String, sign: String, paint: Paint) {
    #expect(state.words(isOver: false).text == text && state.words(isOver: false).sign == sign)
    #expect(state.tone.paint == paint)
  }

  @Test("icons differ in shape, not only in colour")
  func icons() {
    let icons = [Tone.ok, .warn, .bad, .unknown].map { "\($0.icon.scene().marks)" }
    #expect(Set(icons).count == 4)
  }
}
