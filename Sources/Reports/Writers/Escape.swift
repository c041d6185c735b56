/// Text made safe for the place it lands in.
public enum Escape {
  /// For element content and quoted attributes of HTML.
  static func html(_ text: String) -> String {
    var result = ""
    for scalar in cleaned(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For running text of Markdown: nothing becomes markup, a character reference, a link or a mention.
  static func markdown(_ text: String) -> String {
    var result = ""
    let scalars = Array(cleaned(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "@", "~", "&": result += "\\\(scalar)"
      case "!" where next == "[": result += "\\!"
      case ":" where next == "/": result += "&#58;"
      case "." where result.suffix(3).lowercased() == "www": result += "\\."
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For the text of a line of Markdown, escaped already: it does not begin a list or underline a heading.
  static func lineStart(_ text: String) -> String {
    let word = text.prefix { $0 != " " }
    if word.allSatisfy({ "-+=:".contains($0) }) { return "\\" + text }
    guard let mark = word.last, ".)".contains(mark), word.count > 1,
      word.dropLast().allSatisfy({ $0.isASCII && $0.isNumber })
    else { return text }
    return word.dropLast() + "\\" + text.dropFirst(word.count - 1)
  }

  /// For a string of CSS in double quotes.
  static func css(_ text: String) -> String {
    var result = ""
    for scalar in cleaned(text).unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".", "-", "·", "\u{A0}":
        result.unicodeScalars.append(scalar)
      default: result += "\\" + String(scalar.value, radix: 16) + " "
      }
    }
    return result
  }

  /// A field of CSV (RFC 4180); what a spreadsheet would take for a formula begins with an apostrophe.
  static func csv(_ text: String) -> String {
    let cleaned = cleaned(text)
    let safe = isFormula(cleaned) ? "'" + cleaned : cleaned
    // By scalars: a letter's accent may stand after a quotation mark, too.
    guard safe.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return safe }
    var quoted = "\""
    for scalar in safe.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted += "\"" }
    }
    return quoted + "\""
  }

  /// Whether a spreadsheet may compute a text; a signed number with its unit it cannot, "-31 %" or "+264 MiB a day".
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, Double(text) == nil else { return false }
    switch first {
    case "=", "@", "＝", "＋", "－", "＠": return true
    case "+", "-":
      let rest = text.unicodeScalars.dropFirst()
      guard let digit = rest.first, ("0"..."9").contains(digit) else { return rest.count > 0 }
      return !rest.allSatisfy { scalar in
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z", " ", "\u{A0}", ".", ",", "%", "×", "–": true
        default: false
        }
      }
    default: return false
    }
  }

  /// Without control characters, bidirectional overrides and line separators, and cut at 600 characters.
  public static func cleaned(_ text: String) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060, 0x2066...0x2069,
        0xFEFF:
        continue
      default: break
      }
      if count == 600 { return result + "…" }
      result.unicodeScalars.append(scalar)
      count += 1
    }
    return result
  }
}
