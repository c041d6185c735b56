import Definitions
import Model
import Testing

@Suite("Exclusions in a configuration")
struct ExclusionTests {
  private func text(_ exclusion: String, at place: String = "slo") -> String {
    let list = "exclusions: [ { \(exclusion) } ]"
    return """
      sources: { m: { files: x } }
      \(place == "file" ? list : "")
      services:
        s:
          \(place == "service" ? list : "")
          slos:
            o: { objective: 9%, window: 7d, availability: { source: m, up: u }\(place == "slo" ? ", " + list : "") }
      """
  }

  // 2026-10-11 02:00 at +02:00 is midnight UTC.
  @Test(
    "are once or weekly, for the file, a service or an objective",
    arguments: ["file", "service", "slo"])
  func places(place: String) throws {
    let once =
      "from: 2026-10-11T02:00:00+02:00, to: 2026-10-11T02:00:00Z, reason: Upgrade, by: Ada, entered: 2026-10-01"
    #expect(
      try read(text(once, at: place)).objectives.map(\.exclusions) == [
        [
          Exclusion(
            .once(
              Window(
                start: Instant(seconds: 1_791_676_800),
                end: Instant(seconds: 1_791_676_800 + 7200))),
            reason: "Upgrade", author: "Ada", entered: Instant(seconds: 1_790_812_800))
        ]
      ])
    let weekly =
      "days: [Sun, Mon], from: \"22:30\", to: \"02:00\", since: 2026-01-01, reason: Backup"
    #expect(
      try read(text(weekly, at: place)).objectives.map(\.exclusions) == [
        [
          Exclusion(
            .weekly(
              .init(
                days: [1, 7], from: 1350, to: 120,
                first: CivilDate(year: 2026, month: 1, day: 1))), reason: "Backup")
        ]
      ])
  }

  @Test("add up")
  func sum() throws {
    let one = "exclusions: [ { from: 2026-10-11, to: 2026-10-12, reason: a } ]"
    let file = try read(
      """
      sources: { m: { files: x } }
      \(one)
      services:
        s:
          \(one)
          slos: { o: { objective: 9%, window: 7d, availability: { source: m, up: u }, \(one) } }
      """)
    #expect(file.objectives.first?.exclusions.count == 3)
  }

  @Test("are refused when they are not whole")
  func refused() {
    let cases: [(String, Problem)] = [
      ("from: 2026-10-11, to: 2026-10-12", .missingKey("reason")),
      ("from: 2026-10-12, to: 2026-10-11, reason: a", .endsBeforeStart),
      ("from: 11.10.2026, to: 2026-10-12, reason: a", .badInstant("11.10.2026")),
      ("from: 2026-10-11T02:00:00, to: 2026-10-12, reason: a", .badInstant("2026-10-11T02:00:00")),
      ("days: [Sun], from: 2:00, to: \"04:00\", reason: a", .badClock("2:00")),
      ("days: [Sun], from: \"24:30\", to: \"04:00\", reason: a", .badClock("24:30")),
      (
        "days: [sunday], from: \"02:00\", to: \"04:00\", reason: a",
        .badChoice(
          "sunday", choices: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], nearest: nil)
      ),
      (
        "from: 2026-10-11, to: 2026-10-12, reason: a, since: 2026-01-01",
        .conflictingKeys(["since", "from"])
      ),
    ]
    for (exclusion, problem) in cases {
      let found = problems(text(exclusion))
      #expect(found.contains(problem), "\(exclusion): \(found)")
    }
  }
}
