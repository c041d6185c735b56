import ArgumentParser
import Definitions
import Delivery
import Glibc
import History
import Model

struct ArchiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Make the index of all reports anew, or verify all reports.",
    discussion: """
      Without a verb it makes index.html and feed.xml anew.

      EXAMPLES:
        sloreport archive
        sloreport archive verify
        sloreport archive verify --out reports/customer
      """,
    subcommands: [Verify.self])

  struct Place: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The folder of the reports.", valueName: "folder"))
    var out: String?

    func root(of project: Project) -> String {
      out ?? project.located(project.configuration.output)
    }
  }

  @OptionGroup var place: Place

  func run() throws {
    let project = try Project(place.common)
    let root = place.root(of: project)
    do {
      try ReportArchive(root: root, of: project).rewrite()
    } catch let fault as ArchiveFault {
      throw ArchiveText.failure(fault, in: root)
    }
    if !place.common.quiet {
      try Streams.print("\(root)/index.html\n", orFail: "the index is written, but not printed")
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare every line, file and closed period with the archive.",
      discussion: """
        Ends with 65 and the first line, file or period that is not as it was archived.
        """)

    @OptionGroup var place: Place

    func run() throws {
      let project = try Project(place.common)
      let root = place.root(of: project)
      guard access(root, F_OK) == 0 else { throw ArchiveText.failure(.absent, in: root) }
      let archive = try Archive(of: root)
      let unlisted = try archive.unlisted().first
      if let fault = archive.fault, fault != .absent || unlisted == nil {
        throw ArchiveText.failure(fault, in: root)
      }
      let latest = archive.latest
      let kept = access(project.historyPath, F_OK) == 0
      do {
        if kept {
          try project.withHistory(for: .read) { store in
            for line in latest {
              try archive.check(line)
              try compare(line.report, with: store, in: root)
            }
          }
        } else {
          for line in latest { try archive.check(line) }
        }
      } catch let fault as ArchiveFault {
        throw ArchiveText.failure(fault, in: root)
      }
      if let unlisted {
        throw Failure(
          .damagedInput,
          "\(root)/\(unlisted): no line of archive.jsonl is about this report; make it again if it is older than the archive"
        )
      }
      if !kept {
        Streams.report("there is no history \(project.historyPath): only files were compared")
      }
      if let period = archive.unfinished {
        Streams.report(
          "the line of \(period) is not added yet: its run was killed; the next one does")
      }
      if place.common.quiet { return }
      let counts = [
        Wording.counted(archive.lines.count, "line"), Wording.counted(latest.count, "report"),
        Wording.counted(latest.reduce(0) { $0 + $1.files.count }, "file"),
      ].joined(separator: ", ")
      try Streams.print(
        "\(root): \(counts), all as archived\n"
          + (archive.head.map { "the last line has the hash \($0.hex)\n" } ?? ""),
        orFail: "all is as archived, but it could not be printed")
    }

    /// Compares a line with what the history keeps of the closed period.
    private func compare(_ report: ArchivedReport, with store: HistoryStore, in root: String) throws
    {
      guard let revision = report.revision else { return }
      let name = "\(report.kind) \(report.period), revision \(revision)"
      guard
        let closed = try store.closedPeriod(
          kind: report.kind, name: report.period, revision: revision)
      else {
        throw Failure(
          .damagedInput,
          "\(root)/\(report.period): the history does not have \(name); make the report again")
      }
      let facts = SHA256(of: closed.facts)
      guard facts == report.facts else {
        throw Failure(
          .damagedInput,
          "\(root)/\(report.period): the facts of \(name) in the history are others: their hash was \(report.facts.hex), and is \(facts.hex)"
        )
      }
      let inputs = closed.inputs.isEmpty ? nil : SHA256(of: closed.inputs)
      guard inputs == report.inputs else {
        throw Failure(
          .damagedInput,
          "\(root)/\(report.period): the list of inputs of \(name) in the history is another one")
      }
    }
  }
}
