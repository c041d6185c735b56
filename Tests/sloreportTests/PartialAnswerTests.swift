import Foundation
import TestSupport
import Testing

@Suite("A partial answer")
struct PartialAnswerTests {
  private static func configuration(_ more: String = "") -> String {
    """
    timezone: UTC
    sources: { metrics: { files: "answers/*.json"\(more) } }
    services:
      shop:
        slos:
          orders:
            objective: 98%
            window: 7d
            minimum_history: 1d
            ratio: { source: metrics, good: 'orders_total{code!~"5.."}', total: orders_total }
    """
  }

  /// Eight days up to the end of week 42, an answer every ten minutes.
  ///
  /// Between two are 99 good ones, and a bad one in the series that a storage node holds: whole, 99 of 100 are good,
  /// which is 99 %; without the node 100 %.
  private static func answer(_ members: String, whole: Bool) -> String {
    let series = [("200", 99), ("500", 1)].prefix(whole ? 2 : 1).map { code, step in
      let points = (0...8 * 144).map { index in
        "[\(Workspace.end - Int64(8 * 144 - index) * 600),\"\(step * index)\"]"
      }
      return
        #"{"metric":{"__name__":"orders_total","code":"\#(code)"},"values":[\#(points.joined(separator: ","))]}"#
    }
    return
      #"{"status":"success","data":{"resultType":"matrix","result":[\#(series.joined(separator: ","))]}\#(members)}"#
  }

  @Test(
    "is refused with the server's words: nothing of it is kept, and the gate is shut",
    arguments: [
      (#","isPartial":true"#, #""isPartial": true"#),
      (#","warnings":["a store is away"]"#, "a store is away"),
      (#","errorType":"timeout","error":"a node is down""#, "(timeout), \"a node is down\""),
    ])
  func refused(members: String, words: String) throws {
    let workspace = try Workspace(configuration: PartialAnswerTests.configuration())
    try workspace.write(
      PartialAnswerTests.answer(members, whole: false), to: "answers/a.json")
    let collected = try workspace.run("collect")
    #expect(collected.status == 65, "\(collected)")
    #expect(collected.errors.contains(words) && collected.errors.contains("partial: accept"))
    #expect(try workspace.check().status == 3)
    #expect(try workspace.check("--no-collect").status == 3)
    // Asked again, the server answers in full.
    try workspace.write(PartialAnswerTests.answer("", whole: true), to: "answers/a.json")
    let whole = try workspace.check()
    #expect(whole.status == 0 && whole.output.contains("99.00"), "\(whole)")
  }

  @Test(
    "is counted where the source accepts it; the objective says so while its time is in the window")
  func accepted() throws {
    let workspace = try Workspace(
      configuration: PartialAnswerTests.configuration(", partial: accept"))
    try workspace.write(
      PartialAnswerTests.answer(#","isPartial":true"#, whole: false), to: "answers/a.json")
    #expect(try workspace.run("collect").status == 0)
    for arguments in [[], ["--no-collect"]] {
      let checked = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(checked.status == 0, "\(checked)")
      // The answer's eight days cover the window of seven.
      #expect(
        checked.output.contains(
          "answers are counted that their server reported as incomplete"),
        "\(checked)")
    }
    // A week later it has left the window.
    let later = try workspace.run("check", "--no-collect", "--as-of", "2026-10-26T00:00:00Z")
    #expect(later.status == 3 && !later.output.contains("incomplete"), "\(later)")
    // No longer accepted, it is read again and refused.
    try workspace.write(PartialAnswerTests.configuration(), to: "sloreport.yaml")
    #expect(try workspace.check().status == 3)
  }
}
