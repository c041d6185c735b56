import ArgumentParser
import Charts
import Definitions
import Glibc
import History
import Ingest
import Model
import Reports

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what a report needs: zone data, sources, history, disk, fonts.",
    discussion: """
      Prints one line for each check. The exit code is that of the first check that failed.

      EXAMPLES:
        sloreport doctor
        sloreport doctor --verify             read the whole history back and check every sum
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "Read the whole history back and check it.")
  var verify = false

  func run() throws {
    let project = try Project(common)
    var findings: [Finding] = [
      Finding("program", "sloreport \(SLOReport.version)"),
      Finding(
        "configuration",
        "\(project.path), \(project.configuration.objectives.count) objectives"),
      Finding(
        "time zone", "\(project.zone.name), zone data \(project.zone.release ?? "built in")"),
    ]
    findings += sources(project)
    findings += history(project)
    findings += [disk(project), fonts()]
    let width = findings.map(\.name.count).max() ?? 0
    let text = findings.map { finding in
      "\(finding.failure == nil ? "ok  " : "FAIL")  \(finding.name)"
        + String(repeating: " ", count: width - finding.name.count + 2) + finding.text
    }
    let failed = findings.compactMap(\.failure).first
    if !(common.quiet && failed == nil) {
      let lines = text.map(Escape.cleaned).joined(separator: "\n") + "\n"
      guard Streams.print(Wording.plain(lines)) else {
        throw Failure(.inputOutput, "the findings could not be printed")
      }
    }
    if let failed { throw Verdict(status: failed) }
  }

  struct Finding {
    let name: String
    let text: String
    let failure: ExitStatus?

    init(_ name: String, _ text: String, failure: ExitStatus? = nil) {
      self.name = name
      self.text = text
      self.failure = failure
    }
  }

  private func sources(_ project: Project) -> [Finding] {
    project.configuration.sources.map { source in
      let name = "source \(source.name)"
      let files = SnapshotSource.files(source.pattern, root: project.folder)
      return files.isEmpty
        ? Finding(name, "no file matches \(source.pattern)", failure: .noInput)
        : Finding(name, "\(files.count) files match \(source.pattern)")
    }
  }

  private func history(_ project: Project) -> [Finding] {
    do {
      let store = try project.open(for: .read)
      var findings = [
        Finding(
          "history",
          "\(project.historyPath), layout \(HistoryStore.schemaVersion), SQLite \(HistoryStore.libraryVersion)"
        )
      ]
      if verify {
        let damages = try store.verify()
        findings += damages.map {
          Finding("history", "damaged: \(HistoryText.words($0))", failure: .inputOutput)
        }
        if damages.isEmpty { findings.append(Finding("verify", "every checksum fits")) }
      }
      return findings
    } catch let failure as Failure {
      let absent = failure.status == .noInput
      return [
        Finding(
          "history", failure.lines.joined(separator: "; "), failure: absent ? nil : failure.status)
      ]
    } catch let error as HistoryError {
      let failure = HistoryText.failure(error, path: project.historyPath)
      return [Finding("history", failure.lines.joined(separator: "; "), failure: failure.status)]
    } catch {
      return [Finding("history", "\(error)", failure: .internalError)]
    }
  }

  private func disk(_ project: Project) -> Finding {
    var status = statvfs()
    guard statvfs(project.historyFolder, &status) == 0 else {
      return Finding("disk", Files.words(errno), failure: .inputOutput)
    }
    let free = Int64(clamping: status.f_bavail) * Int64(clamping: status.f_frsize) / (1 << 20)
    return Finding("disk", "\(free) MiB free", failure: free < 64 ? .inputOutput : nil)
  }

  private func fonts() -> Finding {
    do {
      return Finding("fonts", "charts use \(try Raster.fontFamily())")
    } catch {
      return Finding("fonts", ChartText.reason(error), failure: .incomplete)
    }
  }
}
