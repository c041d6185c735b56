import CPostgres

/// One result of a statement, and the only owner of its handle.
public struct PostgresResult: ~Copyable {
  private let handle: OpaquePointer
  let kind: slr_result_kind

  init(_ handle: OpaquePointer) {
    self.handle = handle
    kind = slr_result_kind_of(handle)
  }

  deinit { slr_result_free(handle) }

  // MARK: A failure

  var code: String { String(cString: slr_result_code(handle)) }
  var message: String { String(cString: slr_result_message(handle)) }
  /// In characters of the statement, from 1; `nil` when the server names none.
  var position: Int? {
    let position = slr_result_position(handle)
    return position > 0 ? Int(position) : nil
  }

  // MARK: Rows

  public var rows: Int32 { slr_result_rows(handle) }
  var columns: Int32 { slr_result_columns(handle) }

  func name(_ column: Int32) -> [UInt8] {
    Array(String(cString: slr_result_name(handle, column)).utf8)
  }

  func type(_ column: Int32) -> UInt32 { slr_result_type(handle, column) }

  /// The bytes of a value, valid as long as the result; `nil` for NULL.
  public func value(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8>? {
    var length: Int32 = 0
    guard let bytes = slr_result_value(handle, row, column, &length) else { return nil }
    return UnsafeBufferPointer(start: bytes, count: Int(length))
  }

  /// The text of a value, of a query of ours.
  func text(_ row: Int32, _ column: Int32) -> String {
    value(row, column).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// A value of a whole type; `nil` for NULL.
  public func whole(_ row: Int32, _ column: Int32) -> Int64? {
    value(row, column).map(ValueType.whole)
  }

  /// Microseconds since 1970 of a `timestamptz`, an infinite one at an end of the range; `nil` for NULL.
  public func microseconds(_ row: Int32, _ column: Int32) -> Int64? {
    whole(row, column).map(PostgresTime.sinceUnix)
  }
}
