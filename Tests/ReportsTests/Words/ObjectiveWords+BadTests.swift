import Model
import Testing

@testable import Reports

@Suite("What was bad, in words")
struct ObjectiveWordsBadTests {
  @Test(
    "it has a noun and an amount",
    arguments: [
      ("events", "ratio", "bad events", "3 bad events", "1 bad event"),
      ("events", "latency", "slow events", "3 slow events", "1 slow event"),
      ("checks", "uptime", "failed checks", "3 failed checks", "1 failed check"),
      ("slices", "slices", "bad slices", "3 bad slices", "1 bad slice"),
      ("slices", "latency", "slow slices", "3 slow slices", "1 slow slice"),
      ("time", "incidents", "down time", "3 s of down time", "1 s of down time"),
      ("time", "states", "down time", "3 s of down time", "1 s of down time"),
      ("time", "heartbeat", "silent time", "3 s of silent time", "1 s of silent time"),
      ("time", "freshness", "stale time", "3 s of stale time", "1 s of stale time"),
      ("millionths", "ratio", "bad share", "30.000 % bad", "10.000 % bad"),
      ("billionths", "slices", "bad share", "30.000 % bad", "10.000 % bad"),
    ])
  func says(unit: String, kind: String, noun: String, three: String, one: String) throws {
    let words = ObjectiveWords(
      try Sample.objective("A").with(["unit": unit, "indicator.kind": kind]), in: .utc)
    let scale: Int64 = unit == "time" ? 1_000_000_000 : 1
    #expect(words.badNoun == noun)
    #expect(Wording.plain(words.bad(good: 7 * scale, total: 10 * scale)) == three)
    #expect(Wording.plain(words.bad(good: 9 * scale, total: 10 * scale)) == one)
    #expect(
      words.badAmount(good: 10, total: 10) == "0" && words.badAmount(good: 3, total: 2) == "0")
  }
}
