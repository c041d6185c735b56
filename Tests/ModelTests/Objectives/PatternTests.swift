import Model
import Testing

@Suite("A pattern")
struct PatternTests {
  struct Case: CustomTestStringConvertible {
    let pattern: String
    let good: [String]
    let bad: [String]

    var testDescription: String { pattern }
  }

  @Test(
    "matches the whole value and nothing less",
    arguments: [
      Case(pattern: "", good: [""], bad: ["a"]),
      Case(pattern: "abc", good: ["abc"], bad: ["", "ab", "abcd", "xabc"]),
      Case(pattern: "a|bc|", good: ["a", "bc", ""], bad: ["b", "abc"]),
      Case(pattern: "(a|b)c", good: ["ac", "bc"], bad: ["c", "abc"]),
      Case(pattern: "(?:ab)+", good: ["ab", "abab"], bad: ["", "aba"]),
      Case(pattern: "a*", good: ["", "aaaa"], bad: ["b", "aab"]),
      Case(pattern: "a+?b??", good: ["a", "aab"], bad: ["b", "abb"]),
      Case(pattern: "5..", good: ["500", "5é√"], bad: ["50", "5000"]),
      Case(pattern: ".", good: ["é", "€", "😀", "\n"], bad: ["", "e\u{301}"]),
      Case(pattern: "[a-cx]", good: ["a", "b", "c", "x"], bad: ["d", "-", ""]),
      Case(pattern: "[^a-c]", good: ["d", "é", "-"], bad: ["a", "b", "dd"]),
      Case(pattern: "[]a-]+", good: ["]", "a-", "-"], bad: ["b", "[b"]),
      Case(pattern: "[à-ü]", good: ["é"], bad: ["e", "ÿ"]),
      Case(pattern: "[\\d_.]+", good: ["1_2.3"], bad: ["a", "1a"]),
      Case(pattern: "[^\\w]", good: [" ", "-"], bad: ["a", "_"]),
      Case(pattern: "\\d+\\s\\w+", good: ["12 ab_9"], bad: ["12ab", "a b"]),
      Case(pattern: "\\D\\S\\W", good: ["ab-", "é€é"], bad: ["1b-", "a -", "abc"]),
      Case(pattern: "a\\.b\\|c\\\\", good: ["a.b|c\\"], bad: ["axb|c\\"]),
      Case(pattern: "a{3}", good: ["aaa"], bad: ["aa", "aaaa"]),
      Case(pattern: "a{2,}", good: ["aa", "aaaaa"], bad: ["a"]),
      Case(pattern: "a{0,2}b", good: ["b", "ab", "aab"], bad: ["aaab"]),
      Case(pattern: "(ab|c){2}", good: ["abc", "cc", "abab"], bad: ["ab", "ccc"]),
      Case(pattern: "a{,2}", good: ["a{,2}"], bad: ["a", "aa"]),
      Case(pattern: "a{x", good: ["a{x"], bad: ["a"]),
      Case(pattern: "^(a|b)$", good: ["a", "b"], bad: ["^a$", "ab"]),
      Case(pattern: "^a|b$", good: ["a", "b"], bad: ["ab"]),
      Case(pattern: "a^b", good: [], bad: ["ab", "a^b"]),
      Case(pattern: "(a*)*", good: ["", "aaa"], bad: ["b"]),
      Case(pattern: "(|a)+", good: ["", "aa"], bad: ["b"]),
      Case(pattern: "(^a?)*", good: ["", "a"], bad: ["aa"]),
    ])
  func matchesWhole(example: Case) throws {
    let pattern = try Pattern(example.pattern)
    for value in example.good { #expect(pattern.matches(Array(value.utf8)), "\(value)") }
    for value in example.bad { #expect(!pattern.matches(Array(value.utf8)), "\(value)") }
  }

  @Test(
    "refuses what it does not understand, naming the byte",
    arguments: [
      ("*a", 0), ("a**", 2), ("a+*", 2), ("(a", 0), ("a)", 1), ("[a", 0), ("[b-a]", 1), ("a\\", 1),
      ("\\b", 0), ("é\\p", 2), ("(?i)a", 0), ("(?=a)", 0), ("(?P<x>a)", 0), ("[[:alpha:]]", 1),
      ("a{3,2}", 1), ("a{1}{2}", 4), ("a{1001}", 1), ("[a-\\d]", 1), ("\\1", 0),
    ])
  func refuses(text: String, place: Int) {
    #expect(throws: PatternError.unsupported(at: place)) { try Pattern(text) }
  }

  @Test(
    "refuses what would grow too large",
    arguments: [
      String(repeating: "a", count: 1025), "(a{100}){100}", "((((){1000}){1000}){1000}){1000}",
      "((a{0,50}){0,50}){0,50}", String(repeating: "(", count: 500),
    ])
  func refusesLarge(text: String) {
    #expect(throws: PatternError.tooLarge) { try Pattern(text) }
  }

  // A backtracking engine needs 2^10,000 steps here: the test would not end.
  @Test(
    "takes linear time whatever the pattern (F12)",
    arguments: ["(a+)+$", "(a*)*", "(a|a)*", "(a?){40}a*", "(.*a){20}"])
  func linear(text: String) throws {
    let pattern = try Pattern(text)
    let value = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000) + [UInt8(ascii: "b")]
    #expect(!pattern.matches(value))
  }

  @Test("takes broken UTF-8 as one character a byte, without a trap")
  func brokenText() throws {
    #expect(try Pattern("a.b").matches([0x61, 0xFF, 0x62]))
    #expect(try !Pattern("ab").matches([0x61, 0xFF, 0x62]))
  }

  @Test("is equal to another by its bytes, not by canonical equivalence")
  func equality() throws {
    #expect(try Pattern("a+") == Pattern("a+"))
    #expect(try Pattern("\u{E9}") != Pattern("e\u{301}"))
  }
}
