import Testing

@testable import Charts

@Suite("The colours of a file")
struct ColoursTests {
  @Test("are read from six digits and written as read")
  func hex() {
    #expect(Colour(hex: "#1f77b4")?.hex == "#1F77B4")
    #expect(Colour(hex: "#00000a")?.hex == "#00000A")
    for text in ["", "#12345", "1234567", "#12345g", "#+12345", "#1234567", "#１２３４５６"] {
      #expect(Colour(hex: text) == nil, "\(text)")
    }
  }

  @Test("are those of a light page", arguments: Paint.allCases)
  func light(paint: Paint) {
    #expect(Colours.light.colour(paint).hex == paint.light)
    #expect(Colours.light.hex(paint) == paint.light)
  }

  @Test("can have another for one paint")
  func replaced() throws {
    let other = Colours.light.replacing(.s1, by: try #require(Colour(hex: "#1f77b4")))
    #expect(other.hex(.s1) == "#1F77B4")
    #expect(other.hex(.s2) == Paint.s2.light)
  }
}
