import Foundation
import Model
import TestSupport
import Testing

@testable import Delivery

/// An archive of a few small reports.
private struct Reports {
  let folder: TemporaryFolder
  let writer: ArchiveWriter

  var root: String { folder.file("reports") }

  init() throws {
    folder = try TemporaryFolder()
    writer = try ArchiveWriter(root: folder.file("reports"))
  }

  static func report(_ period: String, revision: Int? = 0, verdict: String = "Well.")
    -> ArchivedReport
  {
    ArchivedReport(
      kind: "weekly", period: period, revision: revision, made: Instant(seconds: 1_792_368_000),
      program: "sloreport 1.0.0", title: "Shop, \(period)", tone: "ok", verdict: verdict,
      facts: SHA256(of: Array("\(period) \(revision ?? -1)".utf8)),
      inputs: SHA256(of: Array(period.utf8)))
  }

  static func files(_ text: String) -> [Artifact] {
    [
      Artifact(path: "weekly.html", bytes: Array("<p>\(text)".utf8)),
      Artifact(path: "charts/days.svg", bytes: Array("<svg>\(text)".utf8)),
    ]
  }

  static func pages(_ lines: [ArchiveLine]) -> [Artifact] {
    [Artifact(path: "index.html", bytes: Array("\(lines.count) lines".utf8))]
  }

  func deliver(_ period: String, revision: Int? = 0, _ text: String = "") throws {
    try writer.deliver(
      Reports.report(period, revision: revision), Reports.files(period + text),
      pages: Reports.pages)
  }

  /// Three periods, one of them revised.
  func deliverSome() throws {
    try deliver("2026-W40")
    try deliver("2026-W41")
    try deliver("2026-W40", revision: 1, "new")
    try deliver("2026-W42")
  }

  var text: [UInt8] { get throws { try folder.read("reports/archive.jsonl") } }

  func write(_ text: [UInt8]) throws { try folder.write(text, to: "reports/archive.jsonl") }

  /// The lines with their ends.
  func textLines() throws -> [[UInt8]] {
    try text.split(separator: 10, omittingEmptySubsequences: true).map { Array($0) + [10] }
  }

  /// The first thing that is found, as `archive verify` looks for it.
  func verified() throws -> String? {
    let archive = try Archive(of: root)
    if let fault = archive.fault { return "\(fault)" }
    do throws(ArchiveFault) {
      for line in archive.latest { try archive.check(line) }
    } catch {
      return "\(error)"
    }
    return try archive.unlisted().first
  }
}

