import Analytics
import Model
import Testing

@testable import Reports

@Suite("Series that end and begin, in words")
struct WordingLivesTests {
  static let ends: [(SeriesLives.End.Reason, String)] = [
    (.restart, "x ended Mon, with a restart of its target"),
    (.renamed(to: "y"), "x ended Mon, and continues as y"),
    (.expires, "x ended Mon; idle: its exporter has left it out before"),
    (.copy("y"), "x ended Mon; its copy y continues"),
    (.successor("y"), "x ended Mon, replaced by y"),
    (.harmless, "x ended Mon, while others continue"),
    (
      .badSeries,
      "x ended Mon, while its target continues: bad events since then would not be seen"
    ),
    (.failing, "x ended Mon while failing, and nothing replaced it"),
    (.traffic, "x ended Mon with much of the traffic, which nothing took over"),
    (.silent, "x ended Mon: no data of that origin since then, while others continue"),
  ]

  @Test("an end has a reason", arguments: ends)
  func says(reason: SeriesLives.End.Reason, text: String) {
    #expect(Wording.ended(reason, "x", "Mon", series: 1) == text)
    #expect(
      Wording.ended(reason, "x", "Mon", series: 6)
        == "6 series ended, the last (x) Mon" + text.dropFirst("x ended Mon".count))
  }

  static let births: [(SeriesLives.Birth.Counting, String, String)] = [
    (
      .implausible,
      "x appeared Mon with 5000 bad events at once, which are counted but may be older",
      " (2 series in all)"
    ),
    (
      .leftOut, "x appeared Mon with a count of 5000, which is not counted: it may be older",
      " (2 series in all)"
    ),
    (
      .fallen,
      "x fell Mon: counted as a restart with 5000 events at once, more than in any such time before",
      " (2 such steps in all)"
    ),
    (
      .risen,
      "x rose by 5000 at once, Mon, a hundred times the usual: it may be another process",
      " (2 such steps in all)"
    ),
    (
      .restarted,
      "x restarted Mon by its start time but did not fall: 5000 events count a second time",
      " (2 such steps in all)"
    ),
    (.renamed(from: "w"), "x continues w, which ended Mon", " (2 series in all)"),
  ]

  @Test("a beginning says how it is counted", arguments: births)
  func says(counting: SeriesLives.Birth.Counting, text: String, more: String) {
    #expect(Wording.appeared(counting, "x", "Mon", series: 1, events: 5000) == text)
    #expect(Wording.appeared(counting, "x", "Mon", series: 2, events: 5000) == text + more)
  }
}
