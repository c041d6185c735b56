import Model
import Testing

@testable import Definitions

/// The vectors of the field on reading durations, by their ids; the file of vectors lies with the tests of Analytics.
@Suite("Vectors on durations")
struct DurationVectorTests {
  @Test(
    "G24: minutes, hours, days and weeks agree",
    arguments: [("10m", 600), ("5h", 18_000), ("2d", 172_800), ("1w", 604_800)] as [(String, Int64)]
  )
  func agrees(text: String, seconds: Int64) throws {
    #expect(try ScalarText.duration(text) == .seconds(seconds))
  }

  // Theirs: 30, 90 and 365 days. Ours: a month is no length; `window: month` follows the calendar.
  @Test(
    "G25: months, quarters and years are not lengths (the other tool reads 7776000, 7776000 and 31536000 s)",
    arguments: ["3M", "1Q", "1Y"])
  func refuses(text: String) {
    #expect(throws: ScalarText.Failure.self) { try ScalarText.duration(text) }
  }
}
