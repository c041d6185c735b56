/// Text from data, made fit to be drawn on one line.
enum CleanText {
  /// Drops control characters and marks of writing direction, joins lines, caps the length with "…".
  ///
  /// A stray direction override could turn the rest of the page around; letters that are written from
  /// right to left need none.
  static func of(_ text: String, atMost limit: Int = 200) -> String {
    var kept = String.UnicodeScalarView()
    var count = 0
    // A character may hold any number of combining scalars, so scalars are counted.
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: kept.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF,
        0xFFF9...0xFFFB:
        continue
      case let value where value & 0xFFFE == 0xFFFE: continue
      default: kept.append(scalar)
      }
      count += 1
      if count > limit {
        kept.removeLast()
        kept.append("…")
        break
      }
    }
    return String(kept)
  }
}
