import Glibc

/// Finds points as Prometheus writes them: `[1788220800,"0.5"],[1788220860,"1"],…`.
///
/// A block may begin anywhere, so what looks like points may be the text of a label: whoever reads the answers takes
/// only those that stand where points belong.
struct PointScanner: BlockScanner {
  func makeFound() -> PointColumns { PointColumns() }

  func scan(_ block: Block, into found: inout PointColumns) {
    found.removeAll()
    block.bytes.withUnsafeBytes { all in
      guard let base = all.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      PointScanner.scan(base, block.count, into: &found)
    }
  }

  private static func scan(
    _ base: UnsafePointer<UInt8>, _ count: Int, into found: inout PointColumns
  ) {
    var place = 0
    while place < count, let bracket = memchr(base + place, 91, count - place) {
      place = UnsafeRawPointer(bracket) - UnsafeRawPointer(base)
      let (start, first) = (place, found.times.count)
      var end = place
      while let point = point(base, &place) {
        found.times.append(point.time)
        found.values.append(point.value)
        end = place
        guard base[place] == 44 else { break }
        place += base[place + 1] == 32 ? 2 : 1
      }
      if end > start {
        found.runs.append(.init(bytes: start..<end, first: first))
      } else {
        place = start + 1
      }
    }
  }

  /// Reads a point and moves `place` behind it; `nil` for anything unusual.
  ///
  /// The zeros behind a block end every loop over digits.
  @inline(__always)
  private static func point(
    _ base: UnsafePointer<UInt8>, _ place: inout Int
  ) -> (time: Int64, value: Double)? {
    var cursor = place + 1
    guard base[place] == 91, base[cursor] != 48, let time = time(base, &cursor),
      base[cursor] == 44
    else { return nil }
    cursor += base[cursor + 1] == 32 ? 2 : 1
    guard base[cursor] == 34 else { return nil }
    cursor += 1
    let value: Double
    if base[cursor] == 78, base[cursor + 1] == 97, base[cursor + 2] == 78 {
      value = .nan
      cursor += 3
    } else {
      guard let number = QuickNumber(base, &cursor)?.double else { return nil }
      value = number
    }
    guard base[cursor] == 34, base[cursor + 1] == 93 else { return nil }
    place = cursor + 2
    return (time, value)
  }

  /// Seconds, perhaps with a fraction, as nanoseconds.
  @inline(__always)
  private static func time(_ base: UnsafePointer<UInt8>, _ cursor: inout Int) -> Int64? {
    var start = cursor
    var time: Int64 = 0
    while base[cursor] &- 48 < 10, cursor - start < 10 {
      time = time &* 10 &+ Int64(base[cursor] &- 48)
      cursor += 1
    }
    guard cursor > start, time < 9_000_000_000 else { return nil }
    time &*= 1_000_000_000
    guard base[cursor] == 46 else { return time }
    cursor += 1
    start = cursor
    var unit: Int64 = 100_000_000
    while base[cursor] &- 48 < 10, unit > 0 {
      time &+= unit &* Int64(base[cursor] &- 48)
      unit /= 10
      cursor += 1
    }
    return cursor > start ? time : nil
  }
}

/// The points of a block.
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
