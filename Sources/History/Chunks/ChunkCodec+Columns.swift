import Model

/// A column of a chunk, as differences from predictions.
extension ChunkCodec {
  /// What all differences of an integer column are multiples of: most times are whole seconds or milliseconds.
  static let units: [Int64] = [1_000_000_000, 1_000_000, 1000, 1]
  private static let wholeNumbers: UInt8 = 0
  private static let bitPatterns: UInt8 = 1

  @inline(__always)
  static func encode(
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
  static func decode(
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
  static func encode(
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
  static func decode(
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

  static func unzigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
