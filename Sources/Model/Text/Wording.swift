/// Puts quantities into words: numbers, shares, lengths of time and dates read alike in charts, on pages and in a terminal.
///
/// Typography is that of HTML: U+00A0 before a unit, U+2212 as minus. ``plain(_:)`` turns it into that of Markdown and
/// terminals. Rounding happens here, once, and against ourselves.
public enum Wording {
  public static let space = "\u{A0}"

  /// A no-break space becomes a plain one, a true minus a hyphen.
  public static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{A0}", "\u{202F}": result += " "
      case "\u{2212}": result += "-"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: Numbers

  /// Whole numbers in groups of three from 10 000 on.
  public static func count(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    let minus = number < 0 ? "\u{2212}" : ""
    guard digits.count > 4 else { return minus + digits }
    var groups = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { groups += space }
      groups.append(digit)
    }
    return minus + groups
  }

  /// "1 day", "3 days", "10 080 readings".
  public static func counted(_ number: Int64, _ noun: String) -> String {
    "\(count(number)) \(plural(noun, number))"
  }

  public static func counted(_ number: Int, _ noun: String) -> String {
    counted(Int64(number), noun)
  }

  /// "day", "days"; "query", "queries"; "series", "series".
  public static func plural(_ noun: String, _ number: Int64) -> String {
    if number == 1 || noun.hasSuffix("s") { return noun }
    let (stem, last) = (noun.dropLast(), noun.last)
    return last == "y" && stem.last.map("aeou".contains) == false ? stem + "ies" : noun + "s"
  }

  /// "three", from ten on "10".
  public static func number(_ value: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words.indices.contains(value) ? words[value] : count(Int64(value))
  }

  /// "one day", "three days", "10 days".
  public static func numbered(_ value: Int, _ noun: String) -> String {
    "\(number(value)) \(plural(noun, Int64(value)))"
  }

  /// "a, b and c".
  public static func listed(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "12.50" of 1250 with two decimals; of numbers from 0 on.
  public static func decimal(_ value: Int64, decimals: Int) -> String {
    let unit = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    let fraction = String(value % unit)
    return "\(value / unit)."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
