import Model

/// What a scale writes by itself.
extension Wording {
  /// "99.5 %"; 100 and 0 without decimals.
  static func percent(_ value: Double, decimals: Int) -> String {
    let scale = (0..<min(max(decimals, 0), 9)).reduce(1) { power, _ in power * 10 }
    let units = Int((min(max(value, 0), 100) * Double(scale)).rounded())
    let (whole, part) = units.quotientAndRemainder(dividingBy: scale)
    guard units > 0, whole < 100, scale > 1 else { return percent(whole) }
    return "\(whole).\(String(part + scale).dropFirst())\(space)%"
  }

  /// "clocks −1 h", "clocks +30 min".
  static func clocks(shift: Int64) -> String {
    "clocks " + (shift < 0 ? "\u{2212}" : "+") + duration(.seconds(abs(shift)))
  }

  /// "1250", "−0.50", rounded to so many decimals; the far ends are cut at a million billions.
  static func decimal(_ value: Double, _ decimals: Int) -> String {
    let factor = Ticks.tens(decimals)
    let whole = Int((min(max(value, -1e15), 1e15) * factor).rounded())
    let digits = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    let point = decimals > 0 ? "." : ""
    return (whole < 0 ? "\u{2212}" : "") + padded.dropLast(decimals) + point
      + padded.suffix(decimals)
  }
}
