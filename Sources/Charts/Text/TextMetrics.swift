/// How wide text is.
public protocol TextMetrics: Sendable {
  /// The advance width of one line in pixels.
  func width(of text: String, size: Double, bold: Bool) -> Double
}

extension TextMetrics {
  /// The longest start of `text` that fits into `limit` pixels, with "…" where something is missing.
  func shortened(_ text: String, to limit: Double, size: Double, bold: Bool) -> String {
    let clean = CleanText.of(text)
    if width(of: clean, size: size, bold: bold) <= limit { return clean }
    var kept = clean
    while !kept.isEmpty {
      kept.removeLast()
      let candidate = kept + "…"
      if width(of: candidate, size: size, bold: bold) <= limit { return candidate }
    }
    return ""
  }

  /// `text` broken at spaces into lines of at most `limit` pixels; the last one is shortened.
  func wrapped(_ text: String, to limit: Double, size: Double, bold: Bool, lines: Int) -> [String] {
    var done: [String] = []
    var line = ""
    for word in CleanText.of(text, atMost: 400).split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      let fits = width(of: longer, size: size, bold: bold) <= limit
      if fits || line.isEmpty || done.count == lines - 1 {
        line = longer
      } else {
        done.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { done.append(line) }
    return done.map { shortened($0, to: limit, size: size, bold: bold) }
  }
}

/// The advance widths of DejaVu Sans, the widest font of the page's list, as a table.
///
/// A layout that holds in it holds in the narrower fonts, and is the same on every machine. Letters outside
/// the table count as wide ones.
public struct FixedTextMetrics: TextMetrics {
  public init() {}

  public func width(of text: String, size: Double, bold: Bool) -> Double {
    let table = bold ? Self.bold : Self.regular
    var thousandths = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20..<0x7F: thousandths += table[Int(scalar.value) - 0x20]
      case 0xA0: thousandths += table[0]
      case 0xD7, 0x2212: thousandths += 838
      case 0x2013: thousandths += 500
      case 0x2014, 0x2026: thousandths += 1000
      case 0x2019: thousandths += bold ? 380 : 318
      case 0x300..<0x370: break  // combining marks
      case 0xA1..<0x1100: thousandths += bold ? 780 : 700
      default: thousandths += 1050
      }
    }
    return Double(thousandths) / 1000 * size
  }

  /// Thousandths of the font's size, from U+0020 to U+007E.
  private static let regular = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
  private static let bold = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
    1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
    500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
    716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
  ]
}
