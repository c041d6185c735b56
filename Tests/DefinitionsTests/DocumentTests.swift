import Definitions
import TestSupport
import Testing

@Suite("A file as YAML")
struct DocumentTests {
  /// The one finding of a text.
  private func only(_ text: String) -> Finding? {
    let found = findings(text)
    #expect(found.count == 1, "\(found.prefix(3))")
    return found.first
  }

  @Test(
    "with an alias bomb is refused at once (F4)",
    arguments: ["title: *h", "? *h\n: x", "? [ *h ]\n: x", "[ *h ]: x", "*h : x", "{ ?*h : x }"])
  func aliasBomb(last: String) {
    // Eight levels of ten: 10^8 values.
    var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for (inner, outer) in zip("abcdefg", "bcdefgh") {
      let uses = Array(repeating: "*\(inner)", count: 10).joined(separator: ",")
      text += "\(outer): &\(outer) [\(uses)]\n"
    }
    guard case .limitExceeded? = only(text + last)?.problem else {
      Issue.record("not refused as a limit")
      return
    }
  }

  @Test("nested too deep is refused with its place (F4)")
  func depth() {
    let fine = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
    #expect(problems("title: \(fine)") == [.wrongType(expected: .text)])
    let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(
      only("title: \(deep)")
        == Finding(.limitExceeded(.depth(32)), at: Position(line: 1, column: 39)))
    for count in [1000, 5000, 100_000] {
      #expect(only(String(repeating: "[", count: count)) != nil)
      #expect(only(String(repeating: "- ", count: count)) != nil)
    }
  }

  @Test("with too many values or bytes is refused with its line (F4)")
  func size() {
    let keys = (0..<1_000_000).map { "k\($0):" }.joined(separator: "\n")
    #expect(
      only(String(keys.prefix(8 << 20)))
        == Finding(.limitExceeded(.values(100_000)), at: Position(line: 50_001, column: 7)))
    let items = "[" + String(repeating: "a,", count: 200_000) + "]"
    #expect(only(items)?.problem == .limitExceeded(.values(100_000)))
    let large = [UInt8](repeating: 0x20, count: 8 << 20 + 1)
    #expect(throws: DefinitionError.self) { try DefinitionReader.read(large, environment: [:]) }
  }

  @Test("may use aliases for values")
  func aliases() throws {
    let text = sample(
      indicator: "ratio: &r { source: m, good: a, total: b }",
      extra: "title: \"odd: [x] y? *b &c\"\n      p: { objective: 9%, window: 7d, ratio: *r }")
    #expect(try read(text).objectives.count == 2)
  }

  @Test(
    "that is broken is refused with its place",
    arguments: [
      ("a: [", 2, 1), ("a: b: c", 1, 5), ("a: 'x", 2, 1), ("a:\n\t- b", 2, 1), ("a: *nope", 1, 4),
      ("a: b\n---\nc: d", 2, 1), ("a: \u{1}", 1, 4), ("ä: \"é\u{7F}\"", 1, 6),
    ])
  func syntax(text: String, line: Int, column: Int) throws {
    let finding = try #require(
      only(text + (text.hasSuffix("[") || text.hasSuffix("x") ? "\n" : "")))
    guard case .syntax = finding.problem else {
      Issue.record("\(finding)")
      return
    }
    #expect(finding.position == Position(line: line, column: column), "\(finding)")
  }

  @Test("that is no UTF-8 is refused with its place")
  func notUTF8() {
    let bytes = Array("title: é\nx: ".utf8) + [0xFF]
    let error = #expect(throws: DefinitionError.self) {
      try DefinitionReader.read(bytes, environment: [:])
    }
    #expect(error?.findings == [Finding(.notUTF8, at: Position(line: 2, column: 4))])
  }

  @Test("may begin with a byte-order mark and end its lines with CR LF")
  func lineEnds() throws {
    let text = "\u{FEFF}" + sample(top: "title: x").replacing("\n", with: "\r\n")
    #expect(try read(text).title == "x")
  }

  @Test("cut off anywhere is read or refused, and never traps")
  func everyPrefix() {
    let bytes = Array(fullSample.utf8)
    var refused = 0
    for length in stride(from: 0, to: bytes.count, by: tries(5, long: 1)) {
      do throws(DefinitionError) {
        _ = try DefinitionReader.read(Array(bytes[..<length]), environment: [:])
      } catch {
        refused += 1
        #expect(!error.findings.isEmpty)
      }
    }
    print("configurations: \(bytes.count) prefixes, \(refused) refused")
  }

  // The generator is MINSTD, so that a failure comes again.
  @Test("with any bytes changed is read or refused, and never traps")
  func damagedBytes() {
    let bytes = Array(fullSample.utf8)
    let marks = Array("\n\t {}[],:?-&*!|>'\"%@`#~$\0é\u{85}".utf8) + [0xFF, 0x80]
    var seed: UInt64 = 7
    func random(_ bound: Int) -> Int {
      seed = seed * 48_271 % 2_147_483_647
      return Int(seed) % bound
    }
    var refused = 0
    let rounds = tries(300, long: 3000)
    for _ in 0..<rounds {
      var damaged = bytes
      for _ in 0...random(3) {
        let place = random(damaged.count)
        switch random(3) {
        case 0: damaged[place] = marks[random(marks.count)]
        case 1: damaged.insert(marks[random(marks.count)], at: place)
        default: damaged.removeSubrange(place..<min(damaged.count, place + 1 + random(20)))
        }
      }
      do throws(DefinitionError) {
        _ = try DefinitionReader.read(damaged, environment: [:])
      } catch {
        refused += 1
        #expect(!error.findings.isEmpty)
      }
    }
    print("configurations: \(rounds) damaged, \(refused) refused")
    #expect(refused > 0)
  }

  @Test("with very many findings tells them all")
  func manyFindings() {
    let keys = (0..<40_000).map { "titl\($0): x" }.joined(separator: "\n")
    #expect(findings(keys).count == 40_000)
  }
}
