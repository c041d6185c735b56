import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("The machine's clock")
struct ClockTests {
  private var now: Int64 { Int64(Date().timeIntervalSince1970) }

  /// "Mon 19 Oct 2026 00:00".
  private func moment(_ seconds: Int64) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "EEE d MMM yyyy HH:mm"
    return format.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
  }

  /// Good orders up to the end of week 42, and one more reading at some time.
  private func orders(and time: Int64) -> String {
    Workspace.orders(badEvery: 200)
      .replacingOccurrences(
        of: "# EOF", with: "orders_total{code=\"late\"} 1 \(time)\n# EOF")
  }

  @Test("data more than 300 s later are a doubt with both instants, for every command")
  func future() throws {
    let later = now + 3600
    let workspace = try Workspace(snapshot: orders(and: later))
    let check = try workspace.check()
    #expect(check.status == 3, "\(check)")
    #expect(
      check.output.contains(
        "data of \(moment(later)), which is after this machine’s clock ("),
      "\(check)")
    #expect(check.output.contains("data end Mon 19 Oct 00:00"), "\(check)")
    #expect(try workspace.check("--no-collect").status == 3)
    let weekly = try workspace.weekly()
    #expect(weekly.output.contains("cannot be decided"), "\(weekly)")
    let json = try workspace.check("--format", "json").output
    #expect(json.contains("\"inFuture\"") && json.contains("\"reference\""), "\(json)")
  }

  @Test("up to 300 s, a clock that is not quite right is no doubt")
  func tolerance() throws {
    let workspace = try Workspace(snapshot: orders(and: now + 200))
    let check = try workspace.check()
    #expect(check.status == 0, "\(check)")
  }

  @Test("a clock that was set back is a doubt with both instants")
  func setBack() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    #expect(try workspace.check().status == 0)
    let later = now + 86_400
    try HistoryStore.open(
      at: workspace.folder.appendingPathComponent("sloreport.db").path, for: .write
    ).notePull(at: Instant(seconds: later))
    for arguments in [[], ["--no-collect"]] {
      let check = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(check.status == 3, "\(check)")
      #expect(check.output.contains("an earlier pull was at \(moment(later))"), "\(check)")
    }
  }
}
