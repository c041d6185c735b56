import Analytics
import Model
import Testing

@Suite("Measuring states")
struct MeasuringStatesTests {
  private let target: Target

  init() throws { target = try percent(99) }

  /// A series of states at seconds.
  private func states(_ readings: [(at: Int64, up: Double)], _ labels: [Label] = []) -> Series {
    var builder = CellBuilder()
    for reading in readings { builder.add(reading.up, at: reading.at * 1_000_000_000) }
    return Series(
      id: SeriesID(source: "m", name: "", labels: labels), kind: .rows, cells: builder.finish())
  }

  private func measured(
    _ series: [Series], _ window: Window, hold: Duration = .hours(1),
    missing: Objective.MissingRule = .ignore
  ) -> Measurement {
    Measurement(
      objective(target, .states(selector(""), holdAtMost: hold), missing: missing),
      series: series, span: window, spans: WindowSet())
  }

  /// Seconds.
  private func counts(_ found: Measurement, _ window: Window) -> [Int64] {
    let counts = found.tally.counts(in: window)
    return [counts.good / 1_000_000_000, counts.total / 1_000_000_000]
  }

  @Test("hold until the next reading: down from 90 to 200 s is 110 of 300 s")
  func holds() {
    let found = measured([states([(0, 1), (90, 0), (200, 1), (300, 1)])], span(0, 300))
    #expect(found.unit == .time)
    #expect(counts(found, span(0, 300)) == [190, 300])
    #expect(counts(found, span(60, 120)) == [30, 60])
    #expect(found.observation.observed.windows == [span(0, 300)])
    #expect(found.coverage(of: span(0, 600)) == 500_000_000)
  }

  @Test("hold no longer than the minute of a mark that the series ended")
  func marks() {
    let mark = Double(bitPattern: Cell.staleMark)
    let found = measured([samples([1, mark, nil, nil, nil, 0])], span(0, 600), hold: .hours(1))
    // Up until 60 s, the end of the mark's minute; then down from 300 s on.
    #expect(found.observation.observed.windows == [span(0, 60), span(300, 600)])
    #expect(counts(found, span(0, 600)) == [60, 360])
  }

  @Test("hold never longer than told: readings 100 s apart that hold 60 s cover 60 %")
  func holdAtMost() {
    let series = states([(0, 1), (100, 0), (200, 1)])
    let found = measured([series], span(0, 300), hold: .seconds(60))
    // 0–60 up, 100–160 down, 200–260 up.
    #expect(counts(found, span(0, 300)) == [120, 180])
    #expect(
      found.observation.observed.windows == [span(0, 60), span(100, 160), span(200, 260)])
    let bad = measured([series], span(0, 300), hold: .seconds(60), missing: .bad)
    #expect(counts(bad, span(0, 300)) == [120, 300])
  }

  @Test("know the state at the start from the reading before it")
  func lookBack() {
    let found = measured([states([(-600, 0), (120, 1)])], span(0, 300), hold: .minutes(20))
    #expect(counts(found, span(0, 300)) == [180, 300])
    // After 10 minutes the reading of -600 s no longer holds.
    let late = measured([states([(-600, 0), (120, 1)])], span(0, 300), hold: .minutes(10))
    #expect(counts(late, span(0, 300)) == [180, 180])
    #expect(
      Indicator.states(selector(""), holdAtMost: .minutes(10)).lookBack == .minutes(10))
  }

  @Test("of several series are down while any is")
  func several() {
    let east = states([(0, 1), (60, 0), (180, 1), (600, 1)], [Label("place", "east")])
    let west = states([(30, 1), (120, 0), (240, 1)], [Label("place", "west")])
    // East is down from 60 to 180 s, west from 120 to 240 s.
    let found = measured([east, west], span(0, 900), hold: .minutes(10))
    #expect(found.observation.observed.windows == [span(0, 900)])
    #expect(counts(found, span(0, 900)) == [720, 900])
    #expect(measured([west, east], span(0, 900), hold: .minutes(10)) == found)
  }

  @Test(
    "of more than two readings in a minute are down from the first to the last, if any but the last was"
  )
  func crowdedMinutes() {
    // Down at 20 s alone: the cell knows 5 and 50 s, and that one of the first two was down.
    let found = measured([states([(5, 1), (20, 0), (50, 1), (125, 1)])], span(0, 180))
    #expect(counts(found, span(0, 120)) == [70, 115])
    // Down at the last of them: up until then.
    let last = measured([states([(5, 1), (20, 1), (50, 0), (125, 1)])], span(0, 120))
    #expect(counts(last, span(0, 120)) == [45, 115])
    // Two are exact.
    let two = measured([states([(5, 1), (20, 0), (65, 1), (125, 1)])], span(0, 120))
    #expect(counts(two, span(0, 120)) == [70, 115])
    // As long as three may hold.
    let short = measured(
      [states([(10, 1), (20, 1), (50, 1)])], span(0, 120), hold: .seconds(5))
    #expect(counts(short, span(0, 120)) == [15, 15])
  }

  @Test("other than 0 and 1 are rejected, and the one before holds on")
  func rejects() {
    let found = measured([states([(0, 1), (60, 2), (120, 0.5), (180, 0)])], span(0, 240))
    #expect(counts(found, span(0, 240)) == [180, 240])
    #expect(found.rejects.map(\.count) == [1, 1])
    #expect(found.rejected(in: span(0, 240)) == 2)
  }

  @Test("that are ignored end the one before: neither up nor down until the next")
  func ignored() {
    let off = CheckState.ignored.value
    // Up for 90 s, ignored for 60, down for 50, up for 40.
    let found = measured([states([(0, 1), (90, off), (150, 0), (200, 1)])], span(0, 240))
    #expect(found.observation.observed.windows == [span(0, 90), span(150, 240)])
    #expect(counts(found, span(0, 240)) == [130, 180])
    #expect(found.rejects.isEmpty)
    // Two in a minute are exact, whichever is ignored.
    #expect(counts(measured([states([(0, off), (10, 1)])], span(0, 60)), span(0, 60)) == [50, 50])
    #expect(counts(measured([states([(0, 1), (10, off)])], span(0, 60)), span(0, 60)) == [10, 10])
    // The reading at 0 s lies in the minute before. Of more than two in one, a reading that was down makes the time
    // between them down: up for 10 s, down for 20, up for 30. Without it that time is not measured.
    let down = measured([states([(0, 1), (10, off), (20, 0), (30, 1)])], span(0, 60))
    #expect(counts(down, span(0, 60)) == [40, 60])
    let up = measured([states([(0, 1), (10, off), (20, 1)])], span(0, 60))
    #expect(counts(up, span(0, 60)) == [50, 50])
  }

  @Test("without a reading are nothing")
  func empty() {
    let found = measured([], span(0, 240))
    #expect(found.tally == Tally() && found.observation.observed.isEmpty)
  }
}
