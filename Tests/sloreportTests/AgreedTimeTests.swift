import Foundation
import TestSupport
import Testing

/// Exclusions, through the program.
@Suite("Agreed time")
struct AgreedTimeTests {
  private func workspace(_ exclusions: String) throws -> Workspace {
    try Workspace(
      configuration: Workspace.configuration + "\n"
        + "exclusions: [ \(exclusions) ]\n",
      snapshot: Workspace.orders(badEvery: 12))
  }

  private func facts(_ workspace: Workspace) throws -> [String: Any] {
    let outcome = try workspace.check("--format", "json")
    let facts = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    return try #require((facts["objectives"] as? [[String: Any]])?.first)
  }

  private func counts(_ facts: [String: Any], _ path: String...) throws -> [Int] {
    var place: Any? = facts
    for key in path { place = (place as? [String: Any])?[key] }
    let counts = try #require(place as? [String: Any])
    return [try #require(counts["good"] as? Int), try #require(counts["total"] as? Int)]
  }

  // Seven days of 288 readings: 20,160 good ones and 168 bad. Without Sunday 18 Oct (the readings from 00:05 to 24:00)
  // six days are left: 17,280 good and 144 bad.
  @Test("is left out, and the figure with it stands beside")
  func once() throws {
    let workspace = try workspace(
      "{ from: 2026-10-18, to: 2026-10-19, reason: Move, by: Ada, entered: 2026-10-20 }")
    let facts = try facts(workspace)
    #expect(try counts(facts, "window", "counts") == [17_280, 17_424])
    #expect(try counts(facts, "excluded", "windowCounts") == [20_160, 20_328])
    #expect(facts["coverage"] as? Double == 1)
    _ = try workspace.weekly()
    let text = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
    #expect(
      text.replacingOccurrences(of: "\n  ", with: " ").contains(
        "1 d of agreed time excluded: Move (Sun 18 Oct 00:00 to Mon 19 Oct 00:00, by Ada, entered late)"
      ))
  }

  // Seven nights of two hours: 24 readings each are left out, 14 bad ones among them, at 00:00 and 01:00.
  @Test("comes again by day of the week and clock")
  func weekly() throws {
    let facts = try facts(
      workspace(
        "{ days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: \"00:00\", to: \"02:00\", reason: Backup }"
      ))
    #expect(try counts(facts, "window", "counts") == [18_480, 18_634])
  }

  @Test("that is all of the window leaves nothing to judge, and the gate shut")
  func everything() throws {
    let workspace = try workspace("{ from: 2026-10-01, to: 2026-11-01, reason: Holiday }")
    let outcome = try workspace.check()
    #expect(outcome.status == 3, "\(outcome.output)")
  }
}
