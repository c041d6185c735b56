import Analytics
import Model
import Testing

@Suite("The assessment of a capacity item")
struct CapacityAssessmentTests {
  private let asOf = date(2026, 10, 19)

  /// A value at noon of each of the days before `asOf`, the last of which is yesterday's.
  private func gauge(_ values: [Double], _ name: String = "disk") -> Series {
    var builder = CellBuilder()
    for (index, value) in values.enumerated() {
      let noon = asOf - .days(Int64(values.count - index)) + .hours(12)
      builder.add(value, at: noon.nanoseconds)
    }
    return Series(id: SeriesID(source: "m", name: name), kind: .samples, cells: builder.finish())
  }

  private func item(
    _ bound: CapacityItem.Bound, _ side: CapacityItem.Side = .rising,
    _ warning: CapacityItem.Threshold? = .share(800_000_000),
    _ critical: CapacityItem.Threshold? = .share(900_000_000)
  ) -> CapacityItem {
    CapacityItem(
      service: "shop", name: "disk", value: selector("disk"),
      limit: .init(bound, side: side, warning: warning, critical: critical), leadTime: .days(7))
  }

  private func fixed(_ value: Double) -> CapacityItem.Bound {
    .dated([CapacityItem.Step(from: nil, value: value)])
  }

  private func assess(
    _ item: CapacityItem, _ series: [Series], limits: [Series] = [], horizon: Int = 30
  ) -> CapacityAssessment {
    CapacityAssessment(
      item, series: series, limits: limits, asOf: asOf, horizon: horizon, zone: .utc)
  }

  private func day(_ after: Int) -> Int {
    Int(CivilDate(year: 2026, month: 10, day: 18).dayNumber) + after
  }

  // 60, 61, … 119 on 60 days: yesterday 119; 90 % of 150 are 135, met 16 days later; 150 itself 31 days later.
  @Test("gives the days on which a straight line meets its thresholds")
  func line() throws {
    let found = assess(item(fixed(150)), [gauge((60..<120).map(Double.init))])
    #expect(found.newest?.value == 119)
    #expect(found.today == day(0))
    let critical = try #require(found.critical)
    #expect(
      found.answer(to: critical) == .date(earliest: day(16), likely: day(16), latest: day(16)))
    let limit = try #require(found.limit)
    #expect(found.answer(to: limit) == .notWithinHorizon(earliest: nil))
    #expect(found.needsAction)
    // 80 % of 150 are 120.
    let warning = try #require(found.warning)
    #expect(found.answer(to: warning) == .date(earliest: day(1), likely: day(1), latest: day(1)))
  }

  @Test("says passed of what is passed today, though no day has ended since")
  func passed() throws {
    var series = gauge(Array(repeating: 50, count: 30))
    var cell = Cell(minute: (asOf - .hours(1)).minute)
    cell.add(160, at: (asOf - .hours(1)).nanoseconds)
    series.cells.append(cell)
    let found = assess(item(fixed(150)), [series])
    #expect(found.answer(to: try #require(found.limit)) == .passed)
    #expect(found.needsAction)
  }

  // Free space of 40 falls by 1 a day: yesterday 11; 5 are met 6 days later.
  @Test("of free space is met from above")
  func falling() throws {
    let free = gauge((11...40).reversed().map(Double.init))
    let found = assess(item(fixed(5), .falling, .value(10), nil), [free])
    #expect(
      found.answer(to: try #require(found.limit))
        == .date(earliest: day(6), likely: day(6), latest: day(6)))
    #expect(found.critical == nil && found.needsAction)
  }

  @Test("follows a limit that is dated or measured")
  func limits() throws {
    let steps: CapacityItem.Bound = .dated([
      .init(from: nil, value: 100),
      .init(from: CivilDate(year: 2026, month: 11, day: 1), value: 200),
    ])
    let dated = try #require(assess(item(steps), [gauge([1])]).limit)
    #expect(dated.value(on: day(0)) == 100 && dated.value(on: day(14)) == 200)
    let measured = item(.measured(selector("size")))
    let sizes = gauge([100, 100, 250], "size")
    let limit = try #require(assess(measured, [gauge([1])], limits: [sizes]).limit)
    #expect(limit.value(on: day(-2)) == 100 && limit.value(on: day(30)) == 250)
    #expect(assess(measured, [gauge([1])]).limit == nil)
  }

  @Test("says why nothing is predicted, and whether data would mend it")
  func doubts() {
    func doubt(_ series: [Series]) -> CapacityAssessment.Doubt? {
      if case .failure(let doubt) = assess(item(fixed(150)), series).forecast { doubt } else { nil }
    }
    #expect(doubt([]) == .noData)
    #expect(doubt([gauge([1], "a"), gauge([1], "b")]) == .severalSeries(2))
    #expect(doubt([gauge(Array(repeating: 1, count: 13))]) == .prediction(.tooFewValues(13)))
    #expect(doubt([gauge(Array(repeating: 1, count: 14))]) == nil)
    #expect(CapacityAssessment.Doubt.noData.lacksData)
    #expect(CapacityAssessment.Doubt.prediction(.stale(days: 20)).lacksData)
    #expect(!CapacityAssessment.Doubt.prediction(.noTrend).lacksData)
  }

  @Test("gives no forecast where the newest readings could not be used, or contradict others")
  func unusable() {
    var series = gauge((60..<120).map(Double.init))
    let spoiled = series.cells.count - 1
    series.cells[spoiled].count = 0
    series.cells[spoiled].rejects = 3
    let found = assess(item(fixed(500)), [series])
    #expect(found.forecast == .failure(.unusable(3)))
    #expect(found.newest?.value == 118)
    var twice = gauge((60..<120).map(Double.init))
    twice.cells[50].conflicts = 2
    #expect(assess(item(fixed(500)), [twice]).forecast == .failure(.contradicting(2)))
    // Older than 14 days.
    twice.cells[50].conflicts = 0
    twice.cells[40].conflicts = 2
    #expect((try? assess(item(fixed(500)), [twice]).forecast.get()) != nil)
    // A size below 0 is none: 118 is the newest.
    let negative = assess(item(fixed(500)), [gauge((60..<119).map(Double.init) + [-1])])
    #expect(negative.forecast == .failure(.unusable(1)) && negative.newest?.value == 118)
  }
}
