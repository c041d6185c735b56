import HistoryQueries
import Model

/// A closed period as it lies in the file: its texts are packed.
struct PeriodRow: Row {
  static let table = HistoryTable.period
  static let keyLength = 3
  static let all = HistoryQueries.periodsAll
  static let put = HistoryQueries.periodAdd

  let kind: String
  let name: String
  let revision: Int
  let window: Window
  let madeAt: Instant
  /// The facts and then the list of inputs, as ``Packed`` has them; up to layout 7 the facts alone, as they are.
  let stored: [UInt8]

  var group: String? { kind }
  var seal: Int64 { PeriodRow.seal(name: name, revision: Int64(revision), checksum: checksum) }
  var isSound: Bool { period != nil }

  /// Binds the key of a period to its checksum: those of a kind are looked for by it.
  static func seal(name: String, revision: Int64, checksum: Int64) -> Int64 {
    var row = RowDigest(.period)
    row.add(name)
    row.add(revision)
    row.add(checksum)
    return row.value
  }

  /// `nil` for texts that are too long to be kept.
  init?(_ period: ClosedPeriod) {
    guard max(period.facts.count, period.inputs.count) <= Packed.limit,
      let stored = Packed.pack([period.facts, period.inputs])
    else { return nil }
    (kind, name, revision) = (period.kind, period.name, period.revision)
    (window, madeAt, self.stored) = (period.window, period.madeAt, stored)
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    (kind, name) = (try columns.text(), try columns.text())
    revision = Int(try columns.integer())
    let (start, end) = (try columns.instant(), try columns.instant())
    guard start <= end else { return nil }
    window = Window(start: start, end: end)
    madeAt = try columns.instant()
    stored = try columns.blob()
  }

  func columns(_ columns: inout some Columns) {
    columns.add(kind)
    columns.add(name)
    columns.add(Int64(revision))
    columns.add(window.start.nanoseconds)
    columns.add(window.end.nanoseconds)
    columns.add(madeAt.nanoseconds)
    columns.add(stored)
  }

  /// `nil` where what is stored cannot be unpacked.
  var period: ClosedPeriod? {
    guard let texts = try? Packed.unpack(stored, count: 2) else { return nil }
    return period(facts: texts[0], inputs: texts[1])
  }

  /// The period of a row up to layout 7.
  var periodBeforePacking: ClosedPeriod { period(facts: stored, inputs: []) }

  private func period(facts: [UInt8], inputs: [UInt8]) -> ClosedPeriod {
    ClosedPeriod(
      kind: kind, name: name, window: window, madeAt: madeAt, revision: revision, facts: facts,
      inputs: inputs)
  }
}
