private import CSQLite
import HistoryQueries

/// One open database file; the only owner of its handle and of the lock that covers it.
final class Connection {
  private let handle: OpaquePointer
  private let lock: FileLock?
  private var statements: [String: Statement] = [:]
  /// After a failed write or sync the state of the file is unknown: nothing may be tried again.
  private var broken: HistoryError?

  static let library = String(cString: sqlite3_libversion())

  /// Opens a file that exists, by a path without symbolic links.
  convenience init(path: String, lock: FileLock?) throws(HistoryError) {
    try self.init(path: path, flags: SQLITE_OPEN_READWRITE, lock: lock)
  }

  /// Makes a new file.
  convenience init(creating path: String) throws(HistoryError) {
    try self.init(path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, lock: nil)
  }

  /// An empty database in memory.
  convenience init() throws(HistoryError) {
    try self.init(
      path: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, lock: nil)
  }

  private init(path: String, flags: Int32, lock: FileLock?) throws(HistoryError) {
    var opened: OpaquePointer?
    let all = flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE
    var code = sqlite3_open_v2(path, &opened, all, nil)
    if code == SQLITE_OK, let opened {
      code = slr_sqlite_defend(opened)
      if code == SQLITE_OK { code = sqlite3_busy_timeout(opened, 2000) }
    }
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)  // SQLite returns a handle even when opening fails
      throw Connection.error(code == SQLITE_OK ? SQLITE_NOMEM : code, during: .open)
    }
    // Limits what a malicious file can do; each call returns the limit before.
    _ = sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, 256 << 20)
    _ = sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0)
    handle = opened
    self.lock = lock
  }

  deinit {
    statements.removeAll()  // a statement keeps its database open
    sqlite3_close_v2(handle)
  }

  static func error(_ code: Int32, during step: HistoryStep) -> HistoryError {
    switch code & 0xFF {
    case SQLITE_FULL: .full(step)
    case SQLITE_IOERR: .io(step, code: code)
    case SQLITE_CORRUPT: .damaged(.unreadable(code: code))
    case SQLITE_NOTADB: .notAHistory(.notSQLite)
    case SQLITE_BUSY, SQLITE_LOCKED: .locked(nil)
    default: .failed(step, code: code)
    }
  }

  /// Runs statements that take no values and give no rows.
  func script(_ sql: String, during step: HistoryStep) throws(HistoryError) {
    if let broken { throw broken }
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw remembered(Connection.error(code, during: step)) }
  }

  /// Runs a statement that gives no rows.
  func run(
    _ sql: String, _ values: Statement.Value..., during step: HistoryStep = .write
  ) throws(HistoryError) {
    try run(sql, values, during: step)
  }

  func run(
    _ sql: String, _ values: [Statement.Value], during step: HistoryStep = .write
  ) throws(HistoryError) {
    try rows(sql, values, during: step) { (_) throws(HistoryError) in }
  }

  /// Runs a statement and shows each of its rows to `body`.
  func rows(
    _ sql: String, _ values: [Statement.Value] = [], during step: HistoryStep = .read,
    _ body: (Statement) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    if let broken { throw broken }
    let statement = try prepared(sql)
    defer { statement.reset() }
    do throws(HistoryError) {
      try statement.bind(values)
      while try statement.step(during: step) { try body(statement) }
    } catch {
      throw remembered(error)
    }
  }

  /// Everything `body` writes, or nothing; inside another transaction it is part of that one.
  func transaction<Result>(
    _ body: () throws(HistoryError) -> Result
  ) throws(HistoryError) -> Result {
    if isInTransaction { return try body() }
    try begin()
    do throws(HistoryError) {
      let result = try body()
      try commit()
      return result
    } catch {
      try rollBack()
      throw error
    }
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func begin() throws(HistoryError) { try run(HistoryQueries.beginWrite, during: .begin) }

  func commit() throws(HistoryError) { try run(HistoryQueries.commitWrite, during: .commit) }

  /// Undoes the open transaction.
  ///
  /// SQLite has rolled back by itself after some errors; then there is nothing left to undo. After an I/O error nothing
  /// is touched: the next run finds the journal and rolls back.
  func rollBack() throws(HistoryError) {
    if broken == nil, isInTransaction {
      try run(HistoryQueries.rollbackWrite, during: .write)
    }
  }

  private func remembered(_ error: HistoryError) -> HistoryError {
    if case .io = error { broken = error }
    return error
  }

  private func prepared(_ sql: String) throws(HistoryError) -> Statement {
    if let known = statements[sql] { return known }
    let statement = try Statement(sql, on: handle)
    statements[sql] = statement
    return statement
  }
}
