import Model
import Testing

@testable import Ingest

@Suite("The text of a query")
struct SQLTextTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let sent: String
    var bound: [SQLText.Parameter] = []
    var testDescription: String { text.debugDescription }
  }

  static let cases: [Case] = [
    Case(text: "SELECT 1", sent: "SELECT 1"),
    Case(
      text: "a >= :from AND a < :to", sent: "a >= $1 AND a < $2", bound: [.from, .to]),
    Case(
      text: ":to,:from,:to,:step", sent: "$1,$2,$1,$3", bound: [.to, .from, .step]),
    Case(text: "f(:step)::int", sent: "f($1)::int", bound: [.step]),
    Case(text: ":from::date", sent: "$1::date", bound: [.from]),
    Case(text: "x::from", sent: "x::from"),
    Case(text: "x :: from", sent: "x :: from"),
    Case(text: "f(a := :from)", sent: "f(a := $1)", bound: [.from]),
    Case(text: "f(a:=1)", sent: "f(a:=1)"),
    // Quotes.
    Case(text: "':from'", sent: "':from'"),
    Case(text: "'it''s :from' :to", sent: "'it''s :from' $1", bound: [.to]),
    Case(text: #"'\' :to"#, sent: #"'\' $1"#, bound: [.to]),
    Case(text: #"E'\' :from' :to"#, sent: #"E'\' :from' $1"#, bound: [.to]),
    Case(text: #"e'a''\\' :to"#, sent: #"e'a''\\' $1"#, bound: [.to]),
    Case(text: "E'a'\n '\\' :from' :to", sent: "E'a'\n '\\' :from' $1", bound: [.to]),
    Case(text: "E'a' -- '\n'\\' :from' :to", sent: "E'a' -- '\n'\\' :from' $1", bound: [.to]),
    Case(text: #"name'\' :to"#, sent: #"name'\' $1"#, bound: [.to]),
    Case(text: #"tree'\' :to"#, sent: #"tree'\' $1"#, bound: [.to]),
    Case(text: #"U&'\0061:from' :to"#, sent: #"U&'\0061:from' $1"#, bound: [.to]),
    Case(text: #"U&":from" ":to""" :to"#, sent: #"U&":from" ":to""" $1"#, bound: [.to]),
    Case(text: "B'1' X':from' :to", sent: "B'1' X':from' $1", bound: [.to]),
    // Comments.
    Case(text: "-- :from\n:to", sent: "-- :from\n$1", bound: [.to]),
    Case(text: "--:from", sent: "--:from"),
    Case(
      text: "/* :from /* :to */ :step */ :to", sent: "/* :from /* :to */ :step */ $1", bound: [.to]),
    Case(text: "/* ' */ :to -- '", sent: "/* ' */ $1 -- '", bound: [.to]),
    Case(text: "1 - -:to", sent: "1 - -$1", bound: [.to]),
    // Dollar quotes.
    Case(text: "$$ :from $x$ $$ :to", sent: "$$ :from $x$ $$ $1", bound: [.to]),
    Case(text: "$x$ :from $$ $X$ $x$ :to", sent: "$x$ :from $$ $X$ $x$ $1", bound: [.to]),
    Case(text: "a$$ :from b$$", sent: "a$$ $1 b$$", bound: [.from]),
    Case(text: "$ä_1$ :from $ä_1$", sent: "$ä_1$ :from $ä_1$"),
    Case(text: "a $ b", sent: "a $ b"),
    // Slices.
    Case(text: "a[1:2]", sent: "a[1:2]"),
    Case(text: "a[low:high]", sent: "a[low:high]"),
    Case(text: "a[:high]", sent: "a[:high]"),
    Case(text: "a[f(1):high][x:step]", sent: "a[f(1):high][x:step]"),
    Case(text: "ARRAY[:from, :to]", sent: "ARRAY[$1, $2]", bound: [.from, .to]),
    Case(text: "a[1] = :to", sent: "a[1] = $1", bound: [.to]),
    // Semicolons.
    Case(text: "SELECT 1;", sent: "SELECT 1"),
    Case(text: "SELECT 1 ; -- done\n /* ; */ \n", sent: "SELECT 1 "),
    Case(text: "SELECT 1; SELECT 2", sent: "SELECT 1; SELECT 2"),
    Case(text: "SELECT 1; SELECT 2;", sent: "SELECT 1; SELECT 2"),
    Case(text: "SELECT ';' -- ;", sent: "SELECT ';' -- ;"),
    Case(text: ";", sent: ""),
    Case(text: "", sent: ""),
    // What is open at the end is the server's to refuse.
    Case(text: "':from", sent: "':from"), Case(text: "\":from", sent: "\":from"),
    Case(text: "/* :from", sent: "/* :from"), Case(text: "$$ :from", sent: "$$ :from"),
    Case(text: #"E'\"#, sent: #"E'\"#), Case(text: "a :", sent: "a :"),
    Case(text: "ä:from", sent: "ä$1", bound: [.from]),
    Case(text: "\u{FEFF}SELECT :to", sent: "\u{FEFF}SELECT $1", bound: [.to]),
  ]

  @Test("has its parameters numbered, and nothing else changed", arguments: cases)
  func numbersParameters(example: Case) throws {
    let text = try SQLText(example.text)
    #expect(text.statement == example.sent)
    #expect(text.parameters == example.bound)
  }

  @Test(
    "may hold no other parameter",
    arguments: [
      ("SELECT :form", ":form", 1, 8), ("SELECT\n ä, :From", ":From", 2, 6),
      (":from_", ":from_", 1, 1),
      ("SELECT $1", "$1", 1, 8), ("SELECT 'a' || $22b", "$22", 1, 15),
    ])
  func refusesOthers(text: String, name: String, line: Int, column: Int) throws {
    let fault = #expect(throws: PostgresFault.self) { try SQLText(text) }
    #expect(fault?.reason == .unknownParameter(name))
    #expect(fault?.position?.line == line)
    #expect(fault?.position?.column == column)
  }

  @Test("may hold no NUL")
  func refusesNUL() {
    let fault = #expect(throws: PostgresFault.self) { try SQLText("SELECT 1\n\0; DROP") }
    #expect(fault == PostgresFault(.notText, at: .init(line: 2, column: 1, byte: 9)))
  }

  @Test("leads from a character that the server names to line and column of the file")
  func mapsPositions() throws {
    // Sent: "SELECT 'ä', $1,\n  $2, nonsense"; columns count bytes.
    let text = try SQLText("SELECT 'ä', :step,\n  :from, nonsense;")
    func place(_ part: String) -> Int {
      guard let range = text.statement.firstRange(of: part) else { return -1 }
      return text.statement.unicodeScalars.distance(
        from: text.statement.startIndex, to: range.lowerBound) + 1
    }
    #expect(text.position(ofCharacter: 1) == .init(line: 1, column: 1, byte: 0))
    #expect(text.position(ofCharacter: place("$1")) == .init(line: 1, column: 14, byte: 13))
    #expect(text.position(ofCharacter: place("$2")) == .init(line: 2, column: 3, byte: 22))
    #expect(text.position(ofCharacter: place("nonsense")) == .init(line: 2, column: 10, byte: 29))
    #expect(text.position(ofCharacter: 9999).line == 2)
    #expect(text.position(ofCharacter: -5).byte == 0)
  }
}
