import Charts
import Foundation
import TestSupport
import Testing

@Suite("The palette")
struct PaletteTests {
  /// Relative luminance by WCAG 2.2.
  private func luminance(_ hex: String) -> Double {
    let value = UInt32(hex.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(value >> UInt32(shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The lower contrast of the two of light and dark.
  private func contrast(_ one: Paint, on other: Paint) -> Double {
    min(contrast(one.light, other.light), contrast(one.dark, other.dark))
  }

  // Black on white: (1 + 0.05) / (0 + 0.05) = 21.
  @Test("is judged by a formula that gives 21 for black on white")
  func formula() {
    #expect(abs(contrast("#000000", "#FFFFFF") - 21) < 1e-9)
    // The table of the design says 7.62 for s1 on a light page.
    #expect(abs(contrast("#14568F", "#FFFFFF") - 7.62) < 0.01)
  }

  @Test(
    "has words that reach 4.5:1 on page and surface",
    arguments: [
      Paint.ink, .ink2, .axis, .s1, .s2, .s3, .s4, .okText, .warnText, .badText, .noneText,
    ])
  func words(paint: Paint) {
    #expect(contrast(paint, on: .page) >= 4.5)
    #expect(contrast(paint, on: .surface) >= 4.5)
  }

  @Test(
    "has words that reach 4.5:1 on the tint of their own state",
    arguments: [
      (Paint.okText, Paint.okTint), (.warnText, .warnTint), (.badText, .badTint),
      (.noneText, .noneTint), (.ink, .okTint), (.ink, .warnTint), (.ink, .badTint),
      (.ink, .noneTint), (.ink, .s1b), (.ink, .s1c), (.ink2, .badTint),
    ])
  func wordsOnTints(paint: Paint, tint: Paint) {
    #expect(contrast(paint, on: tint) >= 4.5)
  }

  @Test(
    "has marks that reach 3:1 on page and surface",
    arguments: [Paint.prev, .s1, .s2, .s3, .s4, .ok, .warn, .bad, .none, .d1Edge, .d3Edge])
  func marks(paint: Paint) {
    #expect(contrast(paint, on: .page) >= 3)
    if paint != .d1Edge { #expect(contrast(paint, on: .surface) >= 3) }
  }

  @Test("names readable words for every mark that has a state")
  func textOfMarks() {
    for paint in [Paint.ok, .warn, .bad, .none, .s1, .ink] {
      #expect(contrast(paint.text, on: .page) >= 4.5)
    }
  }

  @Test("is the same style sheet, below 6 000 bytes")
  func styleSheet() throws {
    #expect(Palette.stylesheet.utf8.count < 6000)
    try Golden.check(Palette.stylesheet, "palette.css")
  }
}
