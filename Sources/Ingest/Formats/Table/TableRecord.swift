/// The fields of one row of a table, as places in its bytes (RFC 4180).
struct TableRecord {
  private(set) var fields: [(range: Range<Int>, escaped: Bool)] = []

  /// Splits a row whose quotes are all closed at a delimiter; blanks belong to the fields.
  ///
  /// - Throws: `quote` for one inside a field without quotes or text follows a closing
  ///   one.
  mutating func read(_ row: borrowing Span<UInt8>, delimiter: UInt8 = .comma) throws(LineFault) {
    fields.removeAll(keepingCapacity: true)
    var index = 0
    while true {
      let start = index
      if index < row.count, row[index] == .quote {
        var escaped = false
        index += 1
        while index < row.count {
          if row[index] == .quote {
            guard index + 1 < row.count, row[index + 1] == .quote else { break }
            escaped = true
            index += 1
          }
          index += 1
        }
        guard index < row.count, index + 1 == row.count || row[index + 1] == delimiter else {
          throw LineFault(.quote, at: index, field: fields.count + 1)
        }
        fields.append((start + 1..<index, escaped))
        index += 1
      } else {
        while index < row.count, row[index] != delimiter {
          guard row[index] != .quote else {
            throw LineFault(.quote, at: index, field: fields.count + 1)
          }
          index += 1
        }
        fields.append((start..<index, false))
      }
      guard index < row.count else { return }
      index += 1
    }
  }

  /// The text of a field, doubled quotes undone.
  func bytes(_ row: borrowing Span<UInt8>, _ field: Int) -> [UInt8] {
    var result: [UInt8] = []
    append(row, field, to: &result)
    return result
  }

  /// Puts the text of a field after `result`.
  func append(_ row: borrowing Span<UInt8>, _ field: Int, to result: inout [UInt8]) {
    var index = fields[field].range.lowerBound
    while index < fields[field].range.upperBound {
      result.append(row[index])
      index += fields[field].escaped && row[index] == .quote ? 2 : 1
    }
  }
}
