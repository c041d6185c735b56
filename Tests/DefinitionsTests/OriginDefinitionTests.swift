import Model
import Testing

@testable import Definitions

@Suite("What a source says of where its data come from")
struct OriginDefinitionTests {
  private static func file(_ source: String) -> String {
    """
    sources: { m: { \(source) } }
    services: { s: { slos: { a: { objective: 99%, window: 7d, availability: { source: m, up: up } } } } }
    """
  }

  @Test(
    "names in the pattern, labels and the labels of a target are read; selectors are those of the declaration"
  )
  func isRead() throws {
    let text = OriginDefinitionTests.file(
      #"files: "m/{instance}-*.prom", labels: { env: "${ENV}", zone: a }, target: [job, instance]"#)
    let configuration = try DefinitionReader.read(
      Array(text.utf8), environment: ["ENV": "prod"])
    let source = try #require(configuration.sources.first)
    guard case .files(let files) = source.kind else {
      Issue.record("no files")
      return
    }
    #expect(files.labels == [Label("env", "prod"), Label("zone", "a")])
    #expect(files.target == ["job", "instance"])
    #expect(files.origin == Origin(pattern: "{instance}-*.prom", labels: files.labels))
    #expect(source.feed != "m")
    #expect(configuration.objectives.first?.indicator.selectors.map(\.source) == [source.feed])
    let plain = try DefinitionReader.read(
      Array(OriginDefinitionTests.file("files: m").utf8), environment: [:])
    #expect(plain.objectives.first?.indicator.selectors.map(\.source) == ["m"])
  }

  // The text of the source begins in column 17.
  @Test(
    "is refused where it is not understood, with line and column",
    arguments: [
      ("files: \"{a\"", .unclosedBrace, 24), ("files: \"{le}\"", .badLabel(.reserved("le")), 24),
      ("files: \"{a}/{a}\"", .duplicate("a", firstLine: 1), 24),
      ("files: a, labels: { b-c: d }", .badLabel(.malformed("b-c")), 37),
      ("files: a, labels: { __name__: d }", .badLabel(.reserved("__name__")), 37),
      ("files: \"{a}\", labels: { a: d }", .duplicate("a", firstLine: 1), 41),
      ("files: a, labels: b", .wrongType(expected: .mapping), 35),
      ("files: a, labels: { b: [] }", .wrongType(expected: .text), 40),
      ("files: a, target: job", .wrongType(expected: .list), 35),
      ("files: a, target: []", .wrongType(expected: .list), 35),
      ("files: a, target: [job, job]", .duplicate("job", firstLine: 1), 41),
      ("files: a, target: [\"a b\"]", .badLabel(.malformed("a b")), 36),
    ] as [(String, Problem, Int)])
  func isRefused(source: String, problem: Problem, column: Int) {
    #expect(
      findings(OriginDefinitionTests.file(source))
        == [Finding(problem, at: Position(line: 1, column: column))])
  }
}
