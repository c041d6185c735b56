import Ingest
import Model

/// Words for a source that could not be read.
enum IngestText {
  /// "snapshots/a.om: truncated at byte 4711 (line 80): the `# EOF` mark is missing".
  static func reason(_ error: IngestError) -> String {
    let path = error.path.map { "\($0): " } ?? ""
    if error.reason == .truncated, error.position?.byte == 0 { return path + "empty" }
    return path + words(error.reason) + place(error.position)
  }

  static func status(_ error: IngestError) -> ExitStatus {
    switch error.kind {
    case .missing: .noInput
    case .damaged: .damagedInput
    case .unreachable: .unreachable
    case .unsafe: .unsafe
    case .configuration: .configuration
    }
  }

  /// "queries/orders.sql, 2026-10-12: 3 rows could not be used; the first, row 17: good above total".
  static func rejected(_ rows: RejectedRows, of batch: Batch) -> String {
    let name = batch.file?.path ?? batch.source
    let day = batch.replaces ? batch.span.map { ", from \($0.start)" } ?? "" : ""
    let count = Wording.plain(Wording.counted(Int64(rows.count), "row"))
    return
      "\(name)\(day): \(count) could not be used; the first, row \(rows.row): \(words(rows.reason))"
  }

  /// "snapshots/a.om: the samples of orders are in more than one place, which OpenMetrics forbids; all were read".
  static func parted(_ metric: String, of batch: Batch) -> String {
    "\(batch.file?.path ?? batch.source): the samples of \(metric) are in more than one place, which OpenMetrics "
      + "forbids; all were read"
  }

  /// What is not read of a data directory of Prometheus.
  static func leftOut(_ found: SnapshotSource.LeftOut) -> String {
    let blocks = found.end.map { "its blocks end at \($0.wholeSecond)" } ?? "it has no block yet"
    return "\(found.path): the newest samples of a running Prometheus, in its write-ahead log, "
      + "are not read; \(blocks). A snapshot made through its admin API holds them all"
  }

  private static func words(_ reason: RejectedRows.Reason) -> String {
    switch reason {
    case .noTime: return "no time, or an infinite one"
    case .outside: return "a time outside of :from to :to"
    case .noNumber: return "no number, or an infinite one"
    case .negative: return "a negative count"
    case .goodAboveTotal: return "good above total"
    case .unknownState(let words):
      let quoted = words.map { "\"\($0)\"" }.joined(separator: ", ")
      return "\(quoted) is no state that is known; say beside `hold_at_most` what it means, as "
        + "`states: { \"\(words.first ?? "")\": up }` (up, down or ignored)"
    case .unknownSeverity(let text):
      return "the severity \(text) is not known; say under `severity:` what it means"
    case .endsBeforeStart: return "resolved before it started"
    case .repeatedID(let id): return "the id \(id) stands twice"
    }
  }

