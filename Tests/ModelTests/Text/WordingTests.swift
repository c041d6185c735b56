import Testing

@testable import Model

@Suite("Quantities in words")
struct WordingTests {
  @Test(
    "counts are grouped from 10 000 on",
    arguments: [
      (0, "0"), (9999, "9999"), (63_100, "63 100"), (1_234_567, "1 234 567"), (-31, "-31"),
      (-12_345, "-12 345"), (.max, "9 223 372 036 854 775 807"),
      (.min, "-9 223 372 036 854 775 808"),
    ] as [(Int64, String)])
  func groupsCounts(count: Int64, text: String) {
    #expect(Wording.plain(Wording.count(count)) == text)
  }

  @Test(
    "a noun follows its number",
    arguments: [
      (0, "day", "0 days"), (1, "day", "1 day"), (2, "day", "2 days"),
      (10_080, "reading", "10 080 readings"), (1, "query", "1 query"), (5, "query", "5 queries"),
      (1, "series", "1 series"), (3, "series", "3 series"), (2, "other gap", "2 other gaps"),
    ] as [(Int64, String, String)])
  func countsNouns(count: Int64, noun: String, text: String) {
    #expect(Wording.plain(Wording.counted(count, noun)) == text)
  }

  @Test(
    "small numbers are words",
    arguments: [
      (0, "no times"), (1, "one time"), (9, "nine times"), (10, "10 times"),
      (12_000, "12 000 times"),
      (-1, "-1 times"),
    ])
  func numbers(value: Int, text: String) {
    #expect(Wording.plain(Wording.numbered(value, "time")) == text)
  }

  @Test(
    "a list has one and",
    arguments: [
      ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
    ] as [([String], String)])
  func lists(names: [String], text: String) { #expect(Wording.listed(names) == text) }

  @Test(
    "decimals keep their zeros",
    arguments: [(1250, 2, "12.50"), (5, 3, "0.005"), (0, 1, "0.0"), (10, 1, "1.0")]
      as [(Int64, Int, String)])
  func showsDecimals(value: Int64, decimals: Int, text: String) {
    #expect(Wording.decimal(value, decimals: decimals) == text)
  }

  @Test("plain text has blanks and hyphens of a keyboard")
  func isPlain() {
    #expect(Wording.plain("\u{2212}31\u{A0}%, 1\u{202F}000, – é") == "-31 %, 1 000, – é")
  }
}