@Suite("The archive of reports")
struct ArchiveTests {
  @Test("has a line for each delivery that changed something, each with the hash of the one before")
  func addsLines() throws {
    let reports = try Reports()
    try reports.deliverSome()
    let text = try reports.text
    try reports.deliver("2026-W42")
    #expect(try reports.text == text, "the same again adds nothing")
    let archive = try Archive(of: reports.root)
    #expect(archive.fault == nil)
    #expect(
      archive.lines.map { "\($0.report.period) \($0.report.revision ?? -1)" }
        == ["2026-W40 0", "2026-W41 0", "2026-W40 1", "2026-W42 0"])
    #expect(archive.latest.map(\.report.period) == ["2026-W41", "2026-W40", "2026-W42"])
    // What `tail -1 archive.jsonl | sha256sum` prints.
    #expect(archive.head == SHA256(of: try #require(try reports.textLines().last)))
    let hashes: [SHA256?] = try reports.textLines().map { SHA256(of: $0) }
    #expect(archive.lines.map(\.previous) == [nil] + hashes.dropLast())
    try reports.deliver("2026-W42", "another look")
    #expect(try reports.textLines().count == 5)
    #expect(try reports.folder.read("reports/index.html") == Array("5 lines".utf8))
    #expect(try reports.verified() == nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: reports.root).sorted() == [
        "2026-W40", "2026-W41", "2026-W42", "archive.jsonl", "archive.jsonl.lock", "index.html",
      ])
  }

  @Test("is the same bytes for the same deliveries")
  func isTheSame() throws {
    let (one, other) = (try Reports(), try Reports())
    try one.deliverSome()
    try other.deliverSome()
    #expect(try one.text == other.text)
  }

  @Test("has one text for a line, whatever is in it, and reads no other")
  func readsLines() throws {
    for words in ["", "\"\\\u{0}\n\u{7F}\u{1F}é\u{2028}🙂", "{\"a\":\"b\"}", "a\\u0041", "\u{FFFD}"]
    {
      for revision in [nil, 0, 12] {
        let line = ArchiveLine(
          report: Reports.report("2026-W42", revision: revision, verdict: words),
          files: [
            .init(path: "a", hash: SHA256(of: [1])), .init(path: words, hash: SHA256(of: [])),
          ],
          previous: revision == nil ? nil : SHA256(of: [2]))
        #expect(ArchiveLine(text: line.text) == line)
        #expect(ArchiveLine(text: Array(line.text.dropLast())) == nil)
        #expect(ArchiveLine(text: [32] + line.text) == nil)
        let object = try JSONSerialization.jsonObject(with: Data(line.text)) as? [String: Any]
        #expect(object?["verdict"] as? String == words)
      }
    }
  }

  @Test("every line that lost any of its ends is refused, without a trap")
  func refusesPrefixes() throws {
    let text = ArchiveLine(
      report: Reports.report("2026-W42", verdict: "\"\u{1}"),
      files: [.init(path: "a", hash: SHA256(of: [1]))], previous: nil
    ).text
    for length in 0..<text.count { #expect(ArchiveLine(text: Array(text[..<length])) == nil) }
  }

  @Test("a flipped bit in any byte of the archive or of any file is found and named")
  func findsFlips() throws {
    let reports = try Reports()
    try reports.deliverSome()
    var (lines, flips) = (0, 0)
    func flip(_ path: String, by step: Int, _ expect: (Int, String?) -> Void) throws {
      let bytes = try reports.folder.read("reports/\(path)")
      for index in stride(from: 0, to: bytes.count, by: step) {
        var flipped = bytes
        flipped[index] ^= 1 << UInt8(index % 8)
        try reports.folder.write(flipped, to: "reports/\(path)")
        expect(index, try reports.verified())
        flips += 1
      }
      try reports.folder.write(bytes, to: "reports/\(path)")
    }
    // Which line a byte lies in; a line end belongs to its line.
    let ends = try reports.textLines().reduce(into: [Int]()) {
      $0.append(($0.last ?? 0) + $1.count)
    }
    try flip("archive.jsonl", by: tries(9, long: 1)) { index, found in
      let line = (ends.firstIndex { index < $0 } ?? 0) + 1
      lines = max(lines, line)
      #expect(found?.contains("line: \(line)") == true, "byte \(index): \(found ?? "nothing")")
    }
    #expect(lines == 4)
    for period in ["2026-W40", "2026-W41", "2026-W42"] {
      for name in ["weekly.html", "charts/days.svg"] {
        try flip("\(period)/\(name)", by: 1) { index, found in
          #expect(
            found?.hasPrefix("changed(period: \"\(period)\", path: \"\(name)\"") == true,
            "\(name), byte \(index): \(found ?? "nothing")")
        }
      }
    }
    print("\(flips) flipped bits, each named")
    #expect(try reports.verified() == nil)
  }

  @Test("lines that are cut, removed, added, swapped or repeated are found and named")
  func findsLines() throws {
    let reports = try Reports()
    try reports.deliverSome()
    let lines = try reports.textLines()
    func found(_ lines: [[UInt8]]) throws -> String {
      try reports.write(lines.flatMap(\.self))
      return try reports.verified() ?? "nothing"
    }
    #expect(try found(lines) == "nothing")
    #expect(try found(Array(lines[..<3]) + [Array(lines[3].dropLast(20))]) == "cut(line: 4)")
    #expect(try found(Array(lines[..<3]) + [Array(lines[3].dropLast())]) == "cut(line: 4)")
    // The folder of the line is still there.
    #expect(try found(Array(lines[..<3])) == "2026-W42")
    #expect(try found([]) == "2026-W40")
    #expect(try found(Array(lines[1...])).hasPrefix("order(line: 1, period: \"2026-W41\""))
    #expect(
      try found([lines[0], lines[2], lines[3]]).hasPrefix("order(line: 2, period: \"2026-W40\""))
    #expect(
      try found([lines[0], lines[2], lines[1], lines[3]]).hasPrefix(
        "order(line: 2, period: \"2026-W40\""))
    #expect(try found(lines + [lines[3]]).hasPrefix("order(line: 5, period: \"2026-W42\""))
    #expect(try found(lines + [Array("{}\n".utf8)]).hasPrefix("altered(line: 5"))
    #expect(try found(lines + [[10]]).hasPrefix("altered(line: 5"))
    // A line of the right form and the right place, of which nobody wrote the files.
    try reports.write(lines.flatMap(\.self))
    let archive = try Archive(of: reports.root)
    let forged = ArchiveLine(
      report: Reports.report("2026-W43"), files: [], previous: archive.head)
    #expect(try found(lines + [forged.text]) == "noFolder(\"2026-W43\")")
  }

  @Test("files and folders that are gone, added or something else are found and named")
  func findsFiles() throws {
    let reports = try Reports()
    try reports.deliverSome()
    let files = FileManager.default
    let page = "\(reports.root)/2026-W41/weekly.html"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: page))
    try files.removeItem(atPath: page)
    #expect(
      try reports.verified()?.hasPrefix("missing(period: \"2026-W41\", path: \"weekly.html\"")
        == true)
    try reports.folder.write(Array(bytes), to: "elsewhere")
    try files.createSymbolicLink(
      atPath: page, withDestinationPath: reports.folder.file("elsewhere"))
    #expect(try reports.verified()?.hasPrefix("missing(period: \"2026-W41\"") == true, "a link")
    try files.removeItem(atPath: page)
    try bytes.write(to: URL(fileURLWithPath: page))
    try reports.folder.write([1], to: "reports/2026-W41/charts/more.svg")
    #expect(
      try reports.verified() == "extra(period: \"2026-W41\", path: \"charts/more.svg\")")
    try files.removeItem(atPath: "\(reports.root)/2026-W41/charts/more.svg")
    #expect(try reports.verified() == nil)
    try files.moveItem(
      atPath: "\(reports.root)/2026-W41", toPath: "\(reports.root)/2026-W39")
    #expect(try reports.verified() == "noFolder(\"2026-W41\")")
    try files.copyItem(
      atPath: "\(reports.root)/2026-W39", toPath: "\(reports.root)/2026-W41")
    #expect(try reports.verified() == "2026-W39")
    try files.moveItem(
      atPath: "\(reports.root)/2026-W39", toPath: "\(reports.root)/customer")
    #expect(try reports.verified() == nil, "only folders named after periods are reports")
    try files.removeItem(atPath: "\(reports.root)/archive.jsonl")
    #expect(try reports.verified() == "absent")
    #expect(try Archive(of: reports.root).unlisted() == ["2026-W40", "2026-W41", "2026-W42"])
  }

  // The four steps: announced, swapped, added, no longer announced.
  @Test(
    "a kill between any two steps of a delivery is repaired, and is no damage", arguments: 0...3)
  func isRepaired(step: Int) throws {
    let reports = try Reports()
    try reports.deliverSome()
    let before = try reports.text
    // The next line as a whole run writes it, in a copy.
    let whole = try Reports()
    try whole.deliverSome()
    try whole.deliver("2026-W42", revision: 1, "late")
    let after = try whole.text
    let line = try #require(try whole.textLines().last)
    if step >= 1 { try reports.folder.write(line, to: "reports/archive.pending") }
    if step >= 2 {
      try ArtifactWriter(root: reports.root).replace(
        "2026-W42", with: Reports.files("2026-W42late"))
    }
    if step >= 3 { try reports.write(after) }
    #expect(try reports.verified() == nil, "step \(step)")
    #expect(try Archive(of: reports.root).unfinished == (step == 2 ? "2026-W42" : nil))
    try reports.writer.rewrite(Reports.pages)
    #expect(try reports.text == (step < 2 ? before : after))
    #expect(!FileManager.default.fileExists(atPath: "\(reports.root)/archive.pending"))
    #expect(try reports.verified() == nil)
    try reports.deliver("2026-W42", revision: 1, "late")
    #expect(try reports.text == after, "made again, it is the same as if nothing had happened")
  }

  @Test("an announcement does not excuse a folder that was altered")
  func excusesNothing() throws {
    let reports = try Reports()
    try reports.deliverSome()
    let archive = try Archive(of: reports.root)
    let line = ArchiveLine(
      report: Reports.report("2026-W42", revision: 1), files: [], previous: archive.head)
    try reports.folder.write(line.text, to: "reports/archive.pending")
    try reports.folder.write([1], to: "reports/2026-W42/weekly.html")
    #expect(try reports.verified()?.hasPrefix("changed(period: \"2026-W42\"") == true)
    try reports.writer.rewrite(Reports.pages)
    #expect(try reports.verified()?.hasPrefix("changed(period: \"2026-W42\"") == true)
  }

  @Test("killed at random moments, it stays one that fits its files")
  func survivesKills() async throws {
    let reports = try Reports()
    try reports.deliverSome()
    let root = reports.root
    for round in 0..<tries(6, long: 60) {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [root = root as String, round = round as Int] in
        let writer = try ArchiveWriter(root: root)
        var random = SeededGenerator(seed: UInt64(round))
        let pause = UInt32.random(in: 500..<300_000, using: &random)
        Thread.detachNewThread {
          usleep(pause)
          kill(getpid(), SIGKILL)
        }
        var number = round * 100_000
        while true {
          number += 1
          try writer.deliver(
            Reports.report("2026-W4\(number % 3)", revision: number),
            Reports.files("\(number)"), pages: Reports.pages)
        }
      }
      #expect(try reports.verified() == nil, "round \(round)")
    }
    try ArchiveWriter(root: root).deliver(
      Reports.report("2026-W42"), Reports.files("after all"), pages: Reports.pages)
    #expect(try reports.verified() == nil)
    let left = try FileManager.default.contentsOfDirectory(atPath: root)
    #expect(left.filter { $0.hasPrefix(".") || $0.hasSuffix("pending") } == [])
    print("\(try reports.textLines().count) lines after the kills")
  }

  @Test("takes deliveries of several runs at once, one after the other")
  func locks() async throws {
    let reports = try Reports()
    // Each delivery opens the lock anew, as another run would.
    let writer = reports.writer
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for round in 0..<3 {
            try writer.deliver(
              Reports.report("2026-W1\(number)"), Reports.files("\(number) \(round)"),
              pages: Reports.pages)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try reports.textLines().count == 24)
    #expect(try reports.verified() == nil)
  }

  @Test("when it is damaged, a report is still written, but no line is added")
  func keepsEvidence() throws {
    let reports = try Reports()
    try reports.deliverSome()
    var text = try reports.text
    text[20] ^= 1
    try reports.write(text)
    #expect(throws: ArchiveFault.self) { try reports.deliver("2026-W43") }
    #expect(try reports.folder.read("reports/2026-W43/weekly.html") == Array("<p>2026-W43".utf8))
    #expect(try reports.text == text)
    #expect(throws: ArchiveFault.self) { try reports.writer.rewrite(Reports.pages) }
  }

  @Test("a report that cannot be written leaves the archive as it was")
  func undoes() throws {
    let reports = try Reports()
    try reports.deliverSome()
    let text = try reports.text
    #expect(throws: DeliveryError.self) {
      // A file in the place of a folder.
      try reports.writer.deliver(
        Reports.report("2026-W43"),
        [Artifact(path: "a", bytes: []), Artifact(path: "a/b", bytes: [])],
        pages: Reports.pages)
    }
    #expect(try reports.text == text)
    #expect(try reports.verified() == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(reports.root)/archive.pending"))
  }
}
