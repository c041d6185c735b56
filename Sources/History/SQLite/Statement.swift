private import CSQLite

/// One prepared statement; the only owner of its handle.
final class Statement {
  enum Value {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    init(_ number: Int64?) { self = number.map(Value.integer) ?? .null }

    init(_ text: String?) { self = text.map(Value.text) ?? .null }
  }

  private let handle: OpaquePointer

  init(_ sql: String, on database: OpaquePointer) throws(HistoryError) {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else {
      throw Connection.error(code == SQLITE_OK ? SQLITE_MISUSE : code, during: .prepare)
    }
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }  // repeats the code of the last step, which was looked at

  func bind(_ values: [Value]) throws(HistoryError) {
    for (offset, value) in values.enumerated() {
      let index = Int32(offset) + 1
      let code: Int32
      switch value {
      case .integer(let number): code = sqlite3_bind_int64(handle, index, number)
      case .text(var text):
        code = text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            slr_sqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
          }
        }
      case .blob(let bytes):
        code = bytes.withUnsafeBytes {
          slr_sqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
        }
      case .null: code = sqlite3_bind_null(handle, index)
      }
      if code != SQLITE_OK { throw Connection.error(code, during: .prepare) }
    }
  }

  /// Whether there is a row to look at.
  func step(during step: HistoryStep) throws(HistoryError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    case let code: throw Connection.error(code, during: step)
    }
  }

  func reset() {
    sqlite3_reset(handle)  // repeats the code of the last step, which was looked at
    sqlite3_clear_bindings(handle)
  }

  // A column of another type than the schema allows can only come from damage.

  func integer(_ column: Int32) throws(HistoryError) -> Int64 {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { throw mismatch }
    return sqlite3_column_int64(handle, column)
  }

  func text(_ column: Int32) throws(HistoryError) -> String {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { throw mismatch }
    return String(decoding: bytes(column), as: UTF8.self)
  }

  func optionalInteger(_ column: Int32) throws(HistoryError) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : try integer(column)
  }

  func optionalText(_ column: Int32) throws(HistoryError) -> String? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : try text(column)
  }

  func blob(_ column: Int32) throws(HistoryError) -> [UInt8] {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { throw mismatch }
    return bytes(column)
  }

  /// A column of any type as text, for messages.
  func words(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }

  private var mismatch: HistoryError { .damaged(.unreadable(code: SQLITE_MISMATCH)) }

  private func bytes(_ column: Int32) -> [UInt8] {
    let start = sqlite3_column_blob(handle, column)
    let count = sqlite3_column_bytes(handle, column)
    guard let start, count > 0 else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
  }
}
