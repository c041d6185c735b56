import Analytics
import Model
import TestSupport
import Testing

@Suite("Budgeting")
struct BudgetingTests {
  private func measurement(_ minutes: [Int64], _ good: [Int64], _ total: [Int64]) -> Measurement {
    Measurement(
      tally: Tally(minutes: minutes, good: good, total: total), unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet()))
  }

  @Test("by occurrences changes nothing")
  func occurrences() {
    let events = measurement([0, 1], [1, 2], [2, 2])
    #expect(events.budgeted(by: .occurrences) == events)
  }

  @Test("by time slices asks each slice for its own ratio")
  func timeslices() throws {
    // Slices of 5 minutes: 0-4 has 97 of 100, 5-9 has 20 of 20, 10-14 nothing, 15-19 has 9 of 10.
    let events = measurement([0, 3, 5, 12, 19], [50, 47, 20, 0, 9], [50, 50, 20, 0, 10])
    let slices = events.budgeted(by: .timeslices(every: .minutes(5), target: try percent(97)))
    #expect(slices.tally == Tally(minutes: [0, 5, 15], good: [1, 1, 0], total: [1, 1, 1]))
    #expect(slices.unit == .slices)
  }

  @Test("by the ratio of time slices gives each slice the same weight")
  func ratioTimeslices() {
    // (97/100 + 20/20 + 9/10) / 3 = 0.956666…
    let events = measurement([0, 3, 5, 19], [50, 47, 20, 9], [50, 50, 20, 10])
    let counts = events.budgeted(by: .ratioTimeslices(every: .minutes(5))).tally
      .counts(in: span(0, 1200))
    #expect(counts == EventCounts(good: 2_870_000_000, total: 3_000_000_000))
  }

  @Test("takes slices before 1970 and shorter than a minute as whole minutes")
  func odd() throws {
    let events = measurement([-7, -6], [1, 1], [1, 2])
    let slices = events.budgeted(by: .timeslices(every: .minutes(5), target: try percent(60)))
    #expect(slices.tally == Tally(minutes: [-10], good: [1], total: [1]))
    let short = events.budgeted(by: .timeslices(every: .seconds(1), target: try percent(60)))
    #expect(short.tally == Tally(minutes: [-7, -6], good: [1, 0], total: [1, 1]))
  }

  @Test("leaves out a slice whose good exceeds its total, however far")
  func contradiction() throws {
    let events = measurement([0, 1, 2], [.max, -1, 1], [1, 5, 2])
    let ratio = events.budgeted(by: .ratioTimeslices(every: .minutes(1))).tally
    #expect(ratio == Tally(minutes: [2], good: [500_000_000], total: [1_000_000_000]))
    let slices = events.budgeted(by: .timeslices(every: .minutes(1), target: try percent(50)))
    #expect(slices.tally == Tally(minutes: [2], good: [1], total: [1]))
  }

  @Test("keeps every share between 0 and 1 for any valid counts")
  func law() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let minutes = (0..<60).filter { _ in Bool.random(using: &random) }.map(Int64.init)
      let total = minutes.map { _ in Int64.random(in: 0...4, using: &random) }
      let good = total.map { Int64.random(in: 0...$0, using: &random) }
      let events = measurement(minutes, good, total)
      let methods: [BudgetingMethod] = [
        .occurrences, .timeslices(every: .minutes(7), target: try percent(90)),
        .ratioTimeslices(every: .minutes(7)),
      ]
      for method in methods {
        let counts = events.budgeted(by: method).tally.counts(in: span(0, 3600))
        #expect(0 <= counts.good && counts.good <= counts.total)
        // A slice holds what occurs: none vanish, none come from nowhere.
        #expect((counts.total > 0) == total.contains { $0 > 0 })
      }
    }
  }
}
