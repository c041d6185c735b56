import Model

/// Samples of many series in the order in which they came, until they are turned into cells.
struct SampleLog {
  /// Neighbouring samples of one series.
  private struct Run {
    let series: Int32
    let start: Int32
  }

  private let minutes: Int64
  private var times: [Int64] = []
  private var values: [Double] = []
  private var runs: [Run] = []
  /// How many samples each series has.
  private var counts: [Int32] = []
  /// The series that have samples, in the order in which they came.
  private var present: [Int32] = []

  /// Prepares for cells of so many minutes.
  init(minutes: Int64) { self.minutes = minutes }

  var count: Int { times.count }
  var lastTime: Int64? { times.last }
  /// How many series have samples.
  var series: Int { present.count }

  @inline(__always)
  mutating func append(_ values: Span<Double>, at times: Span<Int64>, to series: Int) {
    guard !values.isEmpty else { return }
    while counts.count <= series { counts.append(0) }
    let number = Int32(truncatingIfNeeded: series)
    if counts[series] == 0 { present.append(number) }
    counts[series] &+= Int32(truncatingIfNeeded: values.count)
    runs.append(Run(series: number, start: Int32(truncatingIfNeeded: self.times.count)))
    if values.count == 1 {
      self.times.append(times[0])
      self.values.append(values[0])
    } else {
      times.withUnsafeBufferPointer { self.times.append(contentsOf: $0) }
      values.withUnsafeBufferPointer { self.values.append(contentsOf: $0) }
    }
  }

  /// Passes on the cells of each series, in order of time, and forgets the samples.
  mutating func drain(_ body: (_ series: Int, _ cells: [Cell]) throws -> Void) throws {
    defer { removeAll() }
    if present.count > 1 { bringTogether() }
    var start = 0
    for series in present.lazy.map(Int.init) {
      let range = start..<start + Int(counts[series])
      let (values, times) = (values.span.extracting(range), times.span.extracting(range))
      var cells: [Cell] = []
      let length = (times[times.count - 1] &- times[0]) / 60_000_000_000 / minutes
      cells.reserveCapacity(min(times.count, Int(max(0, length)) + 1))
      if !Cell.append(values, at: times, length: minutes, to: &cells) {
        var builder = CellBuilder(length: minutes)
        builder.add(values, at: times)
        cells = builder.finish()
      }
      try body(series, cells)
      start = range.upperBound
    }
  }

  /// Moves the samples of each series side by side; they stay in their order.
  private mutating func bringTogether() {
    var next = [Int32](repeating: 0, count: counts.count)
    var start: Int32 = 0
    for series in present.lazy.map(Int.init) {
      next[series] = start
      start += counts[series]
    }
    let (oldTimes, oldValues) = (times, values)
    for index in runs.indices {
      let run = runs[index]
      let end = index + 1 < runs.count ? Int(runs[index + 1].start) : oldTimes.count
      var place = Int(next[Int(run.series)])
      for sample in Int(run.start)..<end {
        times[place] = oldTimes[sample]
        values[place] = oldValues[sample]
        place += 1
      }
      next[Int(run.series)] = Int32(truncatingIfNeeded: place)
    }
  }

  private mutating func removeAll() {
    for series in present { counts[Int(series)] = 0 }
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    present.removeAll(keepingCapacity: true)
  }
}
