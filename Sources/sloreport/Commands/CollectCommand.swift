import ArgumentParser
import Definitions
import History
import Model
import Reports

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Pull what is new from the sources into the history.",
    discussion: """
      Files that were read before and did not change are skipped. A damaged file is \
      left out and named; the others are kept. Queries are asked for what is new, \
      and for the last two hours again; rows that came later than that need --from.

      EXAMPLES:
        sloreport collect
        sloreport collect --from 2026-01-01   ask the databases again from there on
        sloreport collect --verbose           what was read, what was wrong with it
        zcat metrics.om.gz | sloreport collect --stdin metrics
        sloreport collect --quiet -c /etc/sloreport/sloreport.yaml
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Option(
    help: ArgumentHelp(
      "Ask the queries again from this day (of the report's zone) or instant on.",
      valueName: "day"))
  var from: String?

  @Flag(
    name: .shortAndLong, help: "Also list the files read, and the series with flawed readings.")
  var verbose = false

  @Option(
    name: .customLong("stdin"),
    help: ArgumentHelp(
      "Read one snapshot of this source from standard input, and leave the others aside.",
      valueName: "source"))
  var standardInput: String?

  func run() throws {
    let project = try Project(common)
    if let standardInput { try check(standardInput, of: project) }
    let asOf = try instant.instant()
    let start = try start(in: project.zone, before: asOf)
    let collection = try project.withHistory(for: .write) { store in
      let collection = try Collection(
        project, into: store, asOf: asOf, from: start, standardInput: standardInput,
        countsFlaws: verbose)
      collection.report()
      if !common.quiet {
        for note in collection.notes { Streams.report("source \(note.source): \(note.text)") }
        if !collection.isEmpty {
          for line in try SelectorCheck(project: project, store: store).bounds() {
            Streams.report("\(line.objective): \(line.text)")
          }
        }
      }
      return collection
    }
    let hasFailed = !collection.failures.isEmpty
    if !common.quiet, !(collection.isEmpty && hasFailed) {
      try Streams.print(
        summary(of: collection) + details(of: collection),
        orFail: "the summary could not be printed")
    }
    if hasFailed { throw Verdict(status: collection.status ?? .incomplete) }
  }

  private func summary(of collection: Collection) -> String {
    if collection.isEmpty { return "Nothing new.\n" }
    let counts = collection.counts
    func all(_ count: Int, _ thing: String, _ rest: String = "") -> String {
      Wording.plain(Wording.counted(count, thing)) + rest
    }
    func some(_ count: Int, _ thing: String, _ rest: String) -> String? {
      count > 0 ? all(count, thing, rest) : nil
    }
    let parts = [
      some(counts.files, "file", " read"), some(counts.slices, "slice", " of time queried"),
      all(counts.readings, "reading"), all(counts.cells, "minute", " kept"),
      some(counts.incidents, "incident", " new or changed"),
      some(counts.conflicts, "minute", " in which files hold different values"),
      some(counts.late, "minute", " too old for what is kept at one minute"),
    ]
    let unasked =
      counts.readings > 0 && counts.cells + counts.conflicts + counts.late + counts.incidents == 0
      ? ": no objective asks for any of these series" : ""
    return parts.compactMap(\.self).joined(separator: ", ") + unasked + ".\n"
  }

  /// What `--verbose` adds: a line for each file, and the worst series.
  private func details(of collection: Collection) -> String {
    guard let flaws = collection.counts.flaws else { return "" }
    func number(_ count: Int64) -> String { Wording.count(count) }
    let files = collection.counts.read.map {
      "\($0.path): \(number(Int64($0.read))) read, \(number($0.kept)) kept"
    }
    return (files + FlawText.table(flaws))
      .map { Wording.plain(Escape.cleaned($0)) + "\n" }.joined()
  }

  private func check(_ source: String, of project: Project) throws {
    let files = project.sources.compactMap(\.files?.name)
    guard files.contains(source) else {
      throw Failure(
        .usage,
        files.isEmpty
          ? "--stdin \(source): the configuration has no source of files"
          : "--stdin \(source): the sources of files are \(files.joined(separator: ", "))")
    }
  }

  private func start(in zone: ZoneOffsets, before asOf: Instant) throws -> Instant? {
    guard let from else { return nil }
    let day = ReportPeriod(.day, name: from)?.window(in: zone).start
    guard let start = day ?? Instant(iso: from) else {
      throw Failure(
        .usage,
        "--from: invalid day or instant \(from) \(InstantOption.years); write it like 2026-01-01")
    }
    guard start < asOf else { throw Failure(.usage, "--from \(from) lies in the future") }
    return start
  }
}
