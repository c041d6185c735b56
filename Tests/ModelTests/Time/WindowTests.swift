import Model
import Testing

@Suite("Windows")
struct WindowTests {
  private func window(_ start: Int64, _ end: Int64) -> Window {
    Window(start: Instant(seconds: start), end: Instant(seconds: end))
  }

  private func set(_ pairs: (Int64, Int64)...) -> WindowSet {
    WindowSet(pairs.map { window($0.0, $0.1) })
  }

  @Test("hold their start and not their end")
  func halfOpen() {
    #expect(window(10, 20).contains(Instant(seconds: 10)))
    #expect(!window(10, 20).contains(Instant(seconds: 20)))
    #expect(!window(10, 10).contains(Instant(seconds: 10)))
    #expect(window(10, 20).length == .seconds(10))
  }

  @Test("share nothing where they only touch")
  func clipping() {
    #expect(window(0, 10).clipped(to: window(5, 20)) == window(5, 10))
    #expect(window(0, 10).clipped(to: window(10, 20)) == nil)
    #expect(window(0, 10).clipped(to: window(2, 3)) == window(2, 3))
  }

  @Test("in a set are sorted and joined where they touch or overlap; empty ones vanish")
  func joined() {
    #expect(
      set((30, 40), (0, 10), (10, 20), (5, 8), (25, 25)).windows == [window(0, 20), window(30, 40)])
    #expect(set((30, 40), (0, 20)).length == .seconds(30))
    #expect(set().isEmpty)
  }

  @Test("in a set and its gaps add up to the whole")
  func gaps() {
    let some = set((5, 10), (20, 30))
    #expect(some.gaps(in: window(0, 25)) == set((0, 5), (10, 20)))
    #expect(some.gaps(in: window(5, 10)).isEmpty)
    #expect(set().gaps(in: window(0, 5)) == set((0, 5)))
    let whole = window(7, 50)
    #expect(some.clipped(to: whole).length + some.gaps(in: whole).length == whole.length)
  }

  @Test("in sets are united and intersected")
  func setAlgebra() {
    let one = set((0, 10), (20, 30))
    let other = set((5, 25), (30, 35))
    #expect(one.union(other) == set((0, 35)))
    #expect(one.intersection(other) == set((5, 10), (20, 25)))
    #expect(one.intersection(set()).isEmpty)
  }
}

@Suite("A window rule")
struct WindowRuleTests {
  @Test("looks back by its length, whatever the clocks did")
  func rolling() throws {
    let now = Instant(seconds: utc(2026, 10, 26))
    let window = WindowRule.rolling(.days(7)).window(at: now, in: try zone("Europe/Berlin"))
    #expect(window == Window(start: Instant(seconds: utc(2026, 10, 19)), end: now))
  }

  @Test("takes the calendar unit that holds the moment, and at its very end the one just ended")
  func calendar() throws {
    let berlin = try zone("Europe/Berlin")
    // October 2026 in Berlin: 09-30 22:00 UTC to 10-31 23:00 UTC.
    let october = Window(
      start: Instant(seconds: utc(2026, 9, 30, 22)), end: Instant(seconds: utc(2026, 10, 31, 23)))
    let rule = WindowRule.calendar(.month)
    #expect(rule.window(at: Instant(seconds: utc(2026, 10, 1)), in: berlin) == october)
    #expect(rule.window(at: october.end, in: berlin) == october)
    let later = rule.window(at: Instant(nanoseconds: october.end.nanoseconds + 1), in: berlin)
    #expect(later.start == october.end)
  }
}
