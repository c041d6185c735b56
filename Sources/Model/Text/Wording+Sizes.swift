extension Wording {
  /// A quantity of capacity: "85.3 GiB", "85 %", "1 234 connections"; three digits, and no zeros after the point.
  public static func quantity(_ value: Double, unit: String?) -> String {
    switch unit {
    case "bytes": return size(value)
    case "percent": return digits(value) + "\(space)%"
    case let unit?: return digits(value) + space + unit
    case nil: return digits(value)
    }
  }

  /// A range of quantities: "461–467 GiB", "512 MiB–1.2 GiB", "0–649 requests".
  public static func quantities(_ lower: Double, _ upper: Double, unit: String?) -> String {
    let (low, high) = (quantity(lower, unit: unit), quantity(upper, unit: unit))
    guard let place = low.lastIndex(of: Character(space)), unit != nil,
      high.hasSuffix(low[place...])
    else { return "\(low)–\(high)" }
    return "\(low[..<place])–\(high)"
  }

  /// Bytes in powers of 1024: "512 B", "85.3 GiB".
  public static func size(_ bytes: Double) -> String {
    var (value, power) = (bytes, 0)
    // 1023.95 would be printed as 1024.
    while value >= 1023.95, power < sizes.count - 1 { (value, power) = (value / 1024, power + 1) }
    return digits(value) + space + sizes[power]
  }

  /// What to divide values up to a size by, and the unit they are in then: of bytes a power of 1024.
  public static func scale(for largest: Double, unit: String?) -> (factor: Double, unit: String) {
    switch unit {
    case "bytes":
      var power = 0
      while power < sizes.count - 1, largest >= bytes(power + 1) { power += 1 }
      return (bytes(power), sizes[power])
    case "percent": return (1, "%")
    case let unit?: return (1, unit)
    case nil: return (1, "")
    }
  }

  private static func bytes(_ power: Int) -> Double {
    (0..<power).reduce(1) { size, _ in size * 1024 }
  }

  private static let sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

  /// Three digits where there are fewer before the point; whole numbers in groups from 10 000 on.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 9e15 else { return "–" }
    var decimals = 0
    while decimals < 2, abs(value) < [100, 9.995][decimals] { decimals += 1 }
    let unit = decimals == 2 ? 100.0 : decimals == 1 ? 10 : 1
    var scaled = Int64((value * unit).rounded())
    while decimals > 0, scaled % 10 == 0 { (scaled, decimals) = (scaled / 10, decimals - 1) }
    if decimals == 0 { return count(scaled) }
    let minus = scaled < 0 ? "\u{2212}" : ""
    return minus + decimal(abs(scaled), decimals: decimals)
  }
}
