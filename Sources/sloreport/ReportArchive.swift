import Delivery
import History
import Model
import Reports

/// The archive of a folder of reports, and the pages that are made from it.
struct ReportArchive {
  private let root: String
  private let writer: ArchiveWriter
  private let project: Project

  init(root: String, of project: Project) throws {
    (self.root, self.project) = (root, project)
    writer = try ArchiveWriter(root: root)
  }

  /// Delivers a report; `closed` is what the history keeps of its period, if that is closed.
  ///
  /// - Returns: The words for a damaged archive: then the report is written, but not archived.
  func deliver(
    _ report: Report, _ files: [Artifact], closed: ClosedPeriod?, made: Instant
  ) throws -> Failure? {
    let facts = try closed?.facts ?? FactsCodec.encode(report.facts)
    let inputs = closed.flatMap { $0.inputs.isEmpty ? nil : SHA256(of: $0.inputs) }
    do {
      try writer.deliver(
        report.archived(
          revision: closed?.revision, made: made, program: "sloreport \(SLOReport.version)",
          facts: SHA256(of: facts), inputs: inputs),
        files, pages: pages)
      return nil
    } catch let fault as ArchiveFault {
      return ArchiveText.failure(
        fault, in: root,
        after:
          "; the report is written, but not archived: restore a copy of archive.jsonl, or move it away"
      )
    }
  }

  /// Makes the pages anew.
  func rewrite() throws { try writer.rewrite(pages) }

  private func pages(_ lines: [ArchiveLine]) throws -> [Artifact] {
    let index = ReportIndex(lines, title: project.title, zone: project.zone)
    let pages = [("index.html", try index.page()), ("feed.xml", index.feed())]
    return pages.compactMap { name, text in
      text.map { Artifact(path: name, bytes: Array($0.utf8)) }
    }
  }
}
