/// A number of up to 18 digits as most are written, read from memory in which at least eight more bytes follow.
struct QuickNumber {
  private let digits: UInt64
  private let exponent: Int
  private let isNegative: Bool
  /// Whether it was written without point and exponent.
  let isWhole: Bool

  /// Reads `[-]digits[.digits][e[+-]digits]` and moves `place` after it; `nil` for any other number, which
  /// ``Decimal`` must read.
  ///
  /// Most have up to eight digits, which are one word once the point is taken out.
  @inline(__always)
  static func read(_ place: inout UnsafePointer<UInt8>) -> Double? {
    let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
    let whole = EightDigits.count(word)
    guard whole > 0, whole < 8 else { return readLong(&place) }
    // Digits after zeros are eight.
    var digits = word << UInt64(truncatingIfNeeded: 64 - 8 * whole)
    var end = place + whole
    let places: Int
    if end.pointee == .point {
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
    if end.pointee.isExponentMark {
      // Of exponents, two digits after a sign are usual: `e+06`.
      let (sign, tens, ones) = (end[1], end[2].digit, end[3].digit)
      guard sign == .plus || sign == .minus, tens < 10, ones < 10, end[4].digit > 9 else {
        return readLong(&place)
      }
      let exponent = Int(tens) * 10 + Int(ones)
      power += sign == .minus ? -exponent : exponent
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
  init?(_ place: inout UnsafePointer<UInt8>) {
    var cursor = place
    isNegative = cursor.pointee == .minus
    if isNegative { cursor += 1 }
    var written = 0
    var value = EightDigits.read(&cursor, after: 0, &written)
    var power = 0
    if cursor.pointee == .point {
      cursor += 1
      let before = written
      value = EightDigits.read(&cursor, after: value, &written)
      power = before - written
    }
    guard written > 0, written < 19 else { return nil }
    if cursor.pointee.isExponentMark {
      cursor += 1
      let isBelow = cursor.pointee == .minus
      if isBelow || cursor.pointee == .plus { cursor += 1 }
      let start = cursor
      var shift = 0
      while cursor.pointee.isDigit, cursor - start < 4 {
        shift = shift * 10 + Int(cursor.pointee.digit)
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
  func scaled(by places: Int) -> Int64? {
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
