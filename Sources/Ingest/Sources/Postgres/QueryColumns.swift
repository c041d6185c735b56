import Model

/// What the rows of a query have, by name and type.
struct QueryColumns {
  struct Column {
    let place: Int32
    let name: [UInt8]
    let number: UInt32
    let type: ValueType

    var text: String { String(decoding: name, as: UTF8.self) }
  }

  let all: [Column]

  /// - Throws: ``PostgresFault``: `repeatedColumn`.
  init(_ result: borrowing PostgresResult) throws(PostgresFault) {
    var all: [Column] = []
    for place in 0..<result.columns {
      let (name, number) = (result.name(place), result.type(place))
      let column = Column(place: place, name: name, number: number, type: ValueType(number))
      guard !all.contains(where: { $0.name == name }) else {
        throw PostgresFault(.repeatedColumn(column.text))
      }
      all.append(column)
    }
    self.all = all
  }

  func find(_ name: String) -> Column? { all.first { $0.name.elementsEqual(name.utf8) } }

  /// The columns of these names, in their order.
  ///
  /// - Throws: ``PostgresFault``: `missingColumns`.
  func require(_ names: [String]) throws(PostgresFault) -> [Column] {
    let found = names.compactMap(find)
    guard found.count == names.count else {
      throw PostgresFault(
        .missingColumns(names.filter { find($0) == nil }, found: all.map(\.text)))
    }
    return found
  }
}

extension QueryColumns.Column {
  /// - Throws: ``PostgresFault``: `columnType`, `timeWithoutZone`.
  func asTime() throws(PostgresFault) -> QueryColumns.Column {
    switch type {
    case .timestamp: return self
    case .zoneless: throw PostgresFault(.timeWithoutZone(column: text))
    case .bool, .int2, .int4, .int8, .float4, .float8, .numeric, .text, .paddedText, .uuid, .other:
      throw mistyped
    }
  }

  func asNumber() throws(PostgresFault) -> QueryColumns.Column {
    guard type.isNumber else { throw mistyped }
    return self
  }

  func asState() throws(PostgresFault) -> QueryColumns.Column {
    guard type.isNumber || type.isLabel else { throw mistyped }
    return self
  }

  func asLabel() throws(PostgresFault) -> QueryColumns.Column {
    guard type.isLabel else { throw mistyped }
    return self
  }

  private var mistyped: PostgresFault { PostgresFault(.columnType(column: text, type: number)) }

  // MARK: Values

  /// Nanoseconds since 1970; `nil` for NULL, infinity and years beyond all instants.
  @inline(__always)
  func time(_ rows: borrowing PostgresResult, _ row: Int32) -> Int64? {
    guard let bytes = rows.value(row, place), let time = ValueType.microseconds(bytes) else {
      return nil
    }
    return PostgresTime.nanoseconds(time)
  }

  @inline(__always)
  func number(_ rows: borrowing PostgresResult, _ row: Int32) -> Double? {
    guard let bytes = rows.value(row, place) else { return nil }
    return type.number(bytes)
  }

  /// The word for a state: a number, true or false, or a text; NULL is an empty one.
  func state(_ rows: borrowing PostgresResult, _ row: Int32) -> String {
    guard let bytes = rows.value(row, place) else { return "" }
    if type.isNumber {
      guard let number = type.number(bytes) else { return "" }
      return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
    var word: [UInt8] = []
    type.appendLabel(bytes, to: &word)
    return String(decoding: word, as: UTF8.self)
  }

  /// The longest label that is taken.
  static let longest = 65_536

  /// - Throws: ``PostgresFault``: `labelTooLong`.
  @inline(__always)
  func label(_ rows: borrowing PostgresResult, _ row: Int32) throws(PostgresFault) -> ValueBytes? {
    let bytes = rows.value(row, place)
    if let bytes, bytes.count > Self.longest {
      throw PostgresFault(.labelTooLong(column: text, limit: Self.longest))
    }
    return bytes
  }

  /// - Throws: ``PostgresFault``: `labelTooLong`.
  func string(_ rows: borrowing PostgresResult, _ row: Int32) throws(PostgresFault) -> String? {
    guard let bytes = try label(rows, row) else { return nil }
    var text: [UInt8] = []
    type.appendLabel(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
