import Analytics
import Model
import Testing

@Suite("Latency")
struct MeasuringLatencyTests {
  private func objective(of name: String = "d_bucket", atMost milliseconds: Int64) throws
    -> Objective
  {
    AnalyticsTests.objective(
      try percent(99), .latency(selector(name), atMost: .milliseconds(milliseconds)))
  }

  private func measured(
    _ series: [Series], of name: String = "d_bucket", atMost milliseconds: Int64,
    _ window: Window, spans: [Window] = []
  ) throws -> Measurement {
    Measurement(
      try objective(of: name, atMost: milliseconds), series: series, span: window,
      spans: WindowSet(spans))
  }

  private func bucket(_ le: String, _ values: [Double?], pod: String = "a") -> Series {
    samples(values, "d_bucket", [Label("le", le), Label("pod", pod)])
  }

  @Test(
    "counts up to the largest bucket bound at or under the bound",
    arguments: [
      (300, 6, nil),  // "0.3" is the bound
      (400, 6, 0.3...1),
      (1000, 9, nil),
      (2500, 9, 1...Double.infinity),
      (100, 0, 0...0.3),
    ] as [(Int64, Int64, ClosedRange<Double>?)])
  func latency(milliseconds: Int64, good: Int64, enclosing: ClosedRange<Double>?) throws {
    let series = [
      bucket("0.3", [0, 6]), bucket("1.0", [0, 9]), bucket("+Inf", [0, 10]),
      samples([0, 4], "d_bucket", [Label("le", "what")]),
    ]
    let found = try measured(series, atMost: milliseconds, span(0, 60))
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: good, total: 10))
    #expect(found.buckets?.enclosing == enclosing)
  }

  @Test("takes each histogram's own bounds: 6 under 0.5 in one, 2 under 0.25 in the other")
  func layouts() throws {
    let series = [
      bucket("0.5", [0, 6]), bucket("+Inf", [0, 10]),
      bucket("0.25", [0, 2], pod: "b"), bucket("1", [0, 5], pod: "b"),
      bucket("+Inf", [0, 5], pod: "b"),
    ]
    let found = try measured(series, atMost: 500, span(0, 60))
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: 8, total: 15))
    #expect(found.buckets?.enclosing == 0.25...1)
  }

  @Test("follows a histogram whose bounds change: 0.3 speaks before and after 0.5")
  func changedLayout() throws {
    // Good: 2 under 0.3, then 7 - 3 = 4 and 9 - 7 = 2 under 0.5, then 8 - 6 = 2 under 0.3.
    // To the first reading under 0.5, and from the last one, 0.3 tells the step: 1 each.
    let series = [
      bucket("0.3", [0, 2, 3, 4, 5, 6, 8]), bucket("0.5", [nil, nil, 3, 7, 9]),
      bucket("1", [0, 2, 4, 8, 10, 12, 14]), bucket("+Inf", [0, 2, 4, 8, 10, 12, 14]),
    ]
    let found = try measured(series, atMost: 500, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 12, total: 14))
    #expect(found.buckets?.enclosing == 0.3...1)
    #expect(found.rejects.isEmpty)
  }

  @Test("leaves a bound that another one speaks for all the time out of the note")
  func closerBound() throws {
    let series = [
      bucket("0.1", [0, 2, 3]), bucket("0.5", [0, 4, 6]), bucket("1", [0, 5, 7]),
      bucket("+Inf", [0, 5, 7]),
    ]
    let found = try measured(series, atMost: 500, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 6, total: 7))
    #expect(found.buckets?.enclosing == nil)
  }

  @Test("of rows reads the column of bounds")
  func latencyRows() throws {
    let series = [
      rows([(0, 3)], [Label("le", "0.1")]), rows([(0, 4)], [Label("le", "+Inf")]),
    ]
    let found = try measured(series, of: "", atMost: 100, span(0, 60), spans: [span(0, 60)])
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: 3, total: 4))
    #expect(found.buckets?.enclosing == nil)
    #expect(found.coverage(of: span(0, 60)) == 1_000_000_000)
  }

  // MARK: Bounds that differ

  @Test("is at each histogram's own bound: 500 ms in one, 250 ms in the other, none in the third")
  func countedBounds() throws {
    let series = [
      bucket("0.5", [0, 6]), bucket("+Inf", [0, 10]),
      bucket("0.25", [0, 2], pod: "b"), bucket("1", [0, 5], pod: "b"),
      bucket("+Inf", [0, 5], pod: "b"),
      bucket("1", [0, 3], pod: "c"), bucket("+Inf", [0, 3], pod: "c"),
    ]
    let found = try measured(series, atMost: 500, span(0, 60))
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: 8, total: 18))
    #expect(found.buckets?.counted == [0, 0.25, 0.5])
    #expect(found.buckets?.enclosing == 0...1)
    #expect(try measured(series, atMost: 1000, span(0, 60)).buckets?.counted == [0.5, 1])
  }

  @Test(
    "of a bound that is spelled in several ways adds up its series, at once and one after another")
  func spellings() throws {
    let series = [
      bucket("0.25", [0, 1, 2, 3, 4]),
      bucket("1", [0, 4, 8, nil, nil]), bucket("1.0", [nil, nil, 8, 12, 16]),
      bucket("+Inf", [0, 5, 10, nil, nil]), bucket("Inf", [nil, nil, 10, 15, 20]),
    ]
    let found = try measured(series, atMost: 1000, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 16, total: 20))
    #expect(found.buckets?.counted == [1] && found.buckets?.enclosing == nil)

    let parts = [
      bucket("1", [0, 4]), bucket("1e0", [0, 3]), bucket("1.0", [0, 2]), bucket("inf", [0, 10]),
    ]
    let sum = try measured(parts, atMost: 1000, span(0, 60))
    #expect(sum.tally.counts(in: span(0, 60)) == EventCounts(good: 9, total: 10))
  }

  // MARK: No bound at or under the objective's

  // 10 events, of which 3 took up to a second: whether those kept 500 ms is not known; the other 7 did not.
  @Test("leaves open what no bucket at or under the bound tells, and names the smallest bound")
  func undecided() throws {
    let found = try measured(
      [bucket("1", [0, 3]), bucket("5", [0, 9]), bucket("+Inf", [0, 10])], atMost: 500, span(0, 60))
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: 0, total: 10))
    #expect(found.buckets?.undecided?.least == 1)
    #expect(found.buckets?.undecided?.tally.counts(in: span(0, 60)).total == 3)
    let all = try measured([bucket("+Inf", [0, 10])], atMost: 500, span(0, 60))
    #expect(all.buckets?.undecided?.least == .infinity)
    #expect(all.buckets?.undecided?.tally.counts(in: span(0, 60)).total == 10)
    let table = try measured(
      [
        rows([(0, 3), (1, 4)], [Label("le", "1")]), rows([(0, 10), (1, 9)], [Label("le", "+Inf")]),
      ],
      of: "", atMost: 500, span(0, 120), spans: [span(0, 120)])
    #expect(table.buckets?.undecided?.tally.counts(in: span(0, 120)).total == 7)
  }

  @Test("knows that all events were slower where the smallest bucket above the bound is empty")
  func decided() throws {
    let found = try measured(
      [bucket("1", [0, 0, 0]), bucket("+Inf", [0, 10, 12])], atMost: 500, span(0, 120))
    #expect(found.tally.counts(in: span(0, 120)) == EventCounts(good: 0, total: 12))
    #expect(found.buckets?.undecided == nil)
  }

  // 500 ms from 0 to 120 s, from then on 1 s alone: of the last 20 events 12 took up to a second.
  @Test("leaves open only the time in which there is no such bucket")
  func undecidedLater() throws {
    let found = try measured(
      [
        bucket("0.5", [0, 9, 18, nil, nil, nil]), bucket("1", [0, 9, 18, 24, 28, 30]),
        bucket("+Inf", [0, 10, 20, 30, 35, 40]),
      ], atMost: 500, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 18, total: 40))
    #expect(found.buckets?.undecided?.tally.counts(in: span(0, 600)).total == 12)
  }

  // MARK: Totals

  @Test("of a histogram without +Inf is not known: it counts nothing, and is named")
  func withoutTotal() throws {
    let series = [
      bucket("0.5", [0, 6]), bucket("+Inf", [0, 10]),
      bucket("0.5", [0, 7], pod: "b"), bucket("1", [0, 9], pod: "b"),
    ]
    let found = try measured(series, atMost: 500, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 6, total: 10))
    let missing = try #require(found.buckets?.withoutTotal)
    #expect(missing.map(\.bucket) == [#"d_bucket{le="+Inf",pod="b"}"#])

    func doubts(asOf: Int64) throws -> [Caveat] {
      Assessment(
        try objective(atMost: 500), found, asOf: Instant(seconds: asOf),
        firstData: Instant(seconds: 0), staleAfter: .days(99), zone: .utc
      ).doubts
    }
    #expect(try doubts(asOf: 600).contains(.noSeries(#"d_bucket{le="+Inf",pod="b"}"#)))
    // A window of 28 days that begins after its last reading.
    #expect(try !doubts(asOf: 40 * 86_400).contains(.noSeries(#"d_bucket{le="+Inf",pod="b"}"#)))
  }

  @Test("counts good only while +Inf was read too: 3 of the last two steps, not 6 more before")
  func lateTotal() throws {
    let series = [
      bucket("0.5", [0, 3, 6, 8, 9]), bucket("+Inf", [nil, nil, 10, 12, 14]),
    ]
    let found = try measured(series, atMost: 500, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 3, total: 4))
  }

  @Test("of rows without +Inf is not known either")
  func rowsWithoutTotal() throws {
    let series = [rows([(0, 3)], [Label("le", "0.1"), Label("shop", "x")])]
    let found = try measured(series, of: "", atMost: 100, span(0, 60), spans: [span(0, 60)])
    #expect(found.tally == Tally())
    #expect(found.buckets?.withoutTotal.map(\.bucket) == [#"{le="+Inf",shop="x"}"#])
  }
}
