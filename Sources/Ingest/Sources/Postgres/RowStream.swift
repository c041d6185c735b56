public import Model

/// A query whose rows are lent as they come, whatever they mean.
public struct RowQuery: Hashable, Sendable {
  /// How a column is read.
  public enum Column: Hashable, Sendable {
    /// `int2`, `int4`, `int8` or `bool`.
    case whole
    /// `timestamptz`.
    case time
    /// Texts and `bytea`, as they are.
    case bytes
  }

  /// With the parameters `:from`, `:to` and `:step`.
  public let sql: String
  public let window: Window
  public let step: Duration
  /// All columns, in the order in which the query gives them.
  public let columns: [Column]

  public init(
    sql: String, window: Window, step: Duration = .minutes(1), columns: [Column]
  ) {
    self.sql = sql
    self.window = window
    self.step = step
    self.columns = columns
  }
}

extension PostgresSource {
  /// Lends the rows of queries while they come, in portions, each query by a cursor in a read-only transaction.
  ///
  /// Memory does not grow with the rows. Each query is asked once, since what was lent cannot be taken back.
  ///
  /// - Parameters:
  ///   - queries: run one after the other on one connection.
  ///   - take: gets the place of the query and a portion of its rows.
  /// - Throws: ``IngestError``, after which rows may be missing.
  public func stream(
    _ queries: [RowQuery],
    take: @escaping (_ query: Int, _ rows: borrowing PostgresResult) -> Void
  ) throws(IngestError) {
    var session = PostgresSession(access, health: SourceHealth(), now: Instant(nanoseconds: 0))
    for (place, query) in queries.enumerated() {
      let outcome = session.attempt(tries: 1) { (connection, patience) throws(PostgresFault) in
        var sink = StreamSink(columns: query.columns) { take(place, $0) }
        let text = try SQLText(query.sql)
        try connection.read(
          BoundQuery(text: text, span: query.window, step: query.step), access, patience,
          into: &sink)
      }
      switch outcome {
      case .done: break
      case .tooMuch(let fault, let position), .failed(let fault, let position):
        throw IngestError(source: name, path: nil, position: position, reason: .database(fault))
      case .ended(let fault):
        throw IngestError(source: name, path: nil, reason: .database(fault))
      }
    }
  }
}

/// Lends rows on.
private struct StreamSink: RowSink {
  let columns: [RowQuery.Column]
  /// The columns whose values have no fixed length.
  private let long: [Int32]
  private let body: (borrowing PostgresResult) -> Void

  init(columns: [RowQuery.Column], _ body: @escaping (borrowing PostgresResult) -> Void) {
    self.columns = columns
    self.body = body
    long = columns.indices.filter { columns[$0] == .bytes }.map(Int32.init)
  }

  mutating func open(_ found: QueryColumns) throws(PostgresFault) {
    guard found.all.count >= columns.count else {
      throw PostgresFault(
        .missingColumns(
          (found.all.count..<columns.count).map { "\($0 + 1)" },
          found: found.all.map(\.text)))
    }
    for (column, wanted) in zip(found.all, columns) {
      let isRight =
        switch wanted {
        case .whole: [.bool, .int2, .int4, .int8].contains(column.type)
        case .time: column.type == .timestamp
        case .bytes: column.type == .text || column.number == StreamSink.bytea
        }
      guard isRight else {
        throw PostgresFault(.columnType(column: column.text, type: column.number))
      }
    }
  }

  /// The type's number in `pg_type`.
  private static let bytea: UInt32 = 17

  mutating func take(_ rows: borrowing PostgresResult) throws(PostgresFault) -> Int {
    body(rows)
    var length = 0
    for column in long {
      for row in 0..<rows.rows { length += rows.value(row, column)?.count ?? 0 }
    }
    return length
  }
}
