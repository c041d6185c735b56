/// A number of up to 18 digits as most are written, read byte by byte from memory that ends in something else.
struct QuickNumber {
  private let digits: UInt64
  private let exponent: Int
  private let isNegative: Bool
  /// Whether there is neither point nor exponent.
  private let isWhole: Bool

  /// Reads `[-]digits[.digits][e[+-]digits]` and moves `place` behind it; `nil` for any other number, which
  /// ``Decimal`` must read.
  @inline(__always)
  init?(_ base: UnsafePointer<UInt8>, _ place: inout Int) {
    var cursor = place
    isNegative = base[cursor] == 45
    if isNegative { cursor += 1 }
    var value: UInt64 = 0
    var start = cursor
    while base[cursor] &- 48 < 10 {
      value = value &* 10 &+ UInt64(base[cursor] &- 48)
      cursor += 1
    }
    var written = cursor - start
    var power = 0
    if base[cursor] == 46 {
      cursor += 1
      start = cursor
      while base[cursor] &- 48 < 10 {
        value = value &* 10 &+ UInt64(base[cursor] &- 48)
        cursor += 1
      }
      power = start - cursor
      written -= power
    }
    guard written > 0, written < 19 else { return nil }
    if base[cursor] | 32 == 101 {
      cursor += 1
      let isBelow = base[cursor] == 45
      if isBelow || base[cursor] == 43 { cursor += 1 }
      start = cursor
      var shift = 0
      while base[cursor] &- 48 < 10, cursor - start < 4 {
        shift = shift * 10 + Int(base[cursor] &- 48)
        cursor += 1
      }
      guard cursor > start else { return nil }
      power += isBelow ? -shift : shift
    }
    (digits, exponent) = (value, power)
    isWhole = cursor - place == written + (isNegative ? 1 : 0)
    place = cursor
  }

  /// The nearest `Double`; `nil` when more than one rounding would be needed.
  ///
  /// A 53-bit whole number times or over an exact power of ten is rounded once (Clinger 1990).
  @inline(__always)
  var double: Double? {
    guard digits <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
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

  /// The same of a number written without point and exponent.
  @inline(__always)
  func whole(scaledBy places: Int) -> Int64? { isWhole ? scaled(by: places) : nil }

  private static let tens: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000,
  ]
}
