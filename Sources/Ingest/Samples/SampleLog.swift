import Model

/// Samples of many series in the order in which they came, until they are turned into cells.
struct SampleLog {
  /// Neighbouring samples of one series.
  private struct Run {
    let start: Int
    /// The next run of the series; -1 for none.
    var next = -1
  }

  private var times: [Int64] = []
  private var values: [Double] = []
  private var runs: [Run] = []
  /// The first and the last run of each series; -1 for none.
  private var ends: [(first: Int, last: Int)] = []
  /// The series that have samples, in the order in which they came.
  private var present: [Int] = []
  private var latest = -1

  var count: Int { times.count }
  /// How many series have samples.
  var series: Int { present.count }

  @inline(__always)
  mutating func append(_ values: Span<Double>, at times: Span<Int64>, to series: Int) {
    if series != latest { begin(series) }
    if values.count == 1 {
      self.times.append(times[0])
      self.values.append(values[0])
      return
    }
    times.withUnsafeBufferPointer { self.times.append(contentsOf: $0) }
    values.withUnsafeBufferPointer { self.values.append(contentsOf: $0) }
  }

  private mutating func begin(_ series: Int) {
    while ends.count <= series { ends.append((-1, -1)) }
    if ends[series].last < 0 {
      ends[series].first = runs.count
      present.append(series)
    } else {
      runs[ends[series].last].next = runs.count
    }
    ends[series].last = runs.count
    runs.append(Run(start: times.count))
    latest = series
  }

  /// Hands on the samples of each series, in the order in which they came, and forgets them.
  mutating func drain(_ body: (_ series: Int, _ builder: inout CellBuilder) throws -> Void) throws {
    defer { removeAll() }
    var builder = CellBuilder()
    for series in present {
      var place = ends[series].first
      while place >= 0 {
        let end = place + 1 < runs.count ? runs[place + 1].start : times.count
        builder.add(
          values.span.extracting(runs[place].start..<end),
          at: times.span.extracting(runs[place].start..<end))
        place = runs[place].next
      }
      try body(series, &builder)
    }
  }

  private mutating func removeAll() {
    for series in present { ends[series] = (-1, -1) }
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    present.removeAll(keepingCapacity: true)
    latest = -1
  }
}
