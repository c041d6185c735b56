import Testing

@testable import Reports

@Suite("Frames")
struct FrameTests {
  @Test("a frame fills every slot, and an unknown one is an error")
  func fillsSlots() throws {
    #expect(try Frame(template: "a{{x}}b{{x}}").filled(with: ["x": "1"]) == "a1b1")
    #expect(throws: FrameError.unknownSlot("y")) {
      try Frame(template: "{{y}}").filled(with: ["x": "1"])
    }
    #expect(throws: FrameError.unclosed) { try Frame(template: "{{y").filled(with: ["y": "1"]) }
    // What is filled in is not looked at again.
    #expect(try Frame(template: "{{x}}").filled(with: ["x": "{{x}}"]) == "{{x}}")
  }

  @Test("text around slots stays as it is, one brace is no slot")
  func keepsText() throws {
    #expect(try Frame(template: "p { a }").filled(with: [:]) == "p { a }")
    #expect(try Frame(template: "{a}{{x}}}").filled(with: ["x": "1"]) == "{a}1}")
    #expect(try Frame(template: "").filled(with: ["x": "1"]).isEmpty)
  }
}
