import Charts
import TestSupport
import Testing

@Suite("The palette")
struct PaletteTests {
  // Black on white: (1 + 0.05) / (0 + 0.05) = 21.
  @Test("is judged by a formula that gives 21 for black on white")
  func formula() {
    #expect(abs(Contrast.of("#000000", "#FFFFFF") - 21) < 1e-9)
    // The table of the design says 7.62 for s1 on a light page.
    #expect(abs(Contrast.of("#14568F", "#FFFFFF") - 7.62) < 0.01)
  }

  @Test(
    "has words that reach 4.5:1 on page and surface",
    arguments: [
      Paint.ink, .ink2, .axis, .s1, .s2, .s3, .s4, .okText, .warnText, .badText, .noneText,
    ])
  func words(paint: Paint) {
    #expect(Contrast.of(paint, on: .page) >= 4.5)
    #expect(Contrast.of(paint, on: .surface) >= 4.5)
  }

  @Test(
    "has words that reach 4.5:1 on the tint of their own state",
    arguments: [
      (Paint.okText, Paint.okTint), (.warnText, .warnTint), (.badText, .badTint),
      (.noneText, .noneTint), (.ink, .okTint), (.ink, .warnTint), (.ink, .badTint),
      (.ink, .noneTint), (.ink, .s1b), (.ink, .s1c), (.ink2, .badTint),
    ])
  func wordsOnTints(paint: Paint, tint: Paint) {
    #expect(Contrast.of(paint, on: tint) >= 4.5)
  }

  @Test(
    "has marks that reach 3:1 on page and surface",
    arguments: [Paint.prev, .s1, .s2, .s3, .s4, .ok, .warn, .bad, .none, .d1Edge, .d3Edge])
  func marks(paint: Paint) {
    #expect(Contrast.of(paint, on: .page) >= 3)
    if paint != .d1Edge { #expect(Contrast.of(paint, on: .surface) >= 3) }
  }

  @Test("names readable words for every mark that has a state")
  func textOfMarks() {
    for paint in [Paint.ok, .warn, .bad, .none, .s1, .ink] {
      #expect(Contrast.of(paint.text, on: .page) >= 4.5)
    }
  }

  @Test("is the same style sheet, below 6 000 bytes")
  func styleSheet() throws {
    #expect(Palette.stylesheet.utf8.count < 6000)
    try Golden.check(Palette.stylesheet, "palette.css")
  }
}
