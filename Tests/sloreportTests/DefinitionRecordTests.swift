import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("A changed definition")
struct DefinitionRecordTests {
  private static func slo(_ name: String, good: String, total: String) -> String {
    "      \(name): { objective: 99%, window: 7d, ratio: { source: metrics, good: '\(good)', total: '\(total)' } }\n"
  }

  private static func configuration(_ slos: String...) -> String {
    "timezone: UTC\nsources: { metrics: { files: \"snapshots/*.om\" } }\nservices:\n  shop:\n    slos:\n"
      + slos.joined()
  }

  private static let narrow = slo(
    "orders", good: #"orders_total{code="ok"}"#, total: #"orders_total{code="ok"}"#)
  private static let wide = slo(
    "orders", good: #"orders_total{code="ok"}"#, total: "orders_total")

  /// Orders of which nobody asked for the failed ones; then the file is gone, but for that of the last two days.
  private func kept(_ slos: String) throws -> Workspace {
    let workspace = try Workspace(
      configuration: DefinitionRecordTests.configuration(slos),
      snapshot: Workspace.orders(badEvery: 2, until: Workspace.end - 2 * 86_400))
    // Its counters start at 0 again.
    try workspace.write(Workspace.orders(days: 2, badEvery: 200), to: "snapshots/orders.new.om")
    let outcome = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0, "\(outcome)")
    try FileManager.default.removeItem(
      at: workspace.folder.appendingPathComponent("snapshots/orders.om"))
    return workspace
  }

  @Test(
    "a selector that is widened after the old files are gone is not judged until its window is covered"
  )
  func widened() throws {
    let workspace = try kept(DefinitionRecordTests.narrow)
    try workspace.write(
      DefinitionRecordTests.configuration(DefinitionRecordTests.wide), to: "sloreport.yaml")
    let before = try workspace.check("--no-collect")
    #expect(before.status == 3 && before.output.contains("not collected"), "\(before)")
    for arguments in [[], ["--no-collect"], []] {
      let check = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(check.status == 3, "\(check)")
      #expect(
        check.output.contains("orders_total has data only from Fri 16 Oct 23:59 on"), "\(check)")
    }
    // Seven days later the window begins after the first reading.
    let end = Workspace.end + 6 * 86_400
    try workspace.write(Workspace.orders(days: 6, badEvery: 200, until: end), to: "snapshots/x.om")
    let later = try workspace.run("check", "--as-of", "2026-10-25T00:00:00Z")
    #expect(later.status == 0, "\(later)")
  }

  @Test("one that is widened while the old files are there is judged at once")
  func widenedWhole() throws {
    let workspace = try Workspace(
      configuration: DefinitionRecordTests.configuration(DefinitionRecordTests.narrow),
      snapshot: Workspace.orders(badEvery: 2))
    #expect(try workspace.check().status == 0)
    try workspace.write(
      DefinitionRecordTests.configuration(DefinitionRecordTests.wide), to: "sloreport.yaml")
    let check = try workspace.check()
    #expect(check.status == 1, "\(check)")
  }

  @Test("one that is narrowed is judged at once, also without collecting")
  func narrowed() throws {
    let workspace = try kept(DefinitionRecordTests.wide)
    try workspace.write(
      DefinitionRecordTests.configuration(
        DefinitionRecordTests.slo(
          "orders", good: #"orders_total{code="ok"}"#, total: #"orders_total{code!="failed"}"#)),
      to: "sloreport.yaml")
    #expect(try workspace.check("--no-collect").status == 0)
    #expect(try workspace.check().status == 0)
  }

  @Test("an objective that is added does not close the others")
  func added() throws {
    let workspace = try kept(DefinitionRecordTests.narrow)
    let other = DefinitionRecordTests.slo(
      "other", good: "payments_total", total: "payments_total")
    try workspace.write(
      DefinitionRecordTests.configuration(DefinitionRecordTests.narrow, other),
      to: "sloreport.yaml")
    #expect(try workspace.check("shop/orders", "--no-collect").status == 0)
    #expect(try workspace.check("shop/other", "--no-collect").status == 3)
    let check = try workspace.check()
    #expect(check.status == 3 && check.output.contains("open     orders"), "\(check)")
  }

  @Test("data that start later than an earlier run knew are a doubt")
  func startsLater() throws {
    let workspace = try Workspace(
      configuration: DefinitionRecordTests.configuration(DefinitionRecordTests.wide)
        .replacingOccurrences(of: "7d", with: "16d"),
      snapshot: Workspace.orders(badEvery: 200))
    #expect(try workspace.check().status == 0)
    // The file has 15 days: from 2026-10-04. An earlier run knew of 20.
    do {
      let store = try HistoryStore.open(
        at: workspace.folder.appendingPathComponent("sloreport.db").path, for: .write)
      try store.note(
        try store.asked(of: "metrics").map { asked in
          var asked = asked
          asked.first = Instant(seconds: Workspace.end - 20 * 86_400)
          return asked
        }, of: "metrics")
    }
    let check = try workspace.check("--no-collect")
    #expect(check.status == 3, "\(check)")
    #expect(
      check.output.contains("started at Tue 29 Sep 2026 00:00 in an earlier run"), "\(check)")
  }

  @Test("an objective that was lowered inside its window is named, and so is another window")
  func lowered() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    let first = try workspace.check()
    #expect(first.status == 0 && !first.output.contains("lowered"), "\(first)")
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "99%", with: "97.5%")
        .replacingOccurrences(of: "7d", with: "8d"), to: "sloreport.yaml")
    for arguments in [["--no-collect"], [], []] {
      let check = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(check.status == 0, "\(check)")
      #expect(
        check.output.contains("the objective was lowered from 99.00 % to 97.50 % on "), "\(check)"
      )
      #expect(check.output.contains("its window was 7d"), "\(check)")
    }
    // Higher again: it is not lower than it ever was.
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "99%", with: "99.5%"), to: "sloreport.yaml")
    #expect(try workspace.check().output.contains("lowered") == false)
  }

  // 2,016 readings of ten orders in the window, and one bad at each of 144 in the last half day: 144 of 20,304 are 0.71 % of the
  // 1 % allowed, so 29 % is left; without the half day nothing was bad.
  @Test("agreed time that hides a tenth of the budget is named")
  func excluded() throws {
    var text = Workspace.orders().split(separator: "\n").map(String.init)
    var failed = 0
    for (index, line) in text.enumerated() where line.contains("failed") {
      let time = Int64(line.split(separator: " ").last ?? "") ?? 0
      if time > Workspace.end - 43_200 { failed += 1 }
      text[index] = "orders_total{code=\"failed\"} \(failed) \(time)"
    }
    let workspace = try Workspace(
      configuration: Workspace.configuration
        + "\nexclusions: [ { from: 2026-10-18T12:00:00Z, to: 2026-10-19T00:00:00Z, reason: Move } ]\n",
      snapshot: text.joined(separator: "\n") + "\n")
    let check = try workspace.check()
    #expect(check.status == 0, "\(check)")
    #expect(
      check.output.contains(
        "if the agreed time counted, 29 % of the budget would be left"),
      "\(check)")
  }
}
