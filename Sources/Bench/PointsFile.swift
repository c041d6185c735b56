private import CSQLite

/// The points of a database of the comparison: `series(id, name)`, `points(series_id, ts, value)`.
final class PointsFile {
  struct Failure: Error {
    let path: String
    let message: String
  }

  private let path: String
  private let database: OpaquePointer
  private var query: OpaquePointer?
  /// Where the function `gather` puts its arguments: a call for each point costs less than a row for each.
  private let gathered = UnsafeMutablePointer<SeriesPoints>.allocate(capacity: 1)

  init(path: String) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)  // SQLite returns a handle even when opening fails
      throw Failure(path: path, message: String(cString: sqlite3_errstr(code)))
    }
    (self.path, database) = (path, opened)
    gathered.initialize(to: SeriesPoints())
    let added = sqlite3_create_function_v2(
      database, "gather", 2, SQLITE_UTF8, gathered, nil,
      { context, _, arguments in
        guard let arguments,
          let points = sqlite3_user_data(context)?.assumingMemoryBound(to: SeriesPoints.self)
        else { return }
        points.pointee.append(
          sqlite3_value_double(arguments[1]), seconds: sqlite3_value_int64(arguments[0]))
      }, { _ in }, nil)
    guard added == SQLITE_OK else { throw failure }
  }

  deinit {
    sqlite3_finalize(query)
    sqlite3_close_v2(database)
    gathered.deinitialize(count: 1)
    gathered.deallocate()
  }

  func names() throws -> [(id: Int64, name: [UInt8])] {
    let statement = try prepared("SELECT id, name FROM series ORDER BY id")
    defer { sqlite3_finalize(statement) }
    var names: [(id: Int64, name: [UInt8])] = []
    try step(statement) {
      let name = sqlite3_column_text(statement, 1)
      let length = Int(sqlite3_column_bytes(statement, 1))
      names.append(
        (sqlite3_column_int64(statement, 0), Array(UnsafeBufferPointer(start: name, count: length)))
      )
    }
    return names
  }

  /// Lends the points of a series.
  func read<Result>(_ series: Int64, _ body: (SeriesPoints) -> Result) throws -> Result {
    // The order is that of the table's key.
    let statement =
      try query ?? prepared("SELECT gather(ts, value) FROM points WHERE series_id = ?1")
    query = statement
    gathered.pointee.removeAll()
    sqlite3_bind_int64(statement, 1, series)
    defer { sqlite3_reset(statement) }
    try step(statement) {}
    return body(gathered.pointee)
  }

  private func prepared(_ sql: String) throws -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure
    }
    return statement
  }

  @inline(__always)
  private func step(_ statement: OpaquePointer, _ body: () -> Void) throws {
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: body()
      case SQLITE_DONE: return
      default: throw failure
      }
    }
  }

  private var failure: Failure {
    Failure(path: path, message: String(cString: sqlite3_errmsg(database)))
  }
}
