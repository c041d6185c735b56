import Model
import Testing

@testable import Charts

@Suite("Thinning")
struct ThinningTests {
  private let start = Instant(seconds: 1_000_000)

  private func window(_ from: Int64, _ to: Int64) -> Window {
    Window(start: start + .seconds(from), end: start + .seconds(to))
  }

  /// The columns of readings a second apart, each pixel ten of them wide.
  private func columns(_ values: [Double], gaps: [Window] = []) -> [Columns] {
    let domain = window(0, 100)
    let times = values.indices.map { start.seconds + Int64($0) }
    return Thinning(times: times, values: values, domain: domain, gaps: gaps)
      .columns(on: TimeScale(domain: domain, left: 5, right: 15), step: 1)
  }

  private func span(_ from: Double, _ to: Double) -> Columns.Span { .init(from: from, to: to) }

  @Test("keeps the lowest and the highest of each column, in the order of time")
  func extremes() {
    // Readings 0 … 9 and 10 … 19 share a column each.
    let values: [Double] = [5, 1, 3, 9, 2, 2, 2, 2, 2, 4] + [8, 7, 6, 5, 4, 3, 2, 1, 0, 4]
    #expect(columns(values) == [Columns(left: 5, step: 1, spans: [span(1, 9), span(8, 0)])])
  }

  @Test("may have columns of half a pixel")
  func halves() {
    let domain = window(0, 10)
    let times = (0..<10).map { start.seconds + Int64($0) }
    let found = Thinning(
      times: times, values: [1, 2, 3, 4, 5, 9, 8, 7, 6, 5], domain: domain, gaps: []
    ).columns(on: TimeScale(domain: domain, left: 5, right: 6), step: 0.5)
    #expect(found == [Columns(left: 5, step: 0.5, spans: [span(1, 5), span(9, 5)])])
  }

  @Test("keeps both sides of a jump")
  func jump() {
    let values = [Double](repeating: 1, count: 15) + [Double](repeating: 100, count: 15)
    #expect(
      columns(values) == [
        Columns(left: 5, step: 1, spans: [span(1, 1), span(1, 100), span(100, 100)])
      ])
    // A jump between two columns is in the way from one to the other.
    let edge = [Double](repeating: 1, count: 10) + [Double](repeating: 100, count: 10)
    #expect(columns(edge) == [Columns(left: 5, step: 1, spans: [span(1, 1), span(100, 100)])])
  }

  @Test("breaks the line at a gap and at a value that is none")
  func breaks() {
    var values = [Double](repeating: 1, count: 100)
    for index in 40..<60 { values[index] = .nan }
    let found = columns(values, gaps: [window(70, 90)])
    #expect(found.map(\.left) == [5, 11, 14])
    #expect(found.map(\.spans.count) == [4, 1, 1])
  }

  @Test("does not break the line where the break is narrower than a pixel")
  func smallBreak() {
    var values = [Double](repeating: 1, count: 100)
    (values[34], values[35], values[36]) = (9, .infinity, -3)
    let found = columns(values)
    #expect(found.map(\.left) == [5])
    #expect(found[0].spans.count == 10)
    #expect([found[0].spans[3].from, found[0].spans[3].to].sorted() == [-3, 9])
  }

  @Test("goes straight through columns without a reading")
  func straight() {
    let domain = window(0, 100)
    let times = [start.seconds, start.seconds + 50]
    let found = Thinning(times: times, values: [0, 50], domain: domain, gaps: [])
      .columns(on: TimeScale(domain: domain, left: 0, right: 10), step: 1)
    // The middles of the columns are 5, 15, … seconds after the start.
    #expect(found.map { $0.spans.map(\.from) } == [[0, 15, 25, 35, 45, 50]])
  }

  @Test("leaves out what lies outside the domain, but not its very end")
  func outside() {
    let domain = window(10, 20)
    let times = (0..<40).map { start.seconds + Int64($0) }
    let thinning = Thinning(
      times: times, values: times.map { Double($0 - start.seconds) }, domain: domain, gaps: [])
    #expect(thinning.extent == 10...20)
    #expect(thinning.count == 11)
    let found = thinning.columns(on: TimeScale(domain: domain, left: 0, right: 2), step: 1)
    #expect(found == [Columns(left: 0, step: 1, spans: [span(10, 14), span(15, 20)])])
  }

  @Test("of nothing is nothing")
  func nothing() {
    #expect(columns([]).isEmpty)
    #expect(columns([.nan, .nan]).isEmpty)
  }

  @Test("has the same extremes in every column as all readings have")
  func envelope() {
    var seed: UInt64 = 3
    let values = (0..<100).map { _ -> Double in
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 33)
    }
    let spans = columns(values)[0].spans
    for (column, span) in spans.enumerated() {
      let own = values[column * 10..<column * 10 + 10]
      #expect(min(span.from, span.to) == own.min() && max(span.from, span.to) == own.max())
    }
  }
}
