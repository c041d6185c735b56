/// A number of up to 18 digits as most are written, read from memory in which at least eight more bytes follow.
struct QuickNumber {
  private let digits: UInt64
  private let exponent: Int
  private let isNegative: Bool
  /// Whether it was written without point and exponent.
  fileprivate let isWhole: Bool

  /// Reads `[-]digits[.digits][e[+-]digits]` and moves `place` behind it; `nil` for any other number, which
  /// ``Decimal`` must read.
  ///
  /// Most have up to eight digits, which are one word once the point is taken out.
  @inline(__always)
  static func read(_ place: inout UnsafePointer<UInt8>) -> Double? {
    let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
    let whole = EightDigits.count(word)
    guard whole > 0, whole < 8 else { return readLong(&place) }
    // Digits behind zeros are eight.
    var digits = word << UInt64(truncatingIfNeeded: 64 - 8 * whole)
    var end = place + whole
    let places: Int
    if end.pointee == 46 {
      let rest = UnsafeRawPointer(end + 1).loadUnaligned(as: UInt64.self)
      places = EightDigits.count(rest)
      guard places > 0, whole + places <= 8 else { return readLong(&place) }
      digits =
        digits >> UInt64(truncatingIfNeeded: 8 * places)
        | rest << UInt64(truncatingIfNeeded: 64 - 8 * places)
      end += places + 1
    } else {
      places = 0
    }
    var power = -places
    if end.pointee | 32 == 101 {
      // Of exponents, two digits behind a sign are usual: `e+06`.
      let (sign, tens, ones) = (end[1], end[2] &- 48, end[3] &- 48)
      guard sign == 43 || sign == 45, tens < 10, ones < 10, end[4] &- 48 > 9 else {
        return readLong(&place)
      }
      let exponent = Int(tens) * 10 + Int(ones)
      power += sign == 45 ? -exponent : exponent
      guard power > -23, power < 23 else { return readLong(&place) }
      end += 4
    }
    place = end
    let number = Double(EightDigits.value(of: digits))
    if power == 0 { return number }
    return power < 0 ? number / Decimal.powers[-power] : number * Decimal.powers[power]
  }

  @inline(never)
  private static func readLong(_ place: inout UnsafePointer<UInt8>) -> Double? {
    QuickNumber(&place)?.double
  }

  @inline(__always)
  fileprivate init?(_ place: inout UnsafePointer<UInt8>) {
    var cursor = place
    isNegative = cursor.pointee == 45
    if isNegative { cursor += 1 }
    var written = 0
    var value = EightDigits.read(&cursor, after: 0, &written)
    var power = 0
    if cursor.pointee == 46 {
      cursor += 1
      let before = written
      value = EightDigits.read(&cursor, after: value, &written)
      power = before - written
    }
    guard written > 0, written < 19 else { return nil }
    if cursor.pointee | 32 == 101 {
      cursor += 1
      let isBelow = cursor.pointee == 45
      if isBelow || cursor.pointee == 43 { cursor += 1 }
      let start = cursor
      var shift = 0
      while cursor.pointee &- 48 < 10, cursor - start < 4 {
        shift = shift * 10 + Int(cursor.pointee &- 48)
        cursor += 1
      }
      guard cursor > start else { return nil }
      power += isBelow ? -shift : shift
    }
    (digits, exponent) = (value, power)
    isWhole = cursor - place == written + (isNegative ? 1 : 0)
    place = cursor
  }

  /// The nearest `Double`; `nil` when it takes more than is done here to find it.
  ///
  /// A 53-bit whole number times or over an exact power of ten is rounded once (Clinger 1990).
  private var double: Double? {
    guard digits <= 1 << 53, exponent >= -22, exponent <= 22 else {
      return NearestDouble.of(digits, places: -exponent).map { isNegative ? -$0 : $0 }
    }
    let magnitude =
      exponent < 0
      ? Double(digits) / Decimal.powers[-exponent] : Double(digits) * Decimal.powers[exponent]
    return isNegative ? -magnitude : magnitude
  }

