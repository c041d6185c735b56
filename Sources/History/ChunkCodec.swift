import Model

/// The cells of one chunk as bytes and back, without loss.
///
/// Layout: version, number of cells, then one column after the other. A value is stored as its difference from a
/// prediction made of what stands before it: the next minute, the same count, the value before; for sum, low and high
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
  /// What all differences of an integer column are multiples of: most times are whole seconds or milliseconds.
  private static let units: [Int64] = [1_000_000_000, 1_000_000, 1000, 1]
  private static let wholeNumbers: UInt8 = 0
  private static let bitPatterns: UInt8 = 1

  /// The bytes of cells whose usual distance is `step` minutes; `decode` must be told the same.
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

  // Predictions; they may look at the columns before, and in their own column at the cells before.
  // Damaged input can make any number of them, so no sum may trap.

  private static func nextMinute(_ cells: [Cell], _ index: Int, _ step: Int64) -> Int64 {
    index == 0 ? 0 : cells[index - 1].minute &+ step
  }

  private static func firstTime(_ cells: [Cell], _ index: Int) -> Int64 {
    guard cells[index].count != 0 else { return 0 }
    let start = cells[index].minute &* 60_000_000_000
    guard index > 0, cells[index - 1].count != 0 else { return start }
    let before = cells[index - 1]
    return start &+ (before.firstTime &- before.minute &* 60_000_000_000)
  }

  private static func lastTime(_ cells: [Cell], _ index: Int) -> Int64 {
    let start = cells[index].firstTime
    guard cells[index].count > 1, index > 0 else { return start }
    return start &+ (cells[index - 1].lastTime &- cells[index - 1].firstTime)
  }

  private static func first(_ cells: [Cell], _ index: Int) -> Double {
    cells[index].count == 0 || index == 0 ? 0 : cells[index - 1].first
  }

  private static func last(_ cells: [Cell], _ index: Int) -> Double {
    guard cells[index].count > 1, index > 0 else { return cells[index].first }
    return cells[index].first + (cells[index - 1].last - cells[index - 1].first)
  }

  private static func increase(_ cells: [Cell], _ index: Int) -> Double {
    guard cells[index].count > 1 else { return 0 }
    return Cell.step(from: cells[index].first, to: cells[index].last)
  }

  private static func sum(_ cells: [Cell], _ index: Int) -> Double {
    let cell = cells[index]
    guard cell.count > 1 else { return cell.first }
    return ((cell.first + cell.last) / 2 * Double(cell.count)).rounded()
  }

  // Columns.

  @inline(__always)
  private static func encode(
    _ cells: [Cell], into writer: inout ChunkWriter, _ value: (Cell) -> Int64,
    _ predict: ([Cell], Int) -> Int64
  ) {
    let differences = cells.indices.map { value(cells[$0]) &- predict(cells, $0) }
    var unit = 0
    for difference in differences {
      while !difference.isMultiple(of: units[unit]) { unit += 1 }
    }
    writer.byte(UInt8(unit))
    writer.column(differences.map { zigzag($0 / units[unit]) })
  }

  @inline(__always)
  private static func decode(
    _ cells: inout [Cell], from reader: inout ChunkReader, _ put: (inout Cell, Int64) -> Void,
    _ predict: ([Cell], Int) -> Int64
  ) throws(Malformed) {
    let unit = Int(try reader.byte())
    guard unit < units.count else { throw .malformed }
    let scale = units[unit]
    try reader.column(cells.count) { index, difference in
      put(&cells[index], predict(cells, index) &+ unzigzag(difference) &* scale)
    }
  }

  @inline(__always)
  private static func encode(
    _ cells: [Cell], into writer: inout ChunkWriter, _ value: (Cell) -> Double,
    _ predict: ([Cell], Int) -> Double
  ) {
    var differences: [UInt64] = []
    for index in cells.indices {
      guard let number = wholeNumber(value(cells[index])),
        let predicted = wholeNumber(predict(cells, index))
      else { break }
      differences.append(zigzag(number - predicted))
    }
    if differences.count == cells.count {
      writer.byte(wholeNumbers)
    } else {
      writer.byte(bitPatterns)
      differences = cells.indices.map {
        value(cells[$0]).bitPattern ^ predict(cells, $0).bitPattern
      }
    }
    writer.column(differences)
  }

  @inline(__always)
  private static func decode(
    _ cells: inout [Cell], from reader: inout ChunkReader, _ put: (inout Cell, Double) -> Void,
    _ predict: ([Cell], Int) -> Double
  ) throws(Malformed) {
    switch try reader.byte() {
    case wholeNumbers:
      var isWhole = true
      try reader.column(cells.count) { index, difference in
        guard let predicted = wholeNumber(predict(cells, index)) else {
          isWhole = false
          return
        }
        put(&cells[index], Double(predicted &+ unzigzag(difference)))
      }
      guard isWhole else { throw .malformed }
    case bitPatterns:
      try reader.column(cells.count) { index, difference in
        let bits = predict(cells, index).bitPattern ^ difference
        put(&cells[index], Double(bitPattern: bits))
      }
    default: throw .malformed
    }
  }

  /// The value as an integer where that loses nothing; minus zero does lose its sign.
  private static func wholeNumber(_ value: Double) -> Int64? {
    guard value.magnitude <= 0x1p53 else { return nil }
    let whole = Int64(value)
    return Double(whole).bitPattern == value.bitPattern ? whole : nil
  }

  private static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }

  private static func unzigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}

