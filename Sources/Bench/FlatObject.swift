/// A JSON object of texts without escapes and whole numbers.
struct FlatObject {
  private let text: String

  init(_ text: String) { self.text = text }

  private func value(_ key: String) -> Substring? {
    guard let name = text.firstRange(of: "\"\(key)\":") else { return nil }
    return text[name.upperBound...].drop { $0 == " " }
  }

  func number(_ key: String) -> Int64? {
    value(key).flatMap { Int64($0.prefix(while: \.isNumber)) }
  }

  func decimal(_ key: String) -> Double? {
    value(key).flatMap { Double($0.prefix { $0.isNumber || $0 == "." || $0 == "e" || $0 == "-" }) }
  }

  func string(_ key: String) -> String? {
    guard let value = value(key), value.first == "\"" else { return nil }
    return String(value.dropFirst().prefix { $0 != "\"" })
  }

  /// The texts of a list.
  func strings(_ key: String) -> [String]? {
    value(key).map { list in
      list.prefix { $0 != "]" }.split(separator: "\"", omittingEmptySubsequences: false)
        .enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
  }

  /// The whole numbers of a list.
  func numbers(_ key: String) -> [Int64]? {
    value(key).flatMap { list in
      guard list.first == "[" else { return nil }
      return list.dropFirst().prefix { $0 != "]" }.split(separator: ",").compactMap {
        Int64($0.drop { $0 == " " })
      }
    }
  }
}
