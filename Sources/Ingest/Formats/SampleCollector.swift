import Model

/// Keeps the samples of the wanted series of one file, and counts the others.
struct SampleCollector {
  /// 1990 to 2200: outside of it a time is a mistake of units or a clock that was never set.
  static let plausible: ClosedRange<Int64> = 631_152_000_000_000_000...7_258_118_400_000_000_000

  /// A series as its line writes it.
  private struct Entry {
    let text: [UInt8]
    /// The place in `series`; `nil` when its labels are not wanted.
    let series: Int?
    /// The entry that followed the last time: in a file of many scrapes it follows again.
    var next: Int?
  }

  private let source: String
  private let wanted: [Selector]
  private let wantedNames: [[UInt8]]
  /// The time of a sample that has none of its own.
  private let otherwise: Int64?
  private let plausible: ClosedRange<Int64>

  private var entries: [Entry] = []
  private var places: [[UInt8]: Int] = [:]
  private var series: [(id: SeriesID, cells: CellBuilder)] = []
  private var known: [SeriesID: Int] = [:]
  private var last: Int?
  private var current: Int?
  private var name: (bytes: [UInt8], wanted: Bool) = ([], false)
  private(set) var read = 0
  private var first = Int64.max
  private var latest = Int64.min

  init(
    source: String, wanted: [Selector], otherwise: Int64?,
    plausible: ClosedRange<Int64> = SampleCollector.plausible
  ) {
    self.source = source
    self.wanted = wanted.filter { $0.source == source && !$0.name.isEmpty }
    wantedNames = Array(Set(self.wanted.map { Array($0.name.utf8) }))
    self.otherwise = otherwise
    self.plausible = plausible
  }

  /// Selects the series of the line when it is the last one's or the one that followed it before;
  /// gives the place behind it.
  @inline(__always)
  mutating func recall(_ line: borrowing Span<UInt8>) -> Int? {
    guard let last else { return nil }
    if let next = entries[last].next, let end = fits(next, line) {
      (current, self.last) = (entries[next].series, next)
      return end
    }
    guard let end = fits(last, line) else { return nil }
    current = entries[last].series
    return end
  }

  /// The place behind the entry's text when the line begins with it.
  @inline(__always)
  private func fits(_ entry: Int, _ line: borrowing Span<UInt8>) -> Int? {
    let end = entries[entry].text.count
    guard end < line.count, line[end] == 32, line.begins(withBytes: entries[entry].text) else {
      return nil
    }
    // Behind a bare name blanks and labels may follow.
    return end + 1 < line.count && line[end + 1] != 123 && line[end + 1] != 32 ? end : nil
  }

  /// Selects the series that `text` read from the line.
  mutating func select(_ text: borrowing SeriesText, _ line: borrowing Span<UInt8>, from start: Int)
  {
    current = nil
    guard isWanted(text, line) else { return }
    let bytes = line.bytes(start..<text.end)
    let entry: Int
    if let next = last.flatMap({ entries[$0].next }), entries[next].text == bytes {
      entry = next
    } else if let found = places[bytes] {
      entry = found
    } else {
      entry = entries.count
      places[bytes] = entry
      entries.append(Entry(text: bytes, series: place(of: text.id(line, source: source))))
    }
    if let last, last != entry { entries[last].next = entry }
    last = entry
    current = entries[entry].series
  }

  private mutating func isWanted(_ text: borrowing SeriesText, _ line: borrowing Span<UInt8>)
    -> Bool
  {
    if !text.name.escaped, line.equals(name.bytes, text.name.range) { return name.wanted }
    name.bytes = text.bytes(line, text.name)
    name.wanted = wantedNames.contains(name.bytes)
    return name.wanted
  }

  private mutating func place(of id: SeriesID) -> Int? {
    if let place = known[id] { return place }
    guard wanted.contains(where: { $0.matches(id) }) else { return nil }
    known[id] = series.count
    series.append((id, CellBuilder()))
    return series.count - 1
  }

  /// Adds a sample of the selected series; `time` in nanoseconds since the epoch.
  ///
  /// - Parameters:
  ///   - value: any number; the cells reject what is not finite.
  ///   - time: `nil` when the line has none.
  ///   - offset: where the time stands in the line.
  /// - Throws: `noTime`, `implausibleTime`, `timeTooLarge`.
  @inline(__always)
  mutating func add(_ value: Double, at time: Int64?, offset: Int) throws(LineFault) {
    guard let time = time ?? otherwise else { throw LineFault(.noTime, at: offset) }
    guard plausible.contains(time) else {
      throw LineFault(time > plausible.upperBound ? .timeTooLarge : .implausibleTime, at: offset)
    }
    read += 1
    if time < first { first = time }
    if time > latest { latest = time }
    if let current { series[current].cells.add(value, at: time) }
  }

  /// The series in the order in which they came.
  func content() -> Content {
    let span =
      read > 0
      ? Window(start: Instant(nanoseconds: first), end: Instant(nanoseconds: latest)) : nil
    return Content(
      series: series.map { Series(id: $0.id, kind: .samples, cells: $0.cells.finish()) },
      span: span, read: read)
  }
}
