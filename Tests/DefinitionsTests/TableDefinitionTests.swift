import Testing

@testable import Definitions

@Suite("What is said about tables")
struct TableDefinitionTests {
  @Test(
    "is refused where it is not understood",
    arguments: [
      ("time: \"%H:%M %%Y\"", .timeWithoutYear("%H:%M %%Y")),
      ("delimiter: \":\"", .badChoice(":", choices: [",", ";", "|", "tab"], nearest: nil)),
      ("time: \"%d.%m.%Y %r\"", .badChoice("%r", choices: [], nearest: nil)),
      ("time: \"%d/%b %H:%M\"", .timeWithoutYear("%d/%b %H:%M")),
      ("time: \"%d/%b/%y %I:%M\"", .halfOfDay("%d/%b/%y %I:%M")),
      ("time: \"%d/%b/%y %H:%M %p\"", .halfOfDay("%d/%b/%y %H:%M %p")),
      ("zone: UTC", .unknownKey("zone", nearest: nil)),
      ("columns: { val: Wert }", .unknownKey("val", nearest: nil)),
      ("columns: time", .wrongType(expected: .mapping)),
    ] as [(String, Problem)])
  func refused(text: String, problem: Problem) {
    let file = """
      sources: { m: { files: a, csv: { \(text) } } }
      services:
        s: { slos: { a: { objective: 99%, window: 7d, availability: { source: m, series: up } } } }
      """
    #expect(problems(file).contains { problem.isLike($0) }, "\(problems(file))")
  }
}

extension Problem {
  /// Whether another problem is the same, whatever name is suggested.
  fileprivate func isLike(_ other: Problem) -> Bool {
    if case .unknownKey(let one, _) = self, case .unknownKey(let two, _) = other {
      return one == two
    }
    if case .badChoice(let one, _, _) = self, case .badChoice(let two, _, _) = other {
      return one == two
    }
    return self == other
  }
}