  private static func place(_ position: IngestError.Position?) -> String {
    guard let position else { return "" }
    var parts: [String] = []
    if let line = position.line { parts.append("line \(line)") }
    if let column = position.column { parts.append("column \(column)") }
    if let byte = position.byte { parts.append("byte \(byte)") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private static func words(_ reason: IngestError.Reason) -> String {
    switch reason {
    case .noFiles: return "no file matches; relative paths start at the configuration's folder"
    case .notRegular: return "not a regular file"
    case .unreadable(let code): return "cannot be read: \(Files.words(code))"
    case .changedWhileReading: return "changed while it was read; the next run tries again"
    case .unknownFormat:
      return "neither its name (.om, .prom, .csv, .json) nor its content tells the format; a table "
        + "begins with the names of its columns, one of them a time or declared under `csv:`"
    case .damagedGzip: return "the gzip data are damaged"
    case .compressedTooWell(let limit): return "unpacks to more than \(limit) times its size"
    case .truncated: return "truncated: the file ends in the middle"
    case .notUTF8: return "not UTF-8; save it in that encoding"
    case .lineTooLong(let limit): return "a line longer than \(limit) bytes"
    case .expected(.header):
      return "no header that is known; its first line has to name the columns, those of other "
        + "names under `csv:`, as `columns: { time: Zeitpunkt }`"
    case .expected(let element): return "a \(words(element)) is missing"
    case .tooManyLabels(let limit): return "more than \(limit) labels"
    case .labelTooLong(let limit): return "a label longer than \(limit) bytes"
    case .repeatedLabel(let name): return "the label \(name) stands twice"
    case .noTime:
      return "a sample without a time; give the file a UTC stamp in its name, such as "
        + "-20261018T060000Z.prom, or the source `time: mtime`"
    case .implausibleTime: return "a time before 1990"
    case .timeTooLarge:
      return
        "a time after 2199; time stamps 1,000 times too large are milliseconds where seconds belong"
    case .textAfterEnd: return "text after the # EOF mark"
    case .rule(let rule): return "breaks a rule of OpenMetrics: \(words(rule))"
    case .decimalComma(let text):
      let number = text.filter { $0 != "." }.map { $0 == "," ? "." : $0 }
      return "a decimal comma: write \(String(number)) for \(text)"
    case .timeForm(let declared?):
      return "a time that is not written as `\(declared)` under `csv:`"
    case .timeForm(nil):
      return "no time: write it with an offset (2026-10-18T06:00:00Z) or as Unix time, or say "
        + "under `csv:` how it is written, as `time: \"%d.%m.%Y %H:%M:%S\"`"
    case .localTime:
      return "a time without an offset; write it with one (2026-10-18T06:00:00Z), or say under "
        + "`csv:` the `timezone`"
    case .skippedTime: return "a local time that the clocks skipped"
    case .mixedTimes: return "Unix times in different units in one column"
    case .ambiguousColumns(let one, let other):
      return "\(one) and \(other) could both be the time; say which under `csv:`, as "
        + "`columns: { time: \(one) }`"
    case .disordered:
      return "rows out of order in a stream that cannot be read twice; sort them, or give them as "
        + "a file"
    case .missingColumn(""): return "a column without a name"
    case .missingColumn(let name): return "the column \(name) is missing"
    case .repeatedColumn(let name): return "the column \(name) stands twice"
    case .fields(let expected, let found): return "\(found) fields where the header has \(expected)"
    case .answeredError(let type, let text):
      return "the answer of Prometheus is an error" + (type.isEmpty ? "" : " (\(type))")
        + (text.isEmpty ? "" : ": \(text)")
    case .partialAnswer(let partial):
      return "the server says that its answer is not whole: \(words(partial)); ask it again, or "
        + "write `partial: accept` at the source to count what is there"
    case .missingMember("data"):
      return "no answer of Prometheus to `query` or `query_range`: there is no object \"data\""
    case .missingMember(let name): return "the member \"\(name)\" is missing"
    case .repeatedMember(let name): return "the member \"\(name)\" stands twice in one object"
    case .nestedTooDeep(let limit): return "more than \(limit) levels of brackets"
    case .tooManyMembers(let limit): return "an object with more than \(limit) members"
    case .tooManyBounds(let limit): return "a histogram with more than \(limit) buckets"
    case .database(let fault): return DatabaseText.reason(fault)
    case .block(let damage): return words(damage)
    case .quote: return "a quote that is not closed, or stands inside a field"
    }
  }

  private static func words(_ partial: IngestError.PartialAnswer) -> String {
    switch partial {
    case .flag: return "\"isPartial\": true"
    case .warnings(let first, let count):
      return Wording.counted(count, "warning") + (count == 1 ? ", " : ", the first ")
        + "\"\(first)\""
    case .error(let type, let text):
      return "an error beside the data" + (type.isEmpty ? "" : " (\(type))")
        + (text.isEmpty ? "" : ", \"\(text)\"")
    }
  }

  private static func words(_ element: IngestError.Element) -> String {
    switch element {
    case .metricName: return "metric name"
    case .labelName: return "label name"
    case .equals: return "equals sign"
    case .quotedValue: return "value in quotes"
    case .commaOrBrace: return "comma or closing brace"
    case .space: return "space"
    case .number: return "number"
    case .time: return "time"
    case .endOfLine: return "line's end"
    case .comment: return "comment of the format"
    case .type: return "known type"
    case .exemplar: return "whole exemplar"
    case .header: return "header row"
    case .object: return "JSON object"
    case .list: return "JSON list"
    case .colon: return "colon"
    case .jsonValue: return "JSON value"
    case .resultType: return "result type that fits the result (matrix, vector, scalar or string)"
    case .point: return "whole point"
    case .buckets: return "list of buckets in rising order"
    }
  }

  private static func words(_ rule: IngestError.Rule) -> String {
    switch rule {
    case .repeatedName: return "a metric stands in two places"
    case .repeatedMetadata: return "a description stands twice"
    case .metadataAfterSamples: return "a description after the samples"
    case .unit: return "the name does not end in its unit"
    case .value: return "a value its type cannot have"
    case .labelForType: return "a label its type needs is missing or wrong"
    case .exemplarNotAllowed: return "an exemplar where none belongs"
    case .exemplarTooLong: return "an exemplar longer than 128 characters"
    case .order: return "samples out of order"
    case .repeatedSample: return "a sample stands twice"
    case .histogram: return "buckets that contradict each other"
    }
  }

  private static func words(_ damage: IngestError.Damage) -> String {
    switch damage {
    case .magic: return "not the file of a Prometheus block that its name says"
    case .version(let version): return "version \(version) of a block's file, which is not known"
    case .checksum: return "damaged: the checksum does not fit"
    case .length: return "a length or a count that cannot be"
    case .reference: return "what is referred to is not there"
    case .order: return "times that fall, or lie centuries away"
    case .encoding(let number): return "a chunk of kind \(number), which is not known"
    case .schema(let number): return "a native histogram of schema \(number), which is not known"
    case .meta(let member): return "no JSON object with a \(member) as meta.json has it"
    }
  }
}
