import Foundation
import TestSupport
import Testing

@Suite("Reports and the history on disk")
struct OutputTests {
  @Test("a report is written once and stays the same bytes")
  func staysTheSame() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let first = try workspace.weekly()
    #expect(first.status == 0, "\(first)")
    let names = [
      "weekly.html", "weekly.md", "weekly.json", "charts/burndown.png", "charts/burndown.svg",
    ]
    let before = try names.map { try workspace.read("reports/2026-W42/\($0)") }
    // Made again later: the figures and the date of the first making stand.
    let again = try workspace.run("weekly", "--week", "2026-W42", "--as-of", "2026-10-25T09:00:00Z")
    #expect(again.status == 0, "\(again)")
    for (name, bytes) in zip(names, before) where !name.hasSuffix(".svg") {
      #expect(try workspace.read("reports/2026-W42/\(name)") == bytes, "\(name)")
    }
  }

  /// Ways in which one machine differs from another, as lines of shell before the program runs.
  private static let surroundings = [
    "true",
    "cd /; umask 077; export TZ=Asia/Kathmandu HOME=/nonexistent USER=nobody",
    "umask 000; export TZ=:America/New_York LC_ALL=de_DE.UTF-8 COLUMNS=20 TERM=dumb NO_COLOR=1",
    "export LC_ALL=C LANG=tr_TR.UTF-8 LANGUAGE=tr HOSTNAME=elsewhere XDG_CACHE_HOME=/nonexistent",
  ]

  private func files(in folder: URL) throws -> [String: Data] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) {
      let file = folder.appendingPathComponent($1)
      if !file.hasDirectoryPath { $0[$1] = try Data(contentsOf: file) }
    }
  }

  /// Every file of a report is the same as those of another.
  private func expectSame(_ one: URL, _ other: URL, _ line: String) throws {
    let (one, other) = (try files(in: one), try files(in: other))
    #expect(one.keys.contains { $0.hasSuffix(".png") } && one.keys.contains("weekly.html"))
    #expect(one.keys.sorted() == other.keys.sorted(), "\(line)")
    for (name, bytes) in one { #expect(other[name] == bytes, "\(name): \(line)") }
  }

  @Test("the same snapshots make the same bytes of every file, wherever and however it is done")
  func readsTheSameEverywhere() throws {
    let demo = try Demo.shared.get()
    let workspaces = try Self.surroundings.map { line in
      let workspace = try demo.copy()
      for snapshot in try demo.snapshots.suffix(3) { try workspace.add(snapshot) }
      let outcome = try workspace.program.shell(
        "place=$PWD; \(line); \"$PROGRAM\" weekly --quiet --as-of \(Demo.asOf) "
          + "-c \"$place/sloreport.yaml\"",
        in: workspace.folder)
      #expect(outcome.status == 0, "\(outcome)")
      return workspace
    }
    let reports = workspaces.map { $0.folder.appendingPathComponent("reports/2026-W42") }
    for (report, line) in zip(reports, Self.surroundings).dropFirst() {
      try expectSame(reports[0], report, line)
    }
  }

  @Test("the same history makes the same bytes of every file, wherever and however it is done")
  func writesTheSameEverywhere() throws {
    let jobs = try PriceJobs.shared.get()
    let workspace = try jobs.copy()
    for line in Self.surroundings {
      let folder = try TemporaryFolder()
      let outcome = try workspace.program.shell(
        "place=$PWD; \(line); \"$PROGRAM\" weekly --quiet --no-collect --as-of \(Demo.asOf) "
          + "-c \"$place/sloreport.yaml\" --out '\(folder.path)'",
        in: workspace.folder)
      #expect(outcome.status == 0, "\(outcome)")
      let again = URL(fileURLWithPath: folder.file("2026-W42"))
      try withExtendedLifetime(folder) { try expectSame(jobs.folder, again, line) }
    }
  }

  @Test("late data make a marked revision")
  func marksRevisions() throws {
    let workspace = try Workspace(
      snapshot: Workspace.orders(badEvery: 50, until: Workspace.end - 7200))
    #expect(try workspace.weekly().status == 0)
    try workspace.write(Workspace.orders(badEvery: 10), to: "snapshots/orders.om")
    let revised = try workspace.weekly()
    #expect(revised.status == 0, "\(revised)")
    #expect(revised.output.contains("Revised on"), "\(revised.output)")
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.html"), as: UTF8.self)
    #expect(page.contains("late data"))
  }

  /// What is in the folder of reports after a week.
  private static let output = [
    "2026-W42", "archive.jsonl", "archive.jsonl.lock", "feed.xml", "index.html",
  ]

  @Test("an output place that cannot be made is said before anything else (D1)")
  func preflights() throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    try workspace.write("a file", to: "blocked")
    let outcome = try workspace.weekly("--out", "blocked/reports")
    #expect(outcome.status == 73, "\(outcome)")
    #expect(outcome.errors.contains("blocked"))
    #expect(!workspace.exists("sloreport.db"), "nothing was collected")
  }

  @Test("a full disk leaves the old report and the old history whole (C4, D2)")
  func survivesFullDisk() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    #expect(try workspace.weekly().status == 0)
    let page = try workspace.read("reports/2026-W42/weekly.html")
    let history = try workspace.read("sloreport.db")
    try workspace.write(Workspace.orders(days: 60, badEvery: 7), to: "snapshots/more.om")
    // A limit of 8 KiB a file stands for a full disk: the write fails in the middle.
    let collected = try workspace.program.shell(
      "ulimit -f 8; \"$PROGRAM\" collect --as-of \(Workspace.asOf)", in: workspace.folder)
    #expect(collected.status == 74, "\(collected)")
    #expect(try workspace.run("doctor", "--verify").output.contains("every checksum fits"))
    #expect(try workspace.read("sloreport.db") == history)
    let reported = try workspace.program.shell(
      "ulimit -f 4; \"$PROGRAM\" weekly --no-collect --as-of \(Workspace.asOf)",
      in: workspace.folder)
    #expect(reported.status == 74, "\(reported)")
    #expect(try workspace.read("reports/2026-W42/weekly.html") == page)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("reports").path)
    #expect(left.sorted() == Self.output)
  }

  @Test("a second run ends with 75 while the first holds the history (C9)")
  func locksOut() throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    let outcome = try workspace.program.shell(
      "exec 9<>sloreport.db.lock; flock -x 9; \"$PROGRAM\" check --as-of \(Workspace.asOf)",
      in: workspace.folder)
    #expect(outcome.status == 75, "\(outcome)")
    #expect(outcome.errors.contains("in use"))
  }

  @Test("killed at random moments, nothing is lost or half-written (C1, D3)")
  func survivesKills() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let began = ContinuousClock.now
    #expect(try workspace.weekly().status == 0)
    var whole = (ContinuousClock.now - began) / .seconds(1)
    let page = try workspace.read("reports/2026-W42/weekly.html")
    var generator = SeededGenerator(seed: 7)
    let total = try Self.total(in: workspace)
    let kills = tries(5, long: 400)
    var round = 0
    while round < kills {
      // The same again, so that the figures stay.
      try workspace.write(Workspace.orders(badEvery: 50), to: "snapshots/round\(round).om")
      let running = try workspace.program.start(
        ["weekly", "--as-of", Workspace.asOf], in: workspace.folder)
      usleep(UInt32(whole * 1e6 * Double.random(in: 0...1, using: &generator)))
      kill(running.identifier, SIGKILL)
      if running.finish().status == -SIGKILL {
        round += 1
      } else {
        // It was quicker than the first one: earlier, until it is hit.
        whole *= 0.9
      }
      #expect(try workspace.read("reports/2026-W42/weekly.html").suffix(8) == page.suffix(8))
      #expect(try Self.total(in: workspace) == total, "what was kept is still there")
    }
    let verified = try workspace.run("doctor", "--verify")
    #expect(verified.output.contains("every checksum fits"), "\(verified)")
    #expect(try workspace.weekly().status == 0)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("reports").path)
    #expect(left.sorted() == Self.output, "what killed runs left is cleared")
    #expect(try workspace.run("archive", "verify").status == 0)
  }

  /// The events counted in the window, from the history alone.
  private static func total(in workspace: Workspace) throws -> Int64 {
    let outcome = try workspace.check("--no-collect", "--format", "json")
    let counts = outcome.output.split(separator: "\"counts\" : {").dropFirst().first ?? ""
    let digits = counts.split(separator: "\"total\" : ").dropFirst().first?.prefix { $0.isNumber }
    return digits.flatMap { Int64($0) } ?? -1
  }

  @Test("a flipped bit in the history is named, or changes nothing (C6)")
  func findsDamage() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    let good = try workspace.check("--no-collect", "--format", "json")
    #expect(good.status == 0)
    let history = try workspace.read("sloreport.db")
    var generator = SeededGenerator(seed: 11)
    var (named, unchanged) = (0, 0)
    let flips = tries(50, long: 1500)
    for _ in 0..<flips {
      var bytes = history
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
        1 << UInt8.random(in: 0..<8, using: &generator)
      try workspace.write(bytes, to: "sloreport.db")
      let outcome = try workspace.check("--no-collect", "--format", "json")
      if outcome.status == 0 {
        #expect(outcome.output == good.output, "a changed figure without a word")
        unchanged += 1
      } else {
        #expect([65, 74, 77, 78].contains(outcome.status), "\(outcome)")
        named += 1
      }
    }
    #expect(named > 0)
    print(
      "\(flips) flipped bits: \(named) named, \(unchanged) without effect on the answer")
  }

  @Test("with standard output closed the report is clean (D12)")
  func survivesClosedStreams() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let closed = try workspace.program.shell(
      "\"$PROGRAM\" weekly --as-of \(Workspace.asOf) <&- >&- 2>&-; echo $?", in: workspace.folder)
    #expect(closed.output == "0\n")
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
  }

  @Test("modes do not depend on the umask (D10)")
  func setsModes() throws {
    for mask in ["000", "077"] {
      let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
      let outcome = try workspace.program.shell(
        "umask \(mask); \"$PROGRAM\" weekly --quiet --as-of \(Workspace.asOf); "
          + "stat -c %a reports reports/2026-W42 reports/2026-W42/weekly.html sloreport.db "
          + "reports/{archive.jsonl,archive.jsonl.lock,feed.xml,index.html}",
        in: workspace.folder)
      #expect(
        outcome.output == "750\n750\n" + String(repeating: "640\n", count: 6), "\(outcome)")
    }
  }

  @Test("cron sees nothing on success")
  func isQuiet() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    for arguments in [["collect"], ["weekly"], ["check"], ["validate"], ["doctor"]] {
      let instant =
        ["validate", "doctor"].contains(arguments[0]) ? [] : ["--as-of", Workspace.asOf]
      let outcome = try workspace.program.run(
        arguments + ["--quiet"] + instant, in: workspace.folder)
      #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome)")
    }
  }

  @Test("a week closes by its own data, and another definition does not rewrite it")
  func keepsThePast() throws {
    // Data end before the week: a report of nothing is not the last word.
    let workspace = try Workspace(snapshot: Workspace.orders(until: Workspace.end - 8 * 86_400))
    #expect(try workspace.weekly().status == 4)
    try workspace.write(Workspace.orders(badEvery: 50), to: "snapshots/orders.om")
    #expect(try workspace.weekly().status == 0)
    let closed = try workspace.read("reports/2026-W42/weekly.json")
    #expect(!String(decoding: closed, as: UTF8.self).contains("\"revision\""))
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "99%", with: "90%"), to: "sloreport.yaml")
    #expect(try workspace.weekly().status == 0)
    #expect(try workspace.read("reports/2026-W42/weekly.json") == closed)
  }

  @Test("without a history there is nothing to report from")
  func needsAHistory() throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    for command in ["weekly", "check"] {
      let outcome = try workspace.run(command, "--no-collect", "--as-of", Workspace.asOf)
      #expect(outcome.status == 66, "\(outcome)")
      #expect(!workspace.exists("sloreport.db"))
    }
  }

  @Test("a look into the far future does not thin the history")
  func keepsItsMinutes() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let before = try workspace.check("--format", "json")
    #expect(try workspace.run("check", "--as-of", "2035-01-01T00:00:00Z").status == 3)
    #expect(try workspace.check("--format", "json").output == before.output)
  }

  @Test("a closed week is shown in its own zone after the configuration has another")
  func keepsItsZone() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    #expect(try workspace.weekly("--week", "2026-W42").status == 0)
    let page = try workspace.read("reports/2026-W42/weekly.html")
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "UTC", with: "Asia/Kathmandu"),
      to: "sloreport.yaml")
    let again = try workspace.weekly("--week", "2026-W42")
    #expect(again.status == 0, "\(again)")
    #expect(try workspace.read("reports/2026-W42/weekly.html") == page)
  }

  @Test("a window of minutes is named in minutes")
  func namesMinutes() throws {
    let workspace = try Workspace(
      configuration: Workspace.configuration.replacingOccurrences(of: "7d", with: "90m"),
      snapshot: Workspace.orders(badEvery: 2))
    #expect(try workspace.check().output.contains("overspent its 90-minute budget"))
  }
}
