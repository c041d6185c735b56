import Model
import Testing

@Suite("Words for states")
struct StateWordsTests {
  @Test("mean up or down in any case; what nobody says means nothing")
  func usual() {
    let words = StateWords()
    #expect(["1", "UP", "Ok", "operational"].map { words.state($0) } == [.up, .up, .up, .up])
    #expect(["0", "Down", "outage", "f"].map { words.state($0) } == [.down, .down, .down, .down])
    for word in ["", "degraded", "Paused", "Started", "pending", "maintenance", "2", " up"] {
      #expect(words.state(word) == nil, "\(word)")
    }
  }

  @Test("that are declared come first")
  func declared() {
    let words = StateWords(["degraded": .up, "up": .down, "": .ignored])
    #expect(words.state("Degraded") == .up)
    #expect(words.state("up") == .down)
    #expect(words.state("") == .ignored)
    #expect(words.state("down") == .down)
  }

  @Test("are kept as values that tell them apart")
  func values() {
    for state in CheckState.allCases { #expect(CheckState(value: state.value) == state) }
    #expect(CheckState(value: 2) == nil && CheckState(value: .nan) == nil)
  }
}
