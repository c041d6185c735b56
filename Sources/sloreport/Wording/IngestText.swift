import Ingest
import Model

/// Words for a source that could not be read.
enum IngestText {
  /// "snapshots/a.prom:80:12: missing number".
  static func reason(_ error: IngestError) -> String {
    if error.reason == .truncated, error.position?.byte == 0 {
      return place(nil, in: error.path) + "empty"
    }
    return place(error.position, in: error.path) + words(error.reason)
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

  /// "queries/orders.sql, from 2026-10-12T00:00:00Z: 3 rows could not be used; the first, row 17: good above total".
  static func rejected(_ rows: RejectedRows, of batch: Batch) -> String {
    let name = batch.path ?? batch.source
    let day = batch.replaces ? batch.span.map { ", from \($0.start)" } ?? "" : ""
    let count = Wording.plain(Wording.counted(Int64(rows.count), "row"))
    return
      "\(name)\(day): \(count) could not be used; the first, row \(rows.row): \(words(rows.reason))"
  }

  /// "snapshots/a.om: the samples of orders are in more than one place, which OpenMetrics forbids; all were read".
  static func parted(_ metric: String, of batch: Batch) -> String {
    "\(batch.path ?? batch.source): the samples of \(metric) are in more than one place, which OpenMetrics "
      + "forbids; all were read"
  }

  /// What is not read of a data directory of Prometheus.
  static func leftOut(_ found: SnapshotSource.LeftOut) -> String {
    let blocks = found.end.map { "its blocks end at \($0.wholeSecond)" } ?? "it has no block yet"
    return "\(found.path): the newest samples of a running Prometheus, in its write-ahead log, "
      + "are not read; \(blocks). A snapshot made through its admin API has them all"
  }

  private static func words(_ reason: RejectedRows.Reason) -> String {
    switch reason {
    case .noTime: return "missing or infinite time"
    case .outside: return "time outside of :from to :to"
    case .noNumber: return "missing or infinite number"
    case .negative: return "negative count"
    case .goodAboveTotal: return "good above total"
    case .unknownState(let words):
      let quoted = words.map { "\"\($0)\"" }.joined(separator: ", ")
      return "unknown state \(quoted); declare its meaning beside `hold_at_most`, such as "
        + "`states: { \"\(words.first ?? "")\": up }` (up, down or ignored)"
    case .unknownSeverity(let text):
      return "unknown severity \(text); declare its meaning under `severity:`"
    case .endsBeforeStart: return "resolved before it started"
    case .repeatedID(let id): return "duplicate id \(id)"
    }
  }

  /// "a.csv:2:5: ", or for what has no lines "a.om.gz: byte 4711: "; a table's column is the number of the field.
  private static func place(_ position: IngestError.Position?, in path: String?) -> String {
    guard let line = position?.line else {
      return [path, position?.byte.map { "byte \($0)" }].compactMap(\.self).map { "\($0): " }
        .joined()
    }
    return [path ?? "line", "\(line)", position?.column.map { "\($0)" }].compactMap(\.self)
      .joined(separator: ":") + ": "
  }

  private static func words(_ reason: IngestError.Reason) -> String {
    switch reason {
    case .noFiles:
      return "no file matches; relative paths start at the folder of the configuration"
    case .notRegular: return "not a regular file"
    case .unreadable(let code): return "cannot be read: \(Files.words(code))"
    case .changedWhileReading: return "changed while it was read; the next run tries again"
    case .unknownFormat:
      return "unknown format; use a known ending (.om, .prom, .csv, .json), or a header with the "
        + "time or a column that is declared under `csv:`"
    case .damagedGzip: return "damaged gzip data"
    case .compressedTooWell(let limit): return "unpacks to more than \(limit) times its size"
    case .truncated: return "truncated: the file ends in the middle"
    case .notUTF8: return "not UTF-8; save it in that encoding"
    case .lineTooLong(let limit): return "line longer than \(limit) bytes"
    case .expected(.header):
      return "unknown header; name the columns in the first line, and other names for them under "
        + "`csv:`, such as `columns: { time: Zeitpunkt }`"
    case .expected(let element): return "missing \(words(element))"
    case .tooManyLabels(let limit): return "more than \(limit) labels"
    case .labelTooLong(let limit): return "label longer than \(limit) bytes"
    case .repeatedLabel(let name): return "duplicate label \(name)"
    case .noTime:
      return "sample without a time; put a UTC stamp into the name of the file, such as "
        + "-20261018T060000Z.prom, or set `time: mtime` at the source"
    case .implausibleTime: return "time before 1990; check its unit"
    case .timeTooLarge:
      return
        "time after 2199, probably 1,000 times too large; check its unit"
    case .textAfterEnd: return "text after the `# EOF` mark; remove it"
    case .rule(let rule): return "invalid OpenMetrics: \(words(rule))"
    case .decimalComma(let text):
      let number = text.filter { $0 != "." }.map { $0 == "," ? "." : $0 }
      return "decimal comma in \(text); write \(String(number))"
    case .timeForm(let declared?):
      return "the time is not in the format `\(declared)` of `csv:`"
    case .timeForm(nil):
      return "invalid time; write it with an offset (2026-10-18T06:00:00Z) or as Unix time, or "
        + "declare its format under `csv:`, such as `time: \"%d.%m.%Y %H:%M:%S\"`"
    case .localTime:
      return "time without an offset; write it with one (2026-10-18T06:00:00Z), or declare the "
        + "`timezone` under `csv:`"
    case .skippedTime: return "local time that the clocks skipped; write it with an offset"
    case .mixedTimes: return "Unix times in different units in one column; use one unit"
    case .ambiguousColumns(let one, let other):
      return "\(one) and \(other) could both be the time; declare which under `csv:`, such as "
        + "`columns: { time: \(one) }`"
    case .disordered:
      return "rows out of order in a stream that cannot be read twice; sort them, or use a file"
    case .missingColumn(""): return "column without a name"
    case .missingColumn(let name): return "missing column \(name)"
    case .repeatedColumn(let name): return "duplicate column \(name)"
    case .fields(let expected, let found): return "\(found) fields where the header has \(expected)"
    case .answeredError(let type, let text):
      return "Prometheus answered with an error" + (type.isEmpty ? "" : " (\(type))")
        + (text.isEmpty ? "" : ": \(text)")
    case .partialAnswer(let partial):
      return "incomplete answer of the server: \(words(partial)); get it again, or set "
        + "`partial: accept` at the source to count what is there"
    case .missingMember("data"):
      return "not an answer of Prometheus to `query` or `query_range`: missing object \"data\""
    case .missingMember(let name): return "missing member \"\(name)\""
    case .repeatedMember(let name): return "duplicate member \"\(name)\" in an object"
    case .nestedTooDeep(let limit): return "more than \(limit) levels of brackets"
    case .tooManyMembers(let limit): return "object with more than \(limit) members"
    case .tooManyBounds(let limit): return "histogram with more than \(limit) buckets"
    case .database(let fault): return DatabaseText.reason(fault)
    case .block(let damage): return words(damage)
    case .quote: return "unclosed quote, or quote inside a field"
    }
  }

  private static func words(_ partial: IngestError.PartialAnswer) -> String {
    switch partial {
    case .flag: return "\"isPartial\": true"
    case .warnings(let first, let count):
      return Wording.counted(count, "warning") + (count == 1 ? ", " : ", the first ")
        + "\"\(first)\""
    case .error(let type, let text):
      return "an error with the data" + (type.isEmpty ? "" : " (\(type))")
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
    case .endOfLine: return "end of line"
    case .comment: return "`# HELP`, `# TYPE` or `# UNIT`"
    case .type: return "known type"
    case .exemplar: return "complete exemplar"
    case .header: return "header row"
    case .object: return "JSON object"
    case .list: return "JSON list"
    case .colon: return "colon"
    case .jsonValue: return "JSON value"
    case .resultType: return "result type of the result (matrix, vector, scalar or string)"
    case .point: return "complete point"
    case .buckets: return "list of buckets in rising order"
    }
  }

  private static func words(_ rule: IngestError.Rule) -> String {
    switch rule {
    case .repeatedName: return "a metric in two places"
    case .repeatedMetadata: return "duplicate description"
    case .metadataAfterSamples: return "a description after the samples"
    case .unit: return "name without its unit at the end"
    case .value: return "value that the type does not allow"
    case .labelForType: return "missing or wrong label for the type"
    case .exemplarNotAllowed: return "exemplar where none is allowed"
    case .exemplarTooLong: return "exemplar longer than 128 characters"
    case .order: return "samples out of order"
    case .repeatedSample: return "duplicate sample"
    case .histogram: return "contradictory buckets"
    }
  }

  private static func words(_ damage: IngestError.Damage) -> String {
    switch damage {
    case .magic: return "not the part of a Prometheus block that its name says"
    case .version(let version): return "unknown version \(version) of a block's file"
    case .checksum: return "damaged: wrong checksum"
    case .length: return "damaged: impossible length or count"
    case .reference: return "damaged: reference to nothing"
    case .order: return "damaged: times that fall, or are centuries away"
    case .encoding(let number): return "chunk of unknown kind \(number)"
    case .schema(let number): return "native histogram of unknown schema \(number)"
    case .meta(let member): return "not a JSON object with the \(member) of a meta.json"
    }
  }
}
