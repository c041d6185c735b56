import Model

/// The cells of one chunk as bytes and back, without loss.
///
/// Layout: version, number of cells, then one column after the other. A value is stored as its difference from a
/// prediction made of the values before it: the next minute, the same count, the value before; for sum, low and high
/// of a single sample that sample. So most columns are nothing but zeros. A column of integers starts with its unit, a
/// column of doubles with its mode: whole numbers within 2^53 as differences, others as bits exclusive-or
/// the predicted bits. Differences are zigzag varints, with the length of runs.
enum ChunkCodec {
  enum Malformed: Error { case malformed }

  /// Cells of a chunk at most: the minutes of a day.
  static let limit = 1440

  /// Version 1 has no columns for duplicates, disorder and marks of staleness, version 2 none for conflicts; as those
  /// are rare, version 3 is only written where there are any.
  private static let version: UInt8 = 3

  /// The bytes of cells whose usual distance is `step` minutes; `decode` needs the same.
  static func encode(_ cells: [Cell], step: Int64) -> [UInt8] {
    var writer = ChunkWriter()
    let hasConflicts = cells.contains { $0.conflicts != 0 }
    writer.byte(hasConflicts ? version : 2)
    writer.varint(UInt64(cells.count))
    encode(cells, into: &writer, { $0.minute }) { nextMinute($0, $1, step) }
    encode(cells, into: &writer, { $0.count }) { $1 == 0 ? 0 : $0[$1 - 1].count }
    encode(cells, into: &writer, { $0.rejects }) { $1 == 0 ? 0 : $0[$1 - 1].rejects }
    encode(cells, into: &writer, { $0.resets }) { $1 == 0 ? 0 : $0[$1 - 1].resets }
    encode(cells, into: &writer, { $0.duplicates }) { $1 == 0 ? 0 : $0[$1 - 1].duplicates }
    encode(cells, into: &writer, { $0.disordered }) { $1 == 0 ? 0 : $0[$1 - 1].disordered }
    encode(cells, into: &writer, { $0.stale }) { $1 == 0 ? 0 : $0[$1 - 1].stale }
    if hasConflicts {
      encode(cells, into: &writer, { $0.conflicts }) { $1 == 0 ? 0 : $0[$1 - 1].conflicts }
    }
    encode(cells, into: &writer, { $0.firstTime }, firstTime)
    encode(cells, into: &writer, { $0.lastTime }, lastTime)
    encode(cells, into: &writer, { $0.first }, first)
    encode(cells, into: &writer, { $0.last }, last)
    encode(cells, into: &writer, { $0.increase }, increase)
    encode(cells, into: &writer, { $0.low }) {
      $0[$1].first < $0[$1].last ? $0[$1].first : $0[$1].last
    }
    encode(cells, into: &writer, { $0.high }) {
      $0[$1].first < $0[$1].last ? $0[$1].last : $0[$1].first
    }
    encode(cells, into: &writer, { $0.sum }, sum)
    return writer.bytes
  }

