import Foundation
import TestSupport
import Testing

@Suite("The gate")
struct GateTests {
  // 15 days of readings every 5 minutes, 10 good orders each. In the last 7 days 2016 readings: 20 160 good orders.
  @Test("is open with budget left, and says so first")
  func isOpen() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 100))
    let outcome = try workspace.check()
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.hasPrefix("Release gate OPEN.\n"))
  }

  @Test("closes below 10 % of the budget, with exit code 1")
  func closes() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 8))
    let outcome = try workspace.check()
    #expect(outcome.status == 1, "\(outcome)")
    #expect(
      outcome.output.hasPrefix("Release gate CLOSED. orders has overspent its 7-day budget.\n"))
  }

  // Exactly at the objective is met: 99 good of 100 each reading, 99 % asked for: 0 % left, not overspent; the gate is
  // closed by the policy (below 10 %), but the state is at risk.
  @Test("compares exactly: at the objective the budget is used up, but not overspent")
  func comparesExactly() throws {
    let lines = (0...15 * 288).map { index in
      let time = Workspace.end - Int64(15 * 288 - index) * 300
      return (
        "orders_total{code=\"ok\"} \(99 * index) \(time)",
        "orders_total{code=\"failed\"} \(index) \(time)"
      )
    }
    let text =
      "# TYPE orders counter\n" + (lines.map(\.0) + lines.map(\.1)).joined(separator: "\n")
      + "\n# EOF\n"
    let workspace = try Workspace(snapshot: text)
    let outcome = try workspace.check("--format", "json")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\"state\" : \"atRisk\""))
    #expect(outcome.output.contains("\"left\" : 0"))
    #expect(
      try workspace.check().output.hasPrefix(
        "Release gate CLOSED. orders has 0 % of its 7-day budget left (closes below 10 %)."))
  }

  @Test("keeps its answer when the reader goes away, and says so when the device is full")
  func survivesItsReader() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 100))
    let piped = try workspace.program.shell(
      "\"$PROGRAM\" check --as-of \(Workspace.asOf) | head -c 1; echo ${PIPESTATUS[0]}",
      in: workspace.folder)
    #expect(piped.output.hasSuffix("0\n"))
    let full = try workspace.program.shell(
      "\"$PROGRAM\" check --as-of \(Workspace.asOf) > /dev/full", in: workspace.folder)
    #expect(full.status == 74)
    #expect(full.errors.contains("could not be printed"))
  }

  @Test("only the objectives of a broken source are unknown")
  func keepsTheOthers() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources:
          metrics: { files: "snapshots/*.om" }
          other: { files: "elsewhere/*.om" }
        services:
          shop:
            slos:
              orders:
                objective: 99%
                window: 7d
                ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
              pages: { objective: 99%, window: 7d, availability: { source: other, up: up } }
        """, snapshot: Workspace.orders(badEvery: 100))
    let both = try workspace.check()
    #expect(both.status == 3)
    #expect(both.output.contains("no data  pages"), "\(both.output)")
    #expect(both.output.contains("open     orders"), "\(both.output)")
    #expect(try workspace.check("shop/orders").status == 0)
  }

  @Test("a name that matches nothing is wrong usage, with a suggestion")
  func suggestsNames() throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    let outcome = try workspace.check("shop/order")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean shop/orders?"))
    #expect(try workspace.run("check", "--nonsense").status == 64)
    let command = try workspace.run("chek")
    #expect(command.status == 64 && command.errors.contains("did you mean check?"), "\(command)")
    #expect(try workspace.run("--version").output == "sloreport 0.1.0\n")
    #expect(try workspace.run("help", "check").output.contains("EXAMPLES"))
  }

  @Test("nothing bad at all is a full budget")
  func isFull() throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    let outcome = try workspace.check()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("100 % left"))
  }
}
