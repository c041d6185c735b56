import Glibc

/// Finds points as Prometheus writes them: `[1788220800,"0.5"],[1788220860,"1"],…`.
///
/// A piece may begin anywhere, so what looks like points may be the text of a label: whoever reads the answers takes
/// only those in the place of points.
struct PointScanner: PieceScanner {
  func makeFound() -> PointColumns { PointColumns() }

  func scan(_ piece: Piece, into found: inout PointColumns) {
    found.removeAll()
    piece.bytes.withUnsafeBytes { all in
      guard let base = all.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      PointScanner.scan(base, piece.count, into: &found)
    }
  }

  private static func scan(
    _ base: UnsafePointer<UInt8>, _ count: Int, into found: inout PointColumns
  ) {
    // Taken out, so that nothing looks after them point by point.
    var (times, values) = (found.times, found.values)
    (found.times, found.values) = ([], [])
    var place = base
    while place < base + count,
      let bracket = memchr(place, Int32(UInt8.openBracket), count - (place - base))
    {
      place = UnsafePointer(bracket.assumingMemoryBound(to: UInt8.self))
      let (start, first) = (place, times.count)
      var end = place
      while let point = point(&place) {
        times.append(point.time)
        values.append(point.value)
        end = place
        guard place[0] == .comma else { break }
        place += place[1] == .space ? 2 : 1
      }
      if end > start {
        found.runs.append(.init(bytes: start - base..<end - base, first: first))
      } else {
        place = start + 1
      }
    }
    (found.times, found.values) = (times, values)
  }

  /// Reads a point and moves `place` after it; `nil` for anything unusual.
  ///
  /// The zeros after a piece end every loop over digits.
  @inline(__always)
  private static func point(
    _ place: inout UnsafePointer<UInt8>
  ) -> (time: Int64, value: Double)? {
    guard place[0] == .openBracket, place[1] != .zero else { return nil }
    var cursor = place + 1
    guard let time = time(&cursor), cursor[0] == .comma else { return nil }
    cursor += cursor[1] == .space ? 2 : 1
    guard cursor[0] == .quote else { return nil }
    cursor += 1
    let value: Double
    if cursor[0] == UInt8(ascii: "N"), cursor[1] == UInt8(ascii: "a"),
      cursor[2] == UInt8(ascii: "N")
    {
      value = .nan
      cursor += 3
    } else {
      guard let number = QuickNumber.read(&cursor) else { return nil }
      value = number
    }
    guard cursor[0] == .quote, cursor[1] == .closeBracket else { return nil }
    place = cursor + 2
    return (time, value)
  }

  /// Seconds, perhaps with a fraction, as nanoseconds.
  @inline(__always)
  private static func time(_ place: inout UnsafePointer<UInt8>) -> Int64? {
    var cursor = place
    var digits = 0
    let number = EightDigits.read(&cursor, after: 0, &digits)
    guard digits > 0, digits < 11, number < 9_000_000_000 else { return nil }
    var time = Int64(truncatingIfNeeded: number) &* 1_000_000_000
    if cursor.pointee == .point {
      cursor += 1
      let start = cursor
      var unit: Int64 = 100_000_000
      while cursor.pointee.isDigit, unit > 0 {
        time &+= unit &* Int64(cursor.pointee.digit)
        unit /= 10
        cursor += 1
      }
      guard cursor > start else { return nil }
    }
    place = cursor
    return time
  }
}

/// The points of a piece.
struct PointColumns: Sendable {
  /// Points with nothing but commas between them.
  struct Run: Sendable {
    let bytes: Range<Int>
    let first: Int
  }

  var times: [Int64] = []
  var values: [Double] = []
  var runs: [Run] = []

  mutating func removeAll() {
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
  }
}
