extension Instant: Codable, CustomStringConvertible {
  /// ISO 8601 in UTC: "2026-10-18T22:00:00Z", with as many decimals as it needs.
  public var description: String {
    let day = seconds.dividedDown(by: 86_400)
    let date = CivilDate(dayNumber: day)
    let second = seconds - day * 86_400
    func padded(_ number: Int64, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    var fraction = padded(
      nanoseconds - nanoseconds.dividedDown(by: 1_000_000_000) * 1_000_000_000, 9)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(padded(Int64(date.year), 4))-\(padded(Int64(date.month)))-\(padded(Int64(date.day)))T"
      + "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
      + (fraction.isEmpty ? "" : "." + fraction) + "Z"
  }

  /// The years whose dates are read.
  ///
  /// The type's own range is wider by more than the longest window, so that nothing computed from such a date leaves it.
  public static let years = 1700...2199

  /// Reads ISO 8601 with "Z" or an offset, seconds optional, up to nine decimals; `nil` for anything else, and for other
  /// years than ``years``.
  public init?(iso text: String) { self.init(iso: text, years: Instant.years) }

  private init?(iso text: String, years: ClosedRange<Int>) {
    var rest = Array(text.utf8)[...]
    func number(_ digits: Int) -> Int64? {
      guard rest.count >= digits else { return nil }
      var value: Int64 = 0
      for byte in rest.prefix(digits) {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 0x30)
      }
      rest = rest.dropFirst(digits)
      return value
    }
    func skip(_ characters: String) -> Bool {
      guard let byte = rest.first, characters.utf8.contains(byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      CivilDate.exists(year: Int(year), month: Int(month), day: Int(day)), skip("T "),
      let hour = number(2), skip(":"), let minute = number(2), hour < 24, minute < 60
    else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if skip(":") {
      guard let value = number(2), value < 60 else { return nil }
      second = value
      if skip(".") {
        var scale: Int64 = 100_000_000
        var digits = 0
        while let digit = number(1) {
          fraction += digit * scale
          scale /= 10
          digits += 1
        }
        guard (1...9).contains(digits) else { return nil }
      }
    }
    var offset: Int64 = 0
    if !skip("Zz") {
      guard let sign = rest.first, sign == 0x2B || sign == 0x2D else { return nil }
      rest = rest.dropFirst()
      guard let hours = number(2) else { return nil }
      _ = skip(":")
      guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
      offset = (hours * 3600 + minutes * 60) * (sign == 0x2D ? -1 : 1)
    }
    guard rest.isEmpty, years.contains(Int(year)) else { return nil }
    let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
    guard let nanoseconds = Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(fraction))
    else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    // What was written before is read again, whatever was computed.
    guard let instant = Instant(iso: text, years: 1...9999) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an instant")
    }
    self = instant
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
