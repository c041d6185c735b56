import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("The archive of reports, by the program")
struct ArchiveCommandTests {
  private func reported() throws -> Workspace {
    let workspace = try Workspace(
      snapshot: Workspace.orders(badEvery: 50, until: Workspace.end - 7200))
    let outcome = try workspace.weekly()
    try #require(outcome.status == 0, "\(outcome)")
    return workspace
  }

  private func lines(_ workspace: Workspace, in folder: String = "reports") throws -> [[String:
    Any]]
  {
    try workspace.read("\(folder)/archive.jsonl").split(separator: 10).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }

  private func hash(_ bytes: some Sequence<UInt8>) -> String { SHA256(of: Array(bytes)).hex }

  @Test("a report has one line, which names every file, its facts and its inputs")
  func hasLine() throws {
    let workspace = try reported()
    let line = try #require(try lines(workspace).first)
    #expect(line["period"] as? String == "2026-W42" && line["kind"] as? String == "weekly")
    #expect(line["revision"] as? Int == 0 && line["made"] as? String == Workspace.asOf)
    #expect(line["previous"] is NSNull)
    let store = try HistoryStore.open(
      at: workspace.folder.appendingPathComponent("sloreport.db").path, for: .read)
    let closed = try #require(try store.closedPeriod(kind: "weekly", name: "2026-W42"))
    #expect(line["facts"] as? String == hash(closed.facts))
    #expect(line["inputs"] as? String == hash(closed.inputs))
    let inputs = String(decoding: closed.inputs, as: UTF8.self)
    let bytes = try workspace.read("snapshots/orders.om").count
    #expect(inputs.contains("\"path\" : \"snapshots/orders.om\"") && inputs.contains("\(bytes)"))
    let files = try #require(line["files"] as? [String: String])
    let folder = workspace.folder.appendingPathComponent("reports/2026-W42")
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      !folder.appendingPathComponent($0).hasDirectoryPath
    }
    #expect(files.keys.sorted() == found.sorted())
    for (name, value) in files {
      #expect(try hash(workspace.read("reports/2026-W42/\(name)")) == value, "\(name)")
    }
    let words =
      try #require(
        try JSONSerialization.jsonObject(with: workspace.read("reports/2026-W42/weekly.json"))
          as? [String: Any])["words"] as? [String: Any]
    #expect(line["verdict"] as? String == words?["verdict"] as? String)
  }

  @Test("the same again adds nothing, a revision and another look each add a line")
  func grows() throws {
    let workspace = try reported()
    let first = try workspace.read("reports/archive.jsonl")
    #expect(try workspace.weekly().status == 0)
    #expect(try workspace.read("reports/archive.jsonl") == first)
    try workspace.write(Workspace.orders(badEvery: 10), to: "snapshots/orders.om")
    #expect(try workspace.weekly().status == 0)
    #expect(try workspace.weekly("--letter").status == 0)
    let all = try lines(workspace)
    #expect(all.map { $0["revision"] as? Int } == [0, 1, 1])
    #expect(all[1]["facts"] as? String == all[2]["facts"] as? String)
    #expect(all[1]["inputs"] as? String == all[2]["inputs"] as? String)
    #expect(all[0]["inputs"] as? String != all[1]["inputs"] as? String)
    let text = try workspace.read("reports/archive.jsonl")
    let ends = text.indices.filter { text[$0] == 10 }
    #expect(all[1]["previous"] as? String == hash(text[...ends[0]]))
    let verified = try workspace.run("archive", "verify")
    #expect(verified.status == 0, "\(verified)")
    #expect(verified.output.contains("3 lines, 1 report, "))
    #expect(verified.output.contains(hash(text[text.index(after: ends[1])...])), "to be signed")
    let index = String(decoding: try workspace.read("reports/index.html"), as: UTF8.self)
    #expect(index.contains("2026-W42/weekly.html") && index.contains("revision 1"))
    let feed = String(decoding: try workspace.read("reports/feed.xml"), as: UTF8.self)
    #expect(feed.components(separatedBy: "<entry>").count == 3)
  }

  @Test("what was altered is named, and ends with 65")
  func verifies() throws {
    let workspace = try reported()
    func found(_ status: Int32 = 65) throws -> String {
      let outcome = try workspace.run("archive", "verify", "--quiet")
      #expect(outcome.status == status, "\(outcome)")
      return outcome.errors
    }
    #expect(try found(0) == "")
    let page = try workspace.read("reports/2026-W42/weekly.html")
    try workspace.write(page + [32], to: "reports/2026-W42/weekly.html")
    #expect(
      try found().contains(
        "reports/2026-W42/weekly.html: the file was altered: its hash was \(hash(page)), and is "
          + hash(page + [32])))
    try workspace.write(page, to: "reports/2026-W42/weekly.html")
    let text = try workspace.read("reports/archive.jsonl")
    try workspace.write(text.dropLast(9), to: "reports/archive.jsonl")
    #expect(try found().contains("archive.jsonl, line 1: the last line is cut"))
    try workspace.write(text, to: "reports/archive.jsonl")
    try workspace.write("", to: "reports/2026-W41/weekly.html")
    #expect(try found().contains("reports/2026-W41: no line"))
    try FileManager.default.removeItem(
      at: workspace.folder.appendingPathComponent("reports/2026-W41"))
    let history = workspace.folder.appendingPathComponent("sloreport.db")
    let aside = workspace.folder.appendingPathComponent("aside.db")
    try FileManager.default.moveItem(at: history, to: aside)
    #expect(try found(0).contains("only files were compared"))
    // Another history: the week is closed anew, with other figures, and not reported.
    #expect(
      try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    #expect(try found().contains("the history does not have weekly 2026-W42, revision 0"))
    try workspace.write(Workspace.orders(badEvery: 20), to: "snapshots/orders.om")
    #expect(try workspace.weekly("--out", "elsewhere").status == 0)
    #expect(
      try found().contains("the facts of weekly 2026-W42, revision 0 in the history are others"))
    try workspace.write(text.dropFirst(), to: "reports/archive.jsonl")
    #expect(try found().contains("archive.jsonl, line 1: the line was altered"))
    let reported = try workspace.weekly()
    #expect(
      reported.status == 65 && reported.errors.contains("the report is written"), "\(reported)")
    #expect(try workspace.run("archive").status == 65)
  }

  @Test("a folder of its own has an archive of its own")
  func hasRoots() throws {
    let workspace = try reported()
    #expect(try workspace.weekly("--out", "reports/customer").status == 0)
    #expect(try lines(workspace, in: "reports/customer").count == 1)
    #expect(try lines(workspace).count == 1)
    for arguments in [[], ["--out", "reports/customer"]] {
      let outcome = try workspace.program.run(
        ["archive", "verify"] + arguments, in: workspace.folder)
      #expect(outcome.status == 0, "\(outcome)")
    }
    #expect(workspace.exists("reports/customer/index.html"))
  }

  @Test("a report of a week that is not closed is archived as such")
  func isNotClosed() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(until: Workspace.end - 8 * 86_400))
    #expect(try workspace.weekly().status == 4)
    let line = try #require(try lines(workspace).first)
    #expect(line["revision"] is NSNull && line["inputs"] is NSNull)
    #expect(try workspace.run("archive", "verify").status == 0)
    #expect(!workspace.exists("reports/feed.xml"))
  }

  @Test("the index is made anew; without reports there is nothing to verify")
  func rewrites() throws {
    let workspace = try reported()
    let index = try workspace.read("reports/index.html")
    try workspace.write("", to: "reports/index.html")
    try FileManager.default.removeItem(
      at: workspace.folder.appendingPathComponent("reports/feed.xml"))
    #expect(try workspace.run("archive").output == "./reports/index.html\n")
    #expect(try workspace.read("reports/index.html") == index)
    #expect(workspace.exists("reports/feed.xml"))
    let empty = try Workspace()
    #expect(try empty.run("archive", "verify").status == 66)
  }

  @Test("a reader without the right to write verifies, too")
  func verifiesCopies() throws {
    let workspace = try reported()
    let outcome = try workspace.program.shell(
      "rm reports/archive.jsonl.lock; chmod a-w reports; \"$PROGRAM\" archive verify",
      in: workspace.folder)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(!workspace.exists("reports/archive.jsonl.lock"))
  }

  /// Every call that changes a name or syncs a file, as strace can stop at them.
  private static let calls = ["rename", "renameat2", "fsync", "unlink", "mkdir"]

  // Wherever a run is killed while it delivers, the archive fits the files, and the next run ends as if nothing had been.
  @Test(
    "killed at each call of a delivery, nothing is damaged, and the next run finishes it",
    arguments: calls)
  func survivesKills(call: String) throws {
    let workspace = try reported()
    try workspace.write(Workspace.orders(badEvery: 10), to: "snapshots/orders.om")
    // The revision is closed, and delivered elsewhere: what is killed is the delivery.
    try #require(try workspace.weekly("--out", "whole").status == 0)
    let whole = try lines(workspace, in: "whole")
    var (kills, number) = (0, 0)
    let step = ["fsync", "unlink"].contains(call) ? tries(5, long: 1) : 1
    let before = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: workspace.folder.appendingPathComponent("reports").path,
      toPath: before.file("reports"))
    while true {
      number += step
      let outcome = try workspace.program.shell(
        """
        rm -rf reports; cp -a '\(before.path)/reports' .; \
        strace -f -o /dev/null -e trace=\(call) -e inject=\(call):signal=KILL:when=\(number) \
        "$PROGRAM" weekly --no-collect --as-of \(Workspace.asOf)
        """, in: workspace.folder)
      let verified = try workspace.run("archive", "verify")
      #expect(verified.status == 0, "\(call) \(number): \(verified)")
      if outcome.status == 0 { break }
      #expect(try workspace.run("archive").status == 0)
      let repaired = try workspace.run("archive", "verify")
      #expect(repaired.status == 0 && repaired.errors.isEmpty, "\(call) \(number): \(repaired)")
      kills += 1
      try #require(outcome.status == -SIGKILL || outcome.status == 128 + SIGKILL, "\(outcome)")
    }
    #expect(
      try lines(workspace).last?["files"] as? [String: String]
        == whole.last?["files"] as? [String: String])
    #expect(try lines(workspace).count == 2)
    print("\(call): \(kills) kills")
  }
}
