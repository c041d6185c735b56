extension Wording {
  /// "a, b and c".
  static func listed(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "1 day", "3 days", "10 080 readings".
  static func counted(_ number: Int64, _ noun: String) -> String {
    "\(count(number)) \(plural(noun, number))"
  }

  static func counted(_ number: Int, _ noun: String) -> String { counted(Int64(number), noun) }

  /// "day", "days".
  static func plural(_ noun: String, _ number: Int64) -> String { number == 1 ? noun : noun + "s" }

  /// "three", from ten on "10".
  static func number(_ value: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return value < words.count ? words[value] : "\(value)"
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Ends as a sentence does.
  var ended: String { hasSuffix(".") || hasSuffix("?") ? self : self + "." }
}
