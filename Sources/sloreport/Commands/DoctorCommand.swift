import Analytics
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
    abstract: "Check what a report needs: zone data, sources, databases, history, disk, fonts.",
    discussion: """
      Prints one line for each check. The exit code is that of the first check that \
      failed. Restarts of counters and missing readings are counted with --verify only.

      EXAMPLES:
        sloreport doctor
        sloreport doctor --verify      read the whole history back, check every sum
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "Read the whole history back and check it.")
  var verify = false

  func run() throws {
    let project = try Project(common)
    let count = project.configuration.objectives.count
    var findings: [Finding] = [
      Finding("program", "sloreport \(SLOReport.version)"),
      Finding(
        "configuration",
        "\(project.path), \(Wording.counted(count, "objective"))"),
      Finding(
        "time zone", "\(project.zone.name), zone data \(project.zone.release ?? "built in")"),
    ]
    findings += project.sources.filter { $0.files != nil }.flatMap { $0.findings(project) }
    findings += project.sources.filter { $0.files == nil }.flatMap { $0.findings(project) }
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
      try Streams.print(Wording.plain(lines), orFail: "the findings could not be printed")
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

  /// Sources that earlier runs found in trouble.
  private func health(_ project: Project, _ store: HistoryStore) throws(HistoryError) -> [Finding] {
    guard let now = try? InstantOption.now() else { return [] }
    var findings: [Finding] = []
    for source in project.configuration.sources {
      switch try store.health(of: source.name).permission(at: now) {
      case .free: break
      case .once:
        findings.append(
          Finding("source \(source.name)", "failed in earlier runs; the next run tries once"))
      case .broken(let until), .throttled(let until):
        findings.append(
          Finding(
            "source \(source.name)",
            "not asked before \(until.wholeSecond), after failures of earlier runs",
            failure: .unreachable))
      }
    }
    return findings
  }

  private func history(_ project: Project) -> [Finding] {
    do {
      return try project.withHistory(for: .read) { try history(project, $0) }
    } catch let failure as Failure {
      let absent = failure.status == .noInput
      return [
        Finding(
          "history", failure.lines.joined(separator: "; "), failure: absent ? nil : failure.status)
      ]
    } catch {
      return [Finding("history", "\(error)", failure: .internalError)]
    }
  }

  private func history(_ project: Project, _ store: HistoryStore) throws -> [Finding] {
    var findings = [
      Finding(
        "history",
        "\(project.historyPath), layout \(HistoryStore.schemaVersion), SQLite \(HistoryStore.libraryVersion)"
      )
    ]
    findings += try health(project, store)
    let damages = verify ? try store.verify() : []
    findings += damages.map {
      Finding("history", "damaged: \(HistoryText.words($0))", failure: .inputOutput)
    }
    if !damages.isEmpty { return findings }
    if verify { findings.append(Finding("verify", "every checksum fits")) }
    return try findings + series(project, store) + quality(project, store)
  }

  /// What the objectives ask for and the data do not have.
  private func series(_ project: Project, _ store: HistoryStore) throws -> [Finding] {
    let check = SelectorCheck(project: project, store: store)
    return try (check.mismatches() + check.bounds()).map {
      Finding(
        "objective \($0.objective)", $0.text, failure: $0.isFailure ? .configuration : nil)
    }
  }

  /// What the history holds of each source's last 28 days, and what was wrong with it.
  ///
  /// Only with `--verify` every sample is looked at, which restarts and missing samples need.
  private func quality(
    _ project: Project, _ store: HistoryStore
  ) throws(HistoryError) -> [Finding] {
    guard let end = try store.bounds(of: nil)?.end else { return [] }
    // Whole days of UTC, as the history holds them, so that both ways count the same.
    let last = end.nanoseconds &- 1
    let today = Instant(seconds: last / 86_400_000_000_000 * 86_400)
    let window = Window(start: today - .days(27), end: end)
    let counters = project.counters
    var findings: [Finding] = []
    for source in project.configuration.sources {
      var (series, all, tally) = (0, Flaws(), FlawTally(counters: counters))
      func add(_ flaws: Flaws, _ id: SeriesID) {
        series += 1
        all.add(flaws)
        tally.add(flaws, of: id)
      }
      for feed in project.feeds(of: source.name) {
        if Feed.service(of: feed) != nil {
          var flaws = Flaws()
          for entry in try store.incidents(of: feed) {
            switch entry {
            case .incident(let incident):
              flaws.accepted += window.contains(incident.started) ? 1 : 0
            case .withdrawn: break
            case .unusable(let row): flaws.rejected += row.mayLie(in: window) ? 1 : 0
            }
          }
          if flaws != Flaws() { add(flaws, SeriesID(source: feed, name: "")) }
        } else if verify {
          try store.each(of: feed, in: window) { series in
            let inside = series.cells.filter { Instant(minute: $0.minute) >= window.start }
            guard !inside.isEmpty else { return }
            let isCounter = counters.contains { $0.matches(series.id) }
            add(
              Flaws(
                of: Series(id: series.id, kind: series.kind, cells: inside), isCounter: isCounter),
              series.id)
          }
        } else {
          try store.flaws(of: feed, in: window) { add($1, $0) }
        }
      }
      guard series > 0 else { continue }
      let worst = tally.worst(1).first.map { worst in
        series > 1 ? ", most in \(worst.id.text)" : ""
      }
      findings.append(
        Finding(
          "data \(source.name)",
          "\(Wording.counted(series, "series")), \(Wording.counted(all.accepted, "reading")) in 28 days: "
            + (FlawText.list(all).map { $0 + (worst ?? "") }
              ?? (verify
                ? "nothing wrong with them" : "none rejected, duplicated, out of order or stale"))
        ))
    }
    return findings
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
