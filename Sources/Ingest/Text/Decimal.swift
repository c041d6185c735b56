/// Numbers as expositions and tables write them.
///
/// Accepted are `[+-]digits[.digits][e[+-]digits]`, `NaN`, and `Inf` or `Infinity` with or without a sign, in any case, as
/// Prometheus accepts them; no hexadecimal, no separators, and nothing beyond the range of a `Double`.
struct Decimal {
  private var negative = false
  /// The first 19 significant digits, and the power of ten that they are multiplied with.
  private var digits: UInt64 = 0
  private var exponent = 0
  /// Whether `digits` holds all that was written.
  private var exact = true

  /// Reads a whole finite number at `range`; `nil` when it is not one.
  @inline(__always)
  init?(_ text: borrowing Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    if text[index] == .minus || text[index] == .plus {
      negative = text[index] == .minus
      index += 1
    }
    var (written, kept) = (0, 0)
    var point = false
    while index < end {
      let byte = text[index]
      if byte.isDigit {
        written += 1
        if kept < 19 {
          digits = digits &* 10 &+ UInt64(byte.digit)
          if digits > 0 { kept += 1 }
          if point { exponent -= 1 }
        } else {
          if byte != .zero { exact = false }
          if !point { exponent += 1 }
        }
      } else if byte == .point, !point {
        point = true
      } else {
        break
      }
      index += 1
    }
    guard written > 0 else { return nil }
    guard index < end else { return }
    guard text[index].isExponentMark else { return nil }
    index += 1
    var (power, below, powerDigits) = (0, false, 0)
    if index < end, text[index] == .minus || text[index] == .plus {
      below = text[index] == .minus
      index += 1
    }
    while index < end, text[index].isDigit {
      // Beyond this every number is 0 or out of range, whatever its digits.
      power = min(power * 10 + Int(text[index].digit), 10_000_000)
      powerDigits += 1
      index += 1
    }
    guard powerDigits > 0, index == end else { return nil }
    exponent += below ? -power : power
  }

  /// The nearest `Double`; `nil` if `text` at `range` is not a number or too large.
  @inline(__always)
  static func double(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard let number = Decimal(text, range) else { return special(text, range) }
    // A 53-bit whole number times or over an exact power of ten is rounded once, so it is correct
    // (Clinger 1990).
    if number.exact, number.digits <= 1 << 53, number.exponent >= -22, number.exponent <= 22 {
      let magnitude =
        number.exponent < 0
        ? Double(number.digits) / powers[-number.exponent]
        : Double(number.digits) * powers[number.exponent]
      return number.negative ? -magnitude : magnitude
    }
    if number.exact, let magnitude = NearestDouble.of(number.digits, places: -number.exponent) {
      return number.negative ? -magnitude : magnitude
    }
    return hard(text, range)
  }

  @inline(never)
  private static func hard(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(text[index]) }
    // The grammar is checked already; this one rounds correctly and knows no locale.
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  @inline(never)
  private static func special(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    if text.holds("nan", range, anyCase: true) { return .nan }
    guard let sign = range.first.map({ text[$0] }) else { return nil }
    let word = sign == .plus || sign == .minus ? range.dropFirst() : range
    guard text.holds("inf", word, anyCase: true) || text.holds("infinity", word, anyCase: true)
    else { return nil }
    return sign == .minus ? -.infinity : .infinity
  }

  /// The number times `10^places` as an integer, further places cut off; clamped to the range of
  /// `Int64`.
  func scaled(by places: Int) -> Int64 {
    var magnitude = digits
    var power = exponent + places
    while power < 0, magnitude > 0 {
      magnitude /= 10
      power += 1
    }
    while power > 0, magnitude > 0 {
      let (value, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      guard !overflow else { return negative ? .min : .max }
      magnitude = value
      power -= 1
    }
    guard let whole = Int64(exactly: magnitude) else { return negative ? .min : .max }
    return negative ? -whole : whole
  }

  /// The powers of ten that a `Double` holds exactly.
  static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
