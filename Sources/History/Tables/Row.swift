/// A row of a table whose rows carry a checksum each, and are counted and summed up by group.
///
/// A type of rows is all there is to declare of a table: from its columns come the checksum, what is written and how it is
/// verified. A new table is such a type, its statements, and a line in ``Tables``.
protocol Row {
  static var table: HistoryTable { get }
  /// How many columns the key has; they are the first.
  static var keyLength: Int { get }
  /// The statement for every row of the table.
  static var all: String { get }
  /// The statement that writes a row, in place of one with the same key.
  static var put: String { get }

  /// The table in the checksum and in the ledger: several kinds of rows can lie in one table of the file.
  var table: HistoryTable { get }
  /// The rows that are read together; `nil` where nobody counts the rows.
  var group: String? { get }
  /// What is summed up for the group.
  var seal: Int64 { get }
  /// What this row says about the sums of others.
  var expected: (group: RowGroup, sums: RowSums)? { get }
  var checksum: Int64 { get }
  /// Whether what it holds can be read, too; only looked at where everything is verified.
  var isSound: Bool { get }

  /// Shows the columns in the order of the statements, up to the checksum, which is the last.
  func columns(_ columns: inout some Columns)
  /// Reads them in the same order; `nil` for what no row can hold.
  init?(_ columns: inout ColumnReader) throws(HistoryError)
}

/// A table whose rows are also removed.
protocol RemovableRow: Row {
  /// The statement that removes a row by its key.
  static var drop: String { get }
}

extension Row {
  var table: HistoryTable { Self.table }
  var seal: Int64 { checksum }
  var expected: (group: RowGroup, sums: RowSums)? { nil }
  var checksum: Int64 { digest }
  var isSound: Bool { true }

  /// The CRC-32 of the table's number and all columns.
  var digest: Int64 {
    var digest = RowDigest(table)
    columns(&digest)
    return digest.value
  }

  /// The row that a statement shows.
  ///
  /// - Throws: ``HistoryError/damaged(_:)`` when it does not fit its checksum.
  static func read(_ statement: Statement) throws(HistoryError) -> Self {
    var columns = ColumnReader(statement)
    guard let row = try Self(&columns) else { throw damage(statement) }
    guard try columns.integer() == row.checksum else { throw damage(statement, of: row.table) }
    return row
  }

  static func damage(
    _ statement: Statement, of table: HistoryTable = Self.table
  ) -> HistoryError {
    let key = (0..<Int32(keyLength)).map(statement.words).joined(separator: ", ")
    return .damaged(.row(table, key: "(\(key))"))
  }

  /// All columns and the checksum.
  var values: [Statement.Value] {
    var list = ColumnValues()
    columns(&list)
    list.add(checksum)
    return list.values
  }

  var key: [Statement.Value] { Array(values.prefix(Self.keyLength)) }
}

/// Rows that are read together.
struct RowGroup: Hashable {
  let table: HistoryTable
  let name: String

  init(_ table: HistoryTable, _ name: String) {
    self.table = table
    self.name = name
  }
}

/// How many rows there are, and the sum of their seals.
struct RowSums: Equatable {
  var tally: Int64 = 0
  var digest: Int64 = 0

  mutating func add(_ row: some Row) {
    tally += 1
    digest += row.seal
  }

  mutating func remove(_ row: some Row) {
    tally -= 1
    digest -= row.seal
  }
}

/// All tables of the file.
enum Tables {
  static var rows: [any Row.Type] {
    [
      SeriesRow.self, ChunkRow.self, FileRow.self, SpanRow.self, PeriodRow.self,
      IncidentRow.self, RecordRow.self, HealthRow.self, LedgerRow.self,
    ]
  }
}
