import Model

/// Takes the columns of a row, one after the other.
protocol Columns {
  /// Whether they become a checksum: then columns of later layouts are left out of rows that could be of earlier ones.
  var isChecksum: Bool { get }

  mutating func add(_ number: Int64)
  mutating func add(_ text: String)
  mutating func add(_ bytes: [UInt8])
  mutating func add(_ number: Int64?)
  mutating func add(_ text: String?)
}

/// The columns as values to bind.
struct ColumnValues: Columns {
  var isChecksum: Bool { false }
  private(set) var values: [Statement.Value] = []

  mutating func add(_ number: Int64) { values.append(.integer(number)) }
  mutating func add(_ text: String) { values.append(.text(text)) }
  mutating func add(_ bytes: [UInt8]) { values.append(.blob(bytes)) }
  mutating func add(_ number: Int64?) { values.append(Statement.Value(number)) }
  mutating func add(_ text: String?) { values.append(Statement.Value(text)) }
}

/// The columns of the row that a statement shows, one after the other.
struct ColumnReader {
  private let statement: Statement
  private var next: Int32 = 0

  init(_ statement: Statement) { self.statement = statement }

  private mutating func advance() -> Int32 {
    defer { next += 1 }
    return next
  }

  mutating func integer() throws(HistoryError) -> Int64 { try statement.integer(advance()) }
  mutating func text() throws(HistoryError) -> String { try statement.text(advance()) }
  mutating func blob() throws(HistoryError) -> [UInt8] { try statement.blob(advance()) }

  mutating func optionalInteger() throws(HistoryError) -> Int64? {
    try statement.optionalInteger(advance())
  }

  mutating func optionalText() throws(HistoryError) -> String? {
    try statement.optionalText(advance())
  }

  mutating func instant() throws(HistoryError) -> Instant {
    Instant(nanoseconds: try integer())
  }

  mutating func optionalInstant() throws(HistoryError) -> Instant? {
    try optionalInteger().map(Instant.init(nanoseconds:))
  }
}
