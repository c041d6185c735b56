import Glibc

/// Reads files of lines `timestamp,value` below one line of names, as fast as two cores need them.
struct ReadingsReader: ~Copyable {
  private(set) var times: [Int64] = []
  private(set) var values: [Double] = []

  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: size + padding, alignment: 64)
  private let halves = (Half(), Half())

  private static let size = 1 << 16
  /// Numbers are read eight bytes at a time, the last ones a little too far.
  private static let padding = 32

  /// What half of a portion says.
  private struct Half {
    /// A line has at least four bytes.
    let times = UnsafeMutablePointer<Int64>.allocate(capacity: size / 4)
    let values = UnsafeMutablePointer<Double>.allocate(capacity: size / 4)
  }

  deinit {
    buffer.deallocate()
    for half in [halves.0, halves.1] {
      half.times.deallocate()
      half.values.deallocate()
    }
  }

  /// Replaces the readings by those of a file; `false` if it cannot be read or is not such a file.
  mutating func read(_ path: String) -> Bool {
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    var kept = 0
    var isFirst = true
    while kept < Self.size {
      let count = Glibc.read(file, buffer.baseAddress.map { $0 + kept }, Self.size - kept)
      guard count >= 0 else { return false }
      var end = kept + count
      // A last line may lack its end.
      if count == 0, end > 0 {
        buffer[end] = UInt8(ascii: "\n")
        end += 1
      }
      guard let newline = buffer[..<end].lastIndex(of: UInt8(ascii: "\n")) else {
        if count == 0 { return true }
        kept = end
        continue
      }
      var start = 0
      if isFirst, let names = buffer[..<end].firstIndex(of: UInt8(ascii: "\n")) {
        start = names + 1
        isFirst = false
      }
      guard parse(from: start, to: newline + 1) else { return false }
      kept = end - newline - 1
      buffer.copyBytes(from: UnsafeRawBufferPointer(rebasing: buffer[newline + 1..<end]))
      if count == 0 { return true }
    }
    return false
  }

  /// Takes in whole lines, those of two halves in turn: while the processor waits for one, it works on the other.
  private mutating func parse(from start: Int, to end: Int) -> Bool {
    guard start < end, let base = buffer.baseAddress else { return true }
    let middle = buffer[(start + end) / 2..<end].firstIndex(of: UInt8(ascii: "\n")) ?? start
    let (end, half) = (UnsafeRawPointer(base) + end, UnsafeRawPointer(base) + middle + 1)
    var (one, other) = (UnsafeRawPointer(base) + start, half)
    var (ones, others) = (0, 0)
    while one < half, other < end {
      guard Self.line(&one, to: halves.0, ones), Self.line(&other, to: halves.1, others) else {
        return false
      }
      ones += 1
      others += 1
    }
    while one < half {
      guard Self.line(&one, to: halves.0, ones) else { return false }
      ones += 1
    }
    while other < end {
      guard Self.line(&other, to: halves.1, others) else { return false }
      others += 1
    }
    for (half, count) in [(halves.0, ones), (halves.1, others)] {
      times.append(contentsOf: UnsafeBufferPointer(start: half.times, count: count))
      values.append(contentsOf: UnsafeBufferPointer(start: half.values, count: count))
    }
    return true
  }

  @inline(__always)
  private static func line(_ text: inout UnsafeRawPointer, to half: Half, _ index: Int) -> Bool {
    guard let time = DecimalText.whole(&text), DecimalText.skip(UInt8(ascii: ","), &text),
      let value = DecimalText.number(&text), DecimalText.skip(UInt8(ascii: "\n"), &text)
    else { return false }
    half.times[index] = time
    half.values[index] = value
    return true
  }
}

/// Numbers in text, eight bytes at a time.
///
/// Text is at least 16 bytes longer than the numbers in it.
enum DecimalText {
  @inline(__always)
  static func skip(_ byte: UInt8, _ text: inout UnsafeRawPointer) -> Bool {
    let isThere = text.load(as: UInt8.self) == byte
    text += 1
    return isThere
  }

  /// A number of at most 18 digits.
  @inline(__always)
  static func whole(_ text: inout UnsafeRawPointer) -> Int64? {
    let word = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
    var count = digits(word)
    guard count > 0 else { return nil }
    var value = Self.value(word, count)
    guard count == 8 else {
      text += count
      return Int64(truncatingIfNeeded: value)
    }
    text += 8
    let next = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
    count = digits(next)
    guard count < 8 else { return nil }
    if count > 0 { value = value &* power(count) &+ Self.value(next, count) }
    text += count
    return Int64(truncatingIfNeeded: value)
  }

  /// The number nearest to a decimal text.
  @inline(__always)
  static func number(_ text: inout UnsafeRawPointer) -> Double? {
    let word = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
    let point = digits(word)
    // Without its point, the number is a whole one of as many digits.
    let shift = UInt64(truncatingIfNeeded: 8 * point)
    let below = (1 as UInt64) &<< shift &- 1
    let joined = word & below | word >> 8 & ~below
    let count = digits(joined)
    let isPoint = word &>> shift & 0xFF == UInt64(UInt8(ascii: "."))
    guard point < 7, isPoint, count < 7, count > point else { return longNumber(&text) }
    text += count + 1
    // Both are exact, so their quotient is rounded once.
    return Double(value(joined, count)) / Double(power(count - point))
  }

  private static func longNumber(_ text: inout UnsafeRawPointer) -> Double? {
    var end: UnsafeMutablePointer<CChar>?
    let start = text.assumingMemoryBound(to: CChar.self)
    let value = strtod(start, &end)
    // It would skip the end of the line.
    guard let end, end != start, start.pointee > 0x20 else { return nil }
    text = UnsafeRawPointer(end)
    return value
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// How many of the eight bytes are digits before the first that is none.
  @inline(__always)
  private static func digits(_ word: UInt64) -> Int {
    let lifted = word ^ (ones &* 0x30)
    return (((lifted &+ ones &* 0x76) | lifted) & (ones &* 0x80)).trailingZeroBitCount / 8
  }

  /// The value of the first `count` bytes, from 1 to 8 digits.
  @inline(__always)
  private static func value(_ word: UInt64, _ count: Int) -> UInt64 {
    var value = (word ^ (ones &* 0x30)) &<< UInt64(truncatingIfNeeded: 64 - 8 * count)
    value = (value &* 10 &+ value >> 8) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ value >> 16) & 0x0000_FFFF_0000_FFFF
    return (value &* 10_000 &+ value >> 32) & 0xFFFF_FFFF
  }

  @inline(__always)
  private static func power(_ digits: Int) -> UInt64 {
    switch digits {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    default: 10_000_000
    }
  }
}
