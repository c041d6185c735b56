import Model

/// Turns the samples of the wanted series of one file into cells, and counts the others.
///
/// Cells are passed on as soon as many samples are there, so that a file of any length takes the same
/// memory; a series comes then more than once. A cell comes whole where the samples are in order of
/// time, or series by series; elsewhere it may be cut in two.
struct SampleCollector {
  /// Samples are turned into cells when a series has so many on average, or all together so many.
  private static let (share, limit) = (8192, 1 << 19)

  private let source: String
  private let labels: [Label]
  private let wanted: [Selector]?
  private let wantedNames: Set<[UInt8]>?
  private let plausible: ClosedRange<Int64>
  private let keep: (Series) throws -> Void

  /// The keys of the wanted series.
  private var keys = TextTable()
  private var log: SampleLog
  private(set) var read = 0
  private var first = Int64.max
  private var latest = Int64.min

  /// Prepares for samples; `keep` takes cells of a series, in order of time, each of so many `minutes`.
  ///
  /// Every series gets the `labels`. Of `wanted`, selectors of other sources and of rows are left aside; `nil` wants all series.
  init(
    source: String, labels: [Label] = [], wanted: [Selector]?, minutes: Int64 = 1,
    plausible: ClosedRange<Int64> = PlausibleTime.range,
    keep: @escaping (Series) throws -> Void
  ) {
    self.source = source
    self.labels = labels
    self.wanted = wanted?.filter { $0.source == source && !$0.meansRows }
    wantedNames = self.wanted.map { Set($0.map { Array($0.name.utf8) }) }
    self.plausible = plausible
    self.keep = keep
    log = SampleLog(minutes: minutes)
  }

  /// Whether any series of this name may be wanted.
  func isWanted(name: [UInt8]) -> Bool { wantedNames?.contains(name) ?? true }

  /// The place under which the samples of a series are added; `nil` when nobody wants it.
  mutating func place(of id: SeriesID) -> Int? {
    let id = id.declaring(labels)
    guard wanted?.contains(where: { $0.matches(id) }) ?? true else { return nil }
    return id.key.withUnsafeBytes { keys.number(of: $0).number }
  }

  /// Counts samples and the time they are of, whoever wants them, up to the first whose time is not plausible.
  ///
  /// - Returns: the place of that sample, and the number of all where there is none.
  @inline(__always)
  mutating func count(_ times: Span<Int64>) -> Int {
    var (counted, first, latest) = (0, self.first, self.latest)
    while counted < times.count, plausible.contains(times[counted]) {
      first = min(first, times[counted])
      latest = max(latest, times[counted])
      counted += 1
    }
    (self.first, self.latest) = (first, latest)
    read += counted
    return counted
  }

  /// Adds samples that were counted, in the order in which they came; passes on what is there before.
  @inline(__always)
  mutating func add(_ values: Span<Double>, at times: Span<Int64>, to place: Int) throws {
    guard !times.isEmpty else { return }
    try flushIfLarge(before: times[0])
    hold(values, at: times, to: place)
  }

  /// Adds samples and passes nothing on.
  @inline(__always)
  mutating func hold(_ values: Span<Double>, at times: Span<Int64>, to place: Int) {
    log.append(values, at: times, to: place)
  }

  /// Passes on what is there when it is much, and a sample of another minute comes next.
  @inline(__always)
  mutating func flushIfLarge(before time: Int64) throws {
    if log.count >= SampleCollector.share * log.series || log.count >= SampleCollector.limit {
      try flush(before: time)
    }
  }

  @inline(never)
  private mutating func flush(before time: Int64) throws {
    guard let last = log.lastTime else { return }
    let isBetween = Cell.minute(ofSample: time) != Cell.minute(ofSample: last)
    if isBetween || log.count >= 2 * SampleCollector.limit { try flush() }
  }

  private mutating func flush() throws {
    let (keys, keep) = (keys, keep)
    try log.drain { place, cells in
      try keep(Series(id: SeriesID(key: Array(keys[place])), kind: .samples, cells: cells))
    }
  }

  /// Passes on what is left, and returns the time of the samples.
  mutating func finish() throws -> Content {
    try flush()
    let span =
      read > 0
      ? Window(start: Instant(nanoseconds: first), end: Instant(nanoseconds: latest)) : nil
    return Content(series: [], span: span, read: read)
  }
}
