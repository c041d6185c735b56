import Model

/// A chunk before and after; the same bytes are no change.
struct ChunkChange {
  let old: Chunk?
  let new: Chunk?
}

/// Merges minute cells into the chunks of one series, whatever lengths of cells those hold.
struct SeriesMerger {
  private struct Place: Hashable, Comparable {
    let day: Int64
    let step: Int64

    static func < (one: Place, other: Place) -> Bool {
      (one.day, one.step) < (other.day, other.step)
    }
  }

  private let row: SeriesRow
  private let spokenFor: Window?
  private let old: [Place: Chunk]
  private var new: [Place: Chunk] = [:]
  private(set) var conflicts = 0
  private(set) var late = 0

  /// The UTC days whose chunks can meet these cells: a local day starts up to a day before.
  static func days(of cells: [Cell]) -> ClosedRange<Int64> {
    let first = cells.first.map { Chunk.day(of: $0.minute) } ?? 0
    let last = cells.last.map { Chunk.day(of: $0.minute) } ?? 0
    // Two days back: a local day of 25 hours can start on the day before yesterday.
    return first - 2...last
  }

  init(row: SeriesRow, spokenFor: Window?, existing: [Chunk]) {
    self.row = row
    self.spokenFor = spokenFor
    old = Dictionary(
      existing.map { (Place(day: $0.day, step: $0.step), $0) }, uniquingKeysWith: { one, _ in one })
  }

  /// What to write, in order of day and step.
  var changes: [ChunkChange] {
    new.sorted { $0.key < $1.key }.compactMap { place, chunk in
      let before = old[place]
      if let before, before.bytes == chunk.bytes, before.ends == chunk.ends { return nil }
      return ChunkChange(old: before, new: chunk)
    }
  }

  /// - Parameter cells: rising.
  mutating func merge(_ cells: [Cell]) {
    let longer = old.sorted { $0.key < $1.key }.filter { $0.key.step > 1 }
      .flatMap { place, chunk in
        chunk.cells.indices.map { index in
          (place: place, index: index, start: chunk.cells[index].minute, end: chunk.end(at: index))
        }
      }.sorted { $0.start < $1.start }
    var next = 0
    var index = 0
    var minutes: [Int64: [Cell]] = [:]
    while index < cells.count {
      let minute = cells[index].minute
      while next < longer.count, longer[next].end <= minute { next += 1 }
      if next < longer.count, longer[next].start <= minute {
        var part: [Cell] = []
        while index < cells.count, cells[index].minute < longer[next].end {
          part.append(cells[index])
          index += 1
        }
        merge(part, into: longer[next].place, longer[next].index, until: longer[next].end)
      } else {
        minutes[Chunk.day(of: minute), default: []].append(cells[index])
        index += 1
      }
    }
    for (day, part) in minutes {
      let place = Place(day: day, step: 1)
      let merged = Cell.merged(old[place]?.cells ?? [], with: part, kind: row.kind)
      conflicts += merged.conflicts
      put(merged.cells, at: place, ends: (merged.cells.last?.minute ?? 0) + 1)
    }
  }

  private mutating func merge(_ part: [Cell], into place: Place, _ index: Int, until end: Int64) {
    guard let chunk = new[place] ?? old[place] else { return }
    let standing = chunk.cells[index]
    if row.kind == .rows {
      let extent = (Instant(minute: standing.minute), Instant(minute: end))
      guard let spokenFor, spokenFor.start <= extent.0, extent.1 <= spokenFor.end else {
        late += part.count
        return
      }
    }
    var joined = Cell.joined(part[...], kind: row.kind)
    joined.minute = standing.minute
    let outcome = standing.replaced(by: joined, kind: row.kind)
    if outcome.conflict { conflicts += 1 }
    var cells = chunk.cells
    cells[index] = outcome.cell
    cells[index].minute = standing.minute
    put(cells, at: place, ends: chunk.ends)
  }

  private mutating func put(_ cells: [Cell], at place: Place, ends: Int64) {
    new[place] = Chunk(
      series: row.number, day: place.day, step: place.step, ends: ends, cells: cells)
  }
}

extension Cell {
  /// Neighbouring cells of one series as one; samples with the steps between the cells, rows added up.
  ///
  /// - Precondition: `cells` holds at least one.
  static func joined(_ cells: ArraySlice<Cell>, kind: SeriesKind) -> Cell {
    var result = cells[cells.startIndex]
    for next in cells.dropFirst() {
      let (increase, resets) = (result.increase + next.increase, result.resets + next.resets)
      result.append(next)
      if kind == .rows { (result.increase, result.resets) = (increase, resets) }
    }
    return result
  }
}
