import Foundation
import Glibc
import TestSupport
import Testing

/// What Tests/tools/check_pdfs.py finds in a PDF and in its page.
private struct PDF: Decodable {
  let rules: [String]
  let isTagged: Bool
  let title: String
  let language: String
  let created: String
  let pages: Int
  /// The alternative texts of its figures, and what the page's drawings say.
  let figures: [String?]
  let drawings: [String?]
  let outline: [String]
  let headings: [String]
  let fonts: [String]
  let untagged: [[String]]
}

@Suite("The PDF of a report")
struct PDFTests {
  struct Printer: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let path: String
    /// What PyPI's `pdfua` finds, and why it stays: Chromium does not mark the running header and footer as such (01-003)
    /// and writes no declaration of a standard (28-004); WeasyPrint gives cells the ids of their headings but no scope (15-003).
    let rules: [String]
    let created: String
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let printers = [
    Printer(
      testDescription: "Chromium", path: "/usr/bin:/bin", rules: ["UA-01-003", "UA-28-004"],
      created: "D:20261019060000+00'00'"),
    Printer(
      testDescription: "WeasyPrint", path: root.appendingPathComponent(".build-tools/bin").path,
      rules: ["UA-15-003"], created: ""),
  ]

  @Test("is tagged, says what its figures say, and has an outline", arguments: printers)
  func isAccessible(printer: Printer) async throws {
    try await onThread {
      let workspace = try Workspace(copyOf: Demo.shared.get().folder)
      let weekly = try workspace.program.run(
        ["weekly", "--no-collect", "--pdf", "--as-of", Demo.asOf], in: workspace.folder,
        environment: ["PATH": printer.path])
      #expect(weekly.status == 0, "\(weekly)")
      let report = workspace.folder.appendingPathComponent("reports/2026-W42")
      let found = try Program("sloreport").shell(
        ".build-tools/bin/python Tests/tools/check_pdfs.py '\(report.path)/weekly.html' "
          + "'\(report.path)/weekly.pdf'", in: PDFTests.root)
      try #require(found.status == 0, "`make test` installs what is missing. \(found.errors)")
      let pdf = try #require(
        try JSONDecoder().decode([PDF].self, from: Data(found.output.utf8)).first)
      #expect(pdf.rules == printer.rules)
      #expect(pdf.isTagged && pdf.language == "en-GB")
      #expect(pdf.title == "Pricing sync reliability report, 2026-W42")
      #expect(pdf.created == printer.created)
      #expect(pdf.pages == 4)
      #expect(pdf.figures == pdf.drawings)
      #expect(pdf.figures.count > 10 && pdf.outline.count > 10)
      #expect(pdf.outline == pdf.headings)
      #expect(pdf.fonts.count == 2)
      #expect(
        pdf.fonts.allSatisfy { $0.contains("TrueType") && !$0.contains("Type 3") }, "\(pdf.fonts)")
      if printer.testDescription == "Chromium" {
        for (index, lines) in pdf.untagged.enumerated() {
          let foot = "data to Sun 18 Oct 23:57 Page \(index + 1) of 4"
          let head = index == 0 ? [] : ["Pricing sync · Reliability report, 2026-W42"]
          #expect(lines.dropLast() == head[...] && lines.last?.hasSuffix(foot) == true, "\(lines)")
        }
      }
      #expect(try PDFTests.leftovers(workspace) == [])
    }
  }

  /// Temporary files in the folder of reports.
  private static func leftovers(_ workspace: Workspace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("reports").path
    ).filter { $0.hasPrefix(".") }
  }

  /// A workspace with a printer that is a script.
  private static func workspace(_ name: String, _ script: String) throws -> Workspace {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    try workspace.write("#!/bin/sh\n\(script)\n", to: "bin/\(name)")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: workspace.folder.appendingPathComponent("bin/\(name)").path)
    return workspace
  }

  private static func arguments(_ more: String...) -> [String] {
    ["weekly", "--pdf", "--as-of", Workspace.asOf] + more
  }

  @Test(
    "is missing, and the rest is written, where nothing prints it",
    arguments: [
      ("none", "", "no Chromium and no WeasyPrint is on the PATH; install Chromium"),
      (
        "weasyprint", "echo WeasyPrint version 57.2",
        "is WeasyPrint 57.2, and 70 or later is needed"
      ),
      (
        "chromium", #"printf 'it\033[31m broke\n' >&2; exit 7"#,
        "chromium ended with 7\nsloreport:   it[31m broke\n"
      ),
      ("google-chrome", "printf %%PDF-1.7 >page.pdf", "google-chrome left no whole PDF\n"),
    ])
  func isMissing(name: String, script: String, words: String) throws {
    let workspace = try PDFTests.workspace(name, script)
    let bin = workspace.folder.appendingPathComponent("bin").path
    try workspace.write("an earlier report", to: "reports/2026-W42/weekly.pdf")
    let outcome = try workspace.program.run(
      PDFTests.arguments(), in: workspace.folder, environment: ["PATH": "bin:\(bin)"])
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.errors.hasPrefix("sloreport: weekly.pdf is missing: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.contains("weekly.html"))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("reports/2026-W42").path)
    #expect(files.sorted() == ["charts", "tables", "weekly.html", "weekly.json", "weekly.md"])
    #expect(try PDFTests.leftovers(workspace) == [])
    if name == "none" {
      #expect(outcome.errors.contains("Not looked into: bin (relative)"), "\(outcome.errors)")
      // A path that is not there at all.
      #expect(try workspace.run("weekly", "--pdf", "--as-of", Workspace.asOf).status == 4)
    }
  }

  @Test("a signal ends the printer and what it started, clears all away, and ends the program")
  func endsWithASignal() async throws {
    try await onThread(mostlySleeping: true) {
      let workspace = try PDFTests.workspace(
        "chromium",
        """
        trap '' TERM INT
        /usr/bin/setsid /usr/bin/sleep 1000 &
        echo $$ $! >"${0%/*}/numbers.new"; /bin/mv "${0%/*}/numbers.new" "${0%/*}/numbers"
        while :; do /usr/bin/sleep 1000; done
        """)
      // Threads of a test block signals, and what they start would, too.
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      let running = try workspace.program.start(
        PDFTests.arguments("--quiet"), in: workspace.folder,
        environment: ["PATH": workspace.folder.appendingPathComponent("bin").path])
      while running.isRunning, !workspace.exists("bin/numbers") { usleep(3_000) }
      kill(running.identifier, SIGTERM)
      let outcome = running.finish()
      #expect(outcome.status == -SIGTERM, "\(outcome)")
      #expect(outcome.errors.isEmpty, "\(outcome)")
      let numbers = String(decoding: try workspace.read("bin/numbers"), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      #expect(numbers.count == 2)
      #expect(!workspace.exists("reports/2026-W42"))
      for number in numbers {
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(number)"))
      }
      #expect(try PDFTests.leftovers(workspace) == [])
    }
  }
}
