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
  private let covered: Window?
  private let readBefore: Int64
  private let old: [Place: Chunk]
  /// `nil` for a chunk without any cells left.
  private var new: [Place: Chunk?] = [:]
  private(set) var conflicts = 0
  private(set) var late = 0

  /// The UTC days whose chunks can meet these cells, or the span of a batch that replaces: a local day starts up to a
  /// day before.
  static func days(of cells: [Cell], in batch: Batch) -> ClosedRange<Int64> {
    var days = [cells.first, cells.last].compactMap { $0.map { Chunk.day(of: $0.minute) } }
    if batch.replaces, let span = batch.span {
      days += [Chunk.day(of: span.start.minute), Chunk.day(of: span.end.minute)]
    }
    // Two days back: a local day of 25 hours can start on the day before yesterday.
    return (days.min() ?? 0) - 2...(days.max() ?? 0)
  }

  /// `readBefore` is that of the batch; for a query it is the highest number.
  init(row: SeriesRow, covered: Window?, readBefore: Int64, existing: [Chunk]) {
    self.row = row
    self.readBefore = readBefore
    self.covered = covered
    old = Dictionary(
      existing.map { (Place(day: $0.day, step: $0.step), $0) }, uniquingKeysWith: { one, _ in one })
  }

  /// What to write, in order of day and step.
  var changes: [ChunkChange] {
    new.sorted { $0.key < $1.key }.compactMap { place, chunk in
      let before = old[place]
      if before?.row.bytes == chunk?.row.bytes, before?.ends == chunk?.ends { return nil }
      return ChunkChange(old: before, new: chunk)
    }
  }

  /// Empties the whole cells inside a span: minutes vanish, longer cells stay as places without rows.
  mutating func clear(_ span: Window) {
    for (place, chunk) in old {
      let inside = chunk.cells.indices.filter { index in
        span.start <= Instant(minute: chunk.cells[index].minute)
          && Instant(minute: chunk.end(at: index)) <= span.end
      }
      if inside.isEmpty { continue }
      if place.step == 1 {
        let gone = Set(inside)
        let left = chunk.cells.indices.filter { !gone.contains($0) }.map { chunk.cells[$0] }
        put(left, at: place, ends: (left.last?.minute ?? 0) + 1)
      } else {
        var cells = chunk.cells
        for index in inside { cells[index] = Cell(minute: cells[index].minute) }
        put(cells, at: place, ends: chunk.ends)
      }
    }
  }

  private func current(_ place: Place) -> Chunk? { new[place] ?? old[place] }

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
    let settled = settled(of: cells)
    for (day, part) in minutes {
      let place = Place(day: day, step: 1)
      let merged = Cell.merged(
        current(place)?.cells ?? [], with: part, kind: row.kind, readBefore: readBefore,
        settled: settled, isTotal: row.kind == .rows && row.id.isTotal)
      conflicts += merged.conflicts
      put(merged.cells, at: place, ends: (merged.cells.last?.minute ?? 0) + 1)
    }
  }

  /// The minutes in which neither what comes nor what is there may have been cut.
  private func settled(of cells: [Cell]) -> Range<Int64> {
    guard let first = cells.first, let last = cells.last else { return 0..<0 }
    // A file of one reading is not cut; one of a row may be.
    let isOne = cells.count == 1
    if isOne, row.kind == .samples { return .min ..< .max }
    let start = isOne ? first.minute : first.minute + 1
    return start..<max(start, min(row.ends - 1, isOne ? .max : last.minute))
  }

  private mutating func merge(_ part: [Cell], into place: Place, _ index: Int, until end: Int64) {
    guard let chunk = current(place) else { return }
    let before = chunk.cells[index]
    if row.kind == .rows {
      let extent = (Instant(minute: before.minute), Instant(minute: end))
      guard let covered, covered.start <= extent.0, extent.1 <= covered.end else {
        late += part.count
        return
      }
    }
    var joined = Cell.joined(part[...], kind: row.kind)
    joined.minute = before.minute
    var cells = chunk.cells
    // The pull covers all rows of the cell; a part of its samples says too little to contradict it.
    cells[index] =
      row.kind == .rows ? joined : before.replaced(by: joined, kind: row.kind, isAgain: true)
    cells[index].minute = before.minute
    put(cells, at: place, ends: chunk.ends)
  }

  private mutating func put(_ cells: [Cell], at place: Place, ends: Int64) {
    new[place] = .some(
      cells.isEmpty
        ? nil
        : Chunk(series: row.number, day: place.day, step: place.step, ends: ends, cells: cells))
  }
}

extension Cell {
  /// Neighbouring cells of one series as one; samples with the steps between the cells, rows added up.
  ///
  /// - Precondition: `cells` holds at least one.
  static func joined(_ cells: ArraySlice<Cell>, kind: SeriesKind) -> Cell {
    var result = cells[cells.startIndex]
    for next in cells.dropFirst() { result = result.joined(with: next, kind) }
    return result
  }
}