  /// - Throws: ``Malformed`` for whatever `encode` does not write; nothing is trusted.
  static func decode(_ bytes: [UInt8], step: Int64) throws(Malformed) -> [Cell] {
    var reader = ChunkReader(bytes)
    let written = try reader.byte()
    guard 1...version ~= written else { throw .malformed }
    let count = try reader.varint()
    guard count > 0, count <= UInt64(limit) else { throw .malformed }
    var cells = [Cell](repeating: Cell(minute: 0), count: Int(count))
    try decode(&cells, from: &reader, { $0.minute = $1 }) { nextMinute($0, $1, step) }
    try decode(&cells, from: &reader, { $0.count = $1 }) { $1 == 0 ? 0 : $0[$1 - 1].count }
    // A column that is all as predicted need not be looked at where its prediction is 0 or the first value.
    if !reader.skipsPredicted(cells.count) {
      try decode(&cells, from: &reader, { $0.rejects = $1 }) { $1 == 0 ? 0 : $0[$1 - 1].rejects }
    }
    if !reader.skipsPredicted(cells.count) {
      try decode(&cells, from: &reader, { $0.resets = $1 }) { $1 == 0 ? 0 : $0[$1 - 1].resets }
    }
    if written > 1 {
      if !reader.skipsPredicted(cells.count) {
        try decode(&cells, from: &reader, { $0.duplicates = $1 }) {
          $1 == 0 ? 0 : $0[$1 - 1].duplicates
        }
      }
      if !reader.skipsPredicted(cells.count) {
        try decode(&cells, from: &reader, { $0.disordered = $1 }) {
          $1 == 0 ? 0 : $0[$1 - 1].disordered
        }
      }
      if !reader.skipsPredicted(cells.count) {
        try decode(&cells, from: &reader, { $0.stale = $1 }) { $1 == 0 ? 0 : $0[$1 - 1].stale }
      }
    }
    if written > 2 {
      try decode(&cells, from: &reader, { $0.conflicts = $1 }) {
        $1 == 0 ? 0 : $0[$1 - 1].conflicts
      }
    }
    try decode(&cells, from: &reader, { $0.firstTime = $1 }, firstTime)
    if cells.allSatisfy({ $0.count == 1 }), let first = try singles(cells, from: &reader) {
      cells = first
    } else {
      try decode(&cells, from: &reader, { $0.lastTime = $1 }, lastTime)
      try decode(&cells, from: &reader, { $0.first = $1 }, first)
      try decode(&cells, from: &reader, { $0.last = $1 }, last)
      try decode(&cells, from: &reader, { $0.increase = $1 }, increase)
      try decode(&cells, from: &reader, { $0.low = $1 }) {
        $0[$1].first < $0[$1].last ? $0[$1].first : $0[$1].last
      }
      try decode(&cells, from: &reader, { $0.high = $1 }) {
        $0[$1].first < $0[$1].last ? $0[$1].last : $0[$1].first
      }
      try decode(&cells, from: &reader, { $0.sum = $1 }, sum)
    }
    guard reader.isAtEnd else { throw .malformed }
    for index in cells.indices.dropFirst()
    where cells[index].minute <= cells[index - 1].minute { throw .malformed }
    return cells
  }

  /// What the cells of a chunk counted, added up, without a look at their samples.
  ///
  /// - Throws: as ``decode(_:step:)``, but of what is not looked at nothing is known.
  static func flaws(_ bytes: [UInt8]) throws(Malformed) -> Flaws {
    var reader = ChunkReader(bytes)
    let written = try reader.byte()
    guard 1...version ~= written else { throw .malformed }
    let count = try reader.varint()
    guard count > 0, count <= UInt64(limit) else { throw .malformed }
    /// The sum of a column whose prediction is the value before.
    func sum() throws(Malformed) -> Int64 {
      if reader.skipsPredicted(Int(count)) { return 0 }
      let unit = Int(try reader.byte())
      guard unit < units.count else { throw .malformed }
      var (value, total): (Int64, Int64) = (0, 0)
      try reader.column(Int(count)) { _, difference in
        value = value &+ unzigzag(difference) &* units[unit]
        total = total.addingClamped(value)
      }
      return total
    }
    _ = try sum()  // the minutes
    var flaws = Flaws()
    flaws.accepted = try sum()
    flaws.rejected = try sum()
    _ = try sum()  // the falls: without the steps between the cells they are not all
    if written > 1 {
      flaws.duplicated = try sum()
      flaws.disordered = try sum()
      flaws.stale = try sum()
    }
    return flaws
  }

  /// The rest of cells of one sample each, whose other columns repeat the first; `nil`, and nothing read, when they do not.
  private static func singles(
    _ cells: [Cell], from reader: inout ChunkReader
  ) throws(Malformed) -> [Cell]? {
    var ahead = reader
    var result = cells
    guard ahead.skipsPredicted(cells.count) else { return nil }
    try decode(&result, from: &ahead, { $0.first = $1 }, first)
    for _ in ["last", "increase", "low", "high", "sum"] {
      guard ahead.skipsPredicted(cells.count) else { return nil }
    }
    for index in result.indices {
      let value = result[index].first
      result[index].lastTime = result[index].firstTime
      (result[index].last, result[index].low) = (value, value)
      (result[index].high, result[index].sum) = (value, value)
    }
    reader = ahead
    return result
  }
}
