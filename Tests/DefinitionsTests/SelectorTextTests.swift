import Definitions
import Model
import Testing

@Suite("A selector")
struct SelectorTextTests {
  typealias Matcher = Selector.Matcher

  @Test(
    "is read as in PromQL",
    arguments: [
      ("up", "up", []), ("a:b_c9", "a:b_c9", []), (" up { } ", "up", []),
      ("up{job=\"x\"}", "up", [Matcher(label: "job", condition: .equal("x"))]),
      ("up{job='x',}", "up", [Matcher(label: "job", condition: .equal("x"))]),
      ("{__name__=\"up\", a = 'b'}", "up", [Matcher(label: "a", condition: .equal("b"))]),
      (
        "x{a!=\"b\",c=~\"d|e\",f!~\"5..\"}", "x",
        [
          Matcher(label: "a", condition: .notEqual("b")),
          Matcher(label: "c", condition: .like(pattern("d|e"))),
          Matcher(label: "f", condition: .notLike(pattern("5.."))),
        ]
      ),
      (
        "x{a=\"\\\"\\\\\\n}é,\"}", "x", [Matcher(label: "a", condition: .equal("\"\\\n}é,"))]
      ),
    ] as [(String, String, [Matcher])])
  func reads(text: String, name: String, matchers: [Matcher]) throws {
    let selector = try Selector(source: "s", text: text)
    #expect(selector == Selector(source: "s", name: name, matchers: matchers))
  }

  private static func pattern(_ text: String) -> Pattern {
    do { return try Pattern(text) } catch { fatalError("\(text): \(error)") }
  }

  @Test(
    "that is none is refused at its byte",
    arguments: [
      ("", .missingName), ("{}", .missingName), ("{a=\"b\"}", .missingName),
      ("9up", .unexpected(at: 0)), ("up{", .unexpected(at: 3)), ("up}", .unexpected(at: 2)),
      ("up{job}", .unexpected(at: 6)), ("up{job=x}", .unexpected(at: 7)),
      ("up{job=\"x}", .unexpected(at: 10)), ("up{job=\"x\" a=\"b\"}", .unexpected(at: 11)),
      ("up{job==\"x\"}", .unexpected(at: 7)), ("up{job!\"x\"}", .unexpected(at: 7)),
      ("up{,}", .unexpected(at: 3)), ("up{a:b=\"x\"}", .unexpected(at: 4)),
      ("up{a=\"\\q\"}", .unexpected(at: 7)), ("up[5m]", .unexpected(at: 2)),
      ("rate(up)", .unexpected(at: 4)), ("é", .unexpected(at: 0)),
      ("up{__name__=\"x\"}", .unexpected(at: 3)), ("{__name__=~\"x\"}", .unexpected(at: 1)),
      ("up{job=~\"(\"}", .badPattern(.unsupported(at: 0), at: 8)),
      ("up{a=\"b\",job!~\"(a{99}){99}\"}", .badPattern(.tooLarge, at: 14)),
    ] as [(String, SelectorError)])
  func refuses(text: String, error: SelectorError) {
    #expect(throws: error) { try Selector(source: "s", text: text) }
  }

  @Test("cut off anywhere is read or refused, and never traps")
  func everyPrefix() {
    let text = Array("x_total{a!=\"b\\n\",c=~'d|(e)',f!~\"5..\"}".utf8)
    for length in 0...text.count {
      _ = try? Selector(source: "s", text: String(decoding: text[..<length], as: UTF8.self))
    }
  }
}
