import Model
import Testing

@testable import Reports

@Suite("Sentences and headings")
struct SentenceTests {
  @Test("a sentence ends once and begins large")
  func ends() {
    #expect("done".ended == "done." && "done.".ended == "done." && "why?".ended == "why?")
    #expect("ärger".capitalizedFirst == "Ärger" && "".capitalizedFirst == "")
  }

  @Test("a heading shortens the name, not what is said of it")
  func headings() {
    #expect(Wording.heading("Checkout", ": all well") == "Checkout: all well")
    let long = Wording.heading(String(repeating: "n", count: 100), ": all well")
    #expect(long.count == 70 && long.hasSuffix("n…: all well"))
    // What is said alone may be too long; 8 characters of the name are left.
    #expect(
      Wording.heading("Checkout API", String(repeating: "s", count: 80)).hasPrefix("Checkou…s"))
  }

  @Test("a text is cut at a word")
  func cuts() {
    #expect(Wording.cut("one two three", at: 13) == "one two three")
    #expect(Wording.cut("one two three", at: 12) == "one two…")
    #expect(Wording.cut("onetwothree", at: 5) == "onet…")
  }
}
