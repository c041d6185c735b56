import Analytics
import Model
import Testing

@Suite("Measuring the rows of a query")
struct MeasuringQueriesTests {
  private let target: Target
  private let feed = "warehouse/queries/orders.sql"

  init() throws { target = try percent(99) }

  private func measured(
    _ buckets: [Int64], _ spans: [Window], indicator: Indicator? = nil, source: String? = nil,
    missing: Objective.MissingRule = .ignore
  ) -> Measurement {
    let source = source ?? feed
    let series = ["good", "total"].map { column in
      let series = rows(buckets.map { ($0, 1) }, [])
      return Series(
        id: SeriesID(source: source, name: "", labels: [Label("column", column)]), kind: .rows,
        cells: series.cells)
    }
    return Measurement(
      objective(
        target, indicator ?? .ratioRows(Selector(source: source, name: "")), missing: missing),
      series: series, span: span(0, 36_000), spans: WindowSet(spans))
  }

  @Test("leaves no gap where no rows are, and ends behind the newest bucket")
  func quietTimes() {
    // Buckets of 5 minutes up to 15, then one at 300: the median step is 5 minutes.
    let found = measured([0, 5, 10, 15, 300], [span(0, 36_000)])
    #expect(found.observation.observed.windows == [span(0, 18_300)])
    #expect(found.gaps(in: span(0, 18_300)).isEmpty)
    // The same rows of a file leave the gap from 20 to 300 minutes.
    let file = measured([0, 5, 10, 15, 300], [span(0, 36_000)], source: "m")
    #expect(file.observation.observed.windows == [span(0, 1200), span(18_000, 18_300)])
  }

  @Test("leaves a gap where no pull spoke")
  func pulls() {
    let found = measured([0, 5, 10, 300], [span(0, 1200), span(17_000, 36_000)])
    #expect(found.observation.observed.windows == [span(0, 1200), span(17_000, 18_300)])
    let short = measured([0, 5, 10, 300], [span(0, 18_060)])
    #expect(short.observation.observed.windows == [span(0, 18_060)])
  }

  @Test("without a bucket takes the pulls at their word, with a single one for a day")
  func few() {
    #expect(measured([], [span(0, 600)]).observation.observed.windows == [span(0, 600)])
    let one = measured([1], [span(0, 864_000)])
    #expect(one.observation.observed.windows == [span(0, 86_460)])
  }

  @Test("calls slices without a value not measured, and missing where that is asked to be bad")
  func slices() {
    let slices = Indicator.slices(
      Selector(source: feed, name: ""), bound: .atMost(5), every: .minutes(5))
    let spans = [span(0, 36_000)]
    #expect(
      measured([0, 5, 10, 15, 30], spans, indicator: slices).observation.observed.windows
        == [span(0, 1200), span(1800, 2100)])
    let bad = measured([0, 5, 10, 15, 30], spans, indicator: slices, missing: .bad)
    // 20 and 25 to the slice at 30 are missing.
    #expect(bad.tally.counts(in: span(0, 2100)) == EventCounts(good: 5, total: 7))
  }

  @Test("of moments says nothing of its own: the pulls spoke")
  func moments() {
    let heartbeat = Indicator.heartbeat(Selector(source: feed, name: ""), within: .hours(1))
    let found = measured([0], [span(0, 36_000)], indicator: heartbeat)
    #expect(found.observation.observed.windows == [span(0, 36_000)])
  }
}