  /// The number times `10^places` where that is a whole number that fits.
  @inline(__always)
  fileprivate func scaled(by places: Int) -> Int64? {
    let power = exponent + places
    guard power >= 0, power <= 18 else { return nil }
    let (magnitude, overflow) = digits.multipliedReportingOverflow(by: QuickNumber.tens[power])
    guard !overflow, let whole = Int64(exactly: magnitude) else { return nil }
    return isNegative ? -whole : whole
  }

  private static let tens: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000,
  ]
}

/// Times as expositions usually write them, in nanoseconds since the epoch.
struct QuickTime {
  /// The first eight digits of the last time as they were written, and the number that they are.
  private var (head, number): (UInt64, UInt64) = (0, 0)

  /// Reads a time and moves `place` behind it; `nil` for one that is written in another way or out of range.
  ///
  /// Most are seconds of this century with three places, or milliseconds: 13 digits, of which the first eight change once
  /// a day.
  @inline(__always)
  mutating func read(_ place: inout UnsafePointer<UInt8>, _ dialect: Dialect) -> Int64? {
    let bytes = UnsafeRawPointer(place)
    let head = bytes.loadUnaligned(as: UInt64.self)
    var tail = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    var length = 13
    if dialect == .openMetrics {
      // Two digits, the point, three digits: the point is taken out.
      guard tail & 0xFF_0000 == 0x2E_0000 else { return QuickTime.slow(&place, dialect) }
      tail = tail & 0xFFFF | tail >> 8 & 0xFF_FFFF_0000
      length = 14
    }
    let end = bytes.load(fromByteOffset: length, as: UInt8.self)
    // Five digits behind zeros are eight.
    tail = tail << 24 | 0x30_3030
    guard end == 10 || end == 13, EightDigits.areAll(tail) else {
      return QuickTime.slow(&place, dialect)
    }
    if head != self.head {
      guard EightDigits.areAll(head) else { return QuickTime.slow(&place, dialect) }
      (self.head, number) = (head, EightDigits.value(of: head) &* 100_000)
    }
    let (time, overflow) = (number &+ EightDigits.value(of: tail))
      .multipliedReportingOverflow(by: 1_000_000)
    guard !overflow, let time = Int64(exactly: time) else { return nil }
    place += length
    return time
  }

  private static func slow(_ place: inout UnsafePointer<UInt8>, _ dialect: Dialect) -> Int64? {
    guard let number = QuickNumber(&place) else { return nil }
    switch dialect {
    case .openMetrics: return number.scaled(by: 9)
    case .prometheus: return number.isWhole ? number.scaled(by: 6) : nil
    }
  }
}

/// Digits read eight at a time, as one word.
enum EightDigits {
  /// Reads digits behind those of `number`, moves `place` behind them and adds to their count; from 19 digits on the
  /// result means nothing.
  @inline(__always)
  static func read(
    _ place: inout UnsafePointer<UInt8>, after number: UInt64, _ count: inout Int
  ) -> UInt64 {
    var number = number
    while true {
      let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
      let found = self.count(word)
      if found > 0 {
        // Digits behind zeros are eight.
        number =
          number &* tens[found] &+ value(of: word << UInt64(truncatingIfNeeded: 64 - 8 * found))
      }
      place += found
      count += found
      if found < 8 || count > 18 { return number }
    }
  }

  private static let tens: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  /// How many of the eight bytes, from the first on, are digits.
  @inline(__always)
  static func count(_ word: UInt64) -> Int {
    let word = word ^ 0x3030_3030_3030_3030
    // The lowest byte that is no digit gets its top bit; carries only touch those behind it.
    let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount >> 3
  }

  /// Whether all eight bytes are digits: the upper half of each is 3, also when 6 was added.
  @inline(__always)
  static func areAll(_ word: UInt64) -> Bool {
    let (upper, six): (UInt64, UInt64) = (0xF0F0_F0F0_F0F0_F0F0, 0x0606_0606_0606_0606)
    return (word & upper) | ((word &+ six) & upper) >> 4 == 0x3333_3333_3333_3333
  }

  /// Eight digits as a number: neighbours are joined to pairs, pairs to fours, fours to eight.
  @inline(__always)
  static func value(of word: UInt64) -> UInt64 {
    var word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) >> 16
    return ((word & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) >> 32
  }
}
