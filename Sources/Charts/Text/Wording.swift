import Model

/// The few words and numbers that a scale writes by itself.
enum Wording {
  /// "12 Oct".
  static func date(_ date: CivilDate) -> String { "\(date.day) \(date.shortMonthName)" }

  /// "Mon 12", "Thu 1 Oct".
  static func day(_ date: CivilDate, month: Bool) -> String {
    "\(date.weekdayName) \(month ? self.date(date) : String(date.day))"
  }

  /// "−25 %", with a true minus and a no-break space.
  static func percent(_ whole: Int) -> String {
    (whole < 0 ? "\u{2212}" : "") + "\(whole.magnitude)\u{A0}%"
  }

  /// "99.5 %"; 100 and 0 without decimals.
  static func percent(_ value: Double, decimals: Int) -> String {
    let scale = (0..<min(max(decimals, 0), 9)).reduce(1) { power, _ in power * 10 }
    let units = Int((min(max(value, 0), 100) * Double(scale)).rounded())
    let (whole, part) = units.quotientAndRemainder(dividingBy: scale)
    guard units > 0, whole < 100, scale > 1 else { return percent(whole) }
    return "\(whole).\(String(part + scale).dropFirst())\u{A0}%"
  }

  /// A share in whole percent, rounded down; the far ends are cut at a million percent.
  static func percent(ofShare share: Double) -> String {
    // Five billionths of a percent keep 0.07 × 100 from falling to 6.
    percent(Int(min(max((share * 100 + 5e-9).rounded(.down), -1e6), 1e6)))
  }

  /// The largest two units, rounded down: "38 min", "26 h", "3 d 4 h".
  static func duration(seconds: Int64) -> String {
    func joined(_ large: Int64, _ name: String, _ small: Int64, _ other: String) -> String {
      small == 0
        ? "\(large)\u{A0}\(name)" : "\(large)\u{A0}\(name) \(small)\u{A0}\(other)"
    }
    switch seconds {
    case ..<60: return "\(seconds)\u{A0}s"
    case ..<3600: return joined(seconds / 60, "min", seconds % 60, "s")
    case ..<172_800: return joined(seconds / 3600, "h", seconds % 3600 / 60, "min")
    default: return joined(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")
    }
  }

  static func clock(second: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return two(second / 3600) + ":" + two(second % 3600 / 60)
  }

  /// "clocks −1 h", "clocks +30 min".
  static func clocks(shift: Int64) -> String {
    "clocks " + (shift < 0 ? "\u{2212}" : "+") + duration(seconds: abs(shift))
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
