import Analytics
import Model
import TestSupport
import Testing

@Suite("The increase of a counter")
struct CounterIncreaseTests {
  private func total(_ series: Series) -> Double {
    CounterIncrease.steps(of: series.cells).reduce(0) { $0 + $1.amount }
  }

  @Test("is the sum of its rises: 3, 5, 9 has risen by 6")
  func rises() {
    let steps = CounterIncrease.steps(of: samples([3, 5, 9]).cells)
    #expect(steps.map(\.amount) == [2, 4])
    // A sample at 60 s closes the minute that starts at 0.
    #expect(steps.map(\.minute) == [0, 1])
    #expect(steps.map(\.isReset) == [false, false])
  }

  @Test("counts a restart from zero: 8, 10, 3, 4 is 2 + 3 + 1 = 6, and one reset")
  func restarts() {
    let series = samples([8, 10, 3, 4])
    #expect(total(series) == 6)
    #expect(CounterIncrease.resets(of: series.cells) == 1)
    #expect(CounterIncrease.steps(of: series.cells).map(\.isReset) == [false, true, false])
  }

  @Test("is the same inside a minute as between minutes")
  func insideAMinute() {
    let values: [Double?] = [8, 10, 3, 4, 9, 2, 2, 5]  // 2 + 3 + 1 + 5 + 2 + 0 + 3 = 16
    for every in [7, 15, 20, 60, 300] as [Int64] {
      let series = samples(values, every: every)
      #expect(total(series) == 16)
      #expect(CounterIncrease.resets(of: series.cells) == 2)
    }
  }

  @Test("tells the readings around a step, also where a minute holds several")
  func readings() throws {
    // 15 s apart: 15, 30, 45, 60 s are one minute; the next reading is at 135 s.
    let series = samples([0, 1, 2, 3, nil, nil, nil, nil, 9], every: 15, from: 15)
    let step = try #require(CounterIncrease.steps(of: series.cells).last)
    #expect(step.amount == 6)
    #expect(step.after == 60_000_000_000)
    #expect(step.first == 135_000_000_000)
    #expect(step.at == 135_000_000_000)
    #expect(step.minute == 2)
  }

  @Test("is nothing for no and for one reading")
  func few() {
    #expect(CounterIncrease.steps(of: []).isEmpty)
    #expect(CounterIncrease.steps(of: samples([7]).cells).isEmpty)
    #expect(CounterIncrease.resets(of: []) == 0)
  }

  @Test("passes over NaN and infinity: 1, NaN, 4 has risen by 3")
  func notNumbers() {
    #expect(total(samples([1, .nan, 4])) == 3)
    #expect(total(samples([1, .infinity, 4])) == 3)
  }

  @Test("passes over negative readings: 1, -5, 4 has risen by 3")
  func negative() {
    #expect(total(samples([1, -5, 4])) == 3)
  }

  @Test("adds up over neighbouring windows, whatever the restarts and gaps")
  func addsUp() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      var value = 0.0
      let values: [Double?] = (0..<200).map { _ in
        if Int.random(in: 0..<20, using: &random) == 0 { value = 0 }
        value += Double(Int.random(in: 0..<5, using: &random))
        return Int.random(in: 0..<10, using: &random) == 0 ? nil : value
      }
      let series = samples(values)
      let measured = Measurement(
        objective(any),
        series: [series], span: span(-60, 12_000), spans: WindowSet())
      let cut = Int64.random(in: 1..<199, using: &random) * 60
      let whole = measured.tally.counts(in: span(-60, 12_000)).total
      let parts =
        measured.tally.counts(in: span(-60, cut)).total
        + measured.tally.counts(in: span(cut, 12_000)).total
      #expect(whole == parts)
      #expect(Double(whole) == total(series))
    }
  }

  private let any: Target

  init() throws { any = try percent(99) }
}