/// Writes numbers of seven bits a byte, and columns as runs and literals.
private struct ChunkWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Heads are odd for a run (its value follows) and even for literals; the rest of a head is their number.
  mutating func column(_ values: [UInt64]) {
    var pending = 0  // the first literal not yet written
    var index = 0
    func literals(_ writer: inout ChunkWriter) {
      guard pending < index else { return }
      writer.varint(UInt64(index - pending) << 1)
      for value in values[pending..<index] { writer.varint(value) }
    }
    while index < values.count {
      var end = index + 1
      while end < values.count, values[end] == values[index] { end += 1 }
      // A shorter run costs as much as its literals.
      if end - index > 2 {
        literals(&self)
        varint(UInt64(end - index) << 1 | 1)
        varint(values[index])
        pending = end
      }
      index = end
    }
    literals(&self)
  }
}

/// Reads what ``ChunkWriter`` writes, never beyond the end.
private struct ChunkReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Passes over the next column when all of its `count` values are as predicted; else stays before it.
  mutating func skipsPredicted(_ count: Int) -> Bool {
    var ahead = self
    do {
      let mode = try ahead.byte()
      guard mode <= 1, try ahead.varint() == UInt64(count) << 1 | 1, try ahead.varint() == 0 else {
        return false
      }
    } catch {
      return false
    }
    self = ahead
    return true
  }

  mutating func byte() throws(ChunkCodec.Malformed) -> UInt8 {
    guard position < bytes.count else { throw .malformed }
    position += 1
    return bytes[position - 1]
  }

  mutating func varint() throws(ChunkCodec.Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      // The tenth byte has one bit left to give.
      guard shift < 63 || next <= 1 else { throw .malformed }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  @inline(__always)
  mutating func column(
    _ count: Int, _ put: (Int, UInt64) -> Void
  ) throws(ChunkCodec.Malformed) {
    var index = 0
    while index < count {
      let head = try varint()
      guard head >> 1 > 0, head >> 1 <= UInt64(count - index) else { throw .malformed }
      let end = index + Int(head >> 1)
      if head & 1 == 1 {
        let value = try varint()
        while index < end {
          put(index, value)
          index += 1
        }
      } else {
        while index < end {
          put(index, try varint())
          index += 1
        }
      }
    }
  }
}
