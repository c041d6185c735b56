import Model

/// How durations, shares and numbers are written.
enum ScalarText {
  enum Failure: Error {
    case malformed
    case missingUnit
    case needsPercentSign(suggestion: String)
  }

  /// Reads "30s", "36h", "1h30m" or "250ms": whole numbers, larger units first.
  static func duration(_ text: String) throws(Failure) -> Duration {
    let units: [(name: String, milliseconds: Int64)] = [
      ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
      ("ms", 1),
    ]
    var rest = Array(text.utf8)[...]
    var nextUnit = 0
    var total: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { !(0x30...0x39).contains($0) }
      rest = rest.dropFirst(name.count)
      // Nine digits of weeks stay far inside 64 bits of milliseconds.
      guard (1...9).contains(digits.count),
        let number = Int64(String(decoding: digits, as: UTF8.self))
      else { throw .malformed }
      if name.isEmpty, nextUnit == 0 { throw .missingUnit }
      guard
        let unit = units.indices.first(where: {
          $0 >= nextUnit && units[$0].name.utf8.elementsEqual(name)
        })
      else { throw .malformed }
      total += number * units[unit].milliseconds
      nextUnit = unit + 1
    }
    guard nextUnit > 0 else { throw .malformed }
    return .milliseconds(total)
  }

  /// Reads "99.9%" exactly into parts per billion; may be above 100 %.
  static func share(_ text: String) throws(Failure) -> Int64 {
    var number = Array(text.utf8)[...]
    let hasSign = number.last == UInt8(ascii: "%")
    if hasSign {
      number = number.dropLast()
      while number.last == 0x20 { number = number.dropLast() }
    }
    guard let percent = scaled(number, decimals: 7) else { throw .malformed }
    if hasSign { return percent }
    // Without its sign, 0.999 was meant as a share and 99.9 in percent.
    let isShare = number.contains(UInt8(ascii: ".")) && percent <= 10_000_000
    let parts = isShare ? scaled(number, decimals: 9) : percent
    guard let parts, parts <= 1_000_000_000 else { throw .malformed }
    throw .needsPercentSign(suggestion: percentText(parts))
  }

  /// A decimal number times a power of ten, exactly; `nil` with more decimals or over six digits.
  private static func scaled(_ text: ArraySlice<UInt8>, decimals: Int) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...6).contains(parts[0].count),
      text.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : []
    guard fraction.count <= decimals, parts.count == 1 || !fraction.isEmpty else { return nil }
    let zeros = [UInt8](repeating: 0x30, count: decimals - fraction.count)
    return Int64(String(decoding: parts[0] + fraction + zeros, as: UTF8.self))
  }

  /// "99.9%" for 999,000,000 parts per billion.
  private static func percentText(_ parts: Int64) -> String {
    var fraction = String(10_000_000 + parts % 10_000_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(parts / 10_000_000)\(fraction.isEmpty ? "" : "." + fraction)%"
  }

  /// Reads a decimal number with an optional sign and exponent; never infinity, NaN or hexadecimal.
  static func number(_ text: String) -> Double? {
    let allowed = "0123456789+-.eE"
    guard text.utf8.count <= 40, text.utf8.allSatisfy(allowed.utf8.contains),
      text.utf8.contains(where: { (0x30...0x39).contains($0) }), let number = Double(text),
      number.isFinite
    else { return nil }
    return number
  }

  /// Reads "500GiB", "1.5 TB" or a bare number; sizes in bytes, with units of 1000 or, with an `i`, of 1024.
  static func size(_ text: String) -> (value: Double, isSize: Bool)? {
    let digits = text.prefix { !$0.isLetter || $0 == "e" || $0 == "E" }
    let unit = text.dropFirst(digits.count)
    guard
      let number = number(
        String(digits.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    else { return nil }
    if unit.isEmpty { return (number, false) }
    guard let power = sizes.firstIndex(of: unit.filter { $0 != "i" }.uppercased()) else {
      return nil
    }
    let base: Double = unit.contains("i") ? 1024 : 1000
    return ((0..<power).reduce(number) { size, _ in size * base }, true)
  }

  private static let sizes = ["B", "KB", "MB", "GB", "TB", "PB"]

  /// Replaces each `${NAME}`; anything else with a dollar sign is unchanged.
  ///
  /// The names of variables that are not set, or empty, are collected in `missing`.
  static func expanded(
    _ text: String, environment: [String: String], missing: inout [String]
  ) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${") {
      let name = rest[start.upperBound...].prefix {
        $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber)
      }
      guard let first = name.first, !first.isNumber, rest[name.endIndex...].first == "}" else {
        result += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        continue
      }
      if let value = environment[String(name)], !value.isEmpty {
        result += rest[..<start.lowerBound] + value
      } else {
        missing.append(String(name))
      }
      rest = rest[name.endIndex...].dropFirst()
    }
    return result + rest
  }
}
