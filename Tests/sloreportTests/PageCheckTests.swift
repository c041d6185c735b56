import Foundation
import TestSupport
import Testing

/// The pages of both packs, one with every kind of trouble in it, and what is found on them.
private struct Pages {
  static let shared = Task { try await onThread { try Pages() } }

  let findings: [PageCheck.Finding]

  private init() throws {
    let long = Words(
      list: (0..<8).map { "Long\($0)" + String(repeating: "unbroken", count: 8) },
      fileName: String(repeating: "damaged", count: 20) + ".om")
    let (workspace, page) = try long.page()
    var jobs = [PageCheck.Job(file: page.path, checks: [.valid, .rules, .axe, .widths, .contrast])]
    let (demo, database) = (try Demo.shared.get(), try PriceJobs.shared.get())
    let index = demo.folder.appendingPathComponent("reports/index.html")
    // The newer pages are not yet free of findings of width, contrast, paper and size.
    for page in demo.pages + database.pages + [index] {
      jobs.append(
        page.lastPathComponent == "weekly.html"
          ? PageCheck.Job(file: page.path)
          : PageCheck.Job(file: page.path, checks: [.valid, .axe]))
    }
    for folder in (demo.pages + database.pages).map({ $0.deletingLastPathComponent() }) {
      let charts = folder.appendingPathComponent("charts")
      for name in try FileManager.default.contentsOfDirectory(atPath: charts.path).sorted()
      where name.hasSuffix(".svg") {
        jobs.append(
          PageCheck.Job(file: charts.appendingPathComponent(name).path, checks: [.valid]))
      }
    }
    try #require(jobs.count >= 5)
    let found = try withExtendedLifetime(workspace) { try PageCheck.findings(jobs) }
    // The index has no figures.
    findings = found.filter { $0.file != index.path || !$0.text.hasSuffix("no drawing is shown") }
  }
}

/// All blemished pages at once: starting a browser for each would take longer than looking.
private struct BlemishedPages {
  static let shared = Task { try await onThread { try BlemishedPages() } }

  /// By the number of the blemish.
  let findings: [[PageCheck.Finding]]

  private init() throws {
    let good = String(
      decoding: try Data(
        contentsOf: Demo.shared.get().report.appendingPathComponent("weekly.html")), as: UTF8.self)
    let folder = try TemporaryFolder()
    let files = try Blemish.all.enumerated().map { index, blemish in
      let page = blemish.applied(to: good)
      let isChanged = page != good
      try #require(isChanged, "\(blemish.testDescription): nothing was changed")
      let styled = page.replacing("</style>", with: Blemish.style + "</style>")
      return try folder.write(Array(styled.utf8), to: "\(index).html")
    }
    let jobs = zip(files, Blemish.all).map { PageCheck.Job(file: $0, checks: [$1.check]) }
    let found = try PageCheck.findings(jobs)
    findings = files.map { file in found.filter { $0.file == file } }
  }
}

@Suite("Pages, looked at with a validator, axe-core, browsers and printers")
struct PageCheckTests {
  @Test("nothing is found on any page", arguments: PageCheck.allCases)
  func isGood(check: PageCheck) async throws {
    let findings = try await Pages.shared.value.findings.filter { $0.check == check }
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  @Test("a blemish in a page is found", arguments: Blemish.all.indices)
  func findsBlemishes(index: Int) async throws {
    let blemish = Blemish.all[index]
    let findings = try await BlemishedPages.shared.value.findings[index]
    for expected in blemish.findings {
      #expect(
        findings.contains { $0.text.contains(expected) }, "\(expected) in \(findings.map(\.text))")
    }
  }
}
