import Model

/// How many events of one histogram lay at or under a bound, minute by minute at the largest bucket bound that is there.
///
/// Bounds come and go: a native histogram has only those of buckets that hold something, so every block and every answer
/// has its own. A step from a reading at one bound to a reading at another counts what is known: bounds that both sides
/// have, or that are between two with the same count, lose nothing, and no step is ever larger than the truth.
struct BucketChoice {
  struct Bucket {
    let bound: Double
    let series: Series
  }

  private struct Reading {
    let bound: Double
    var cell: Cell
  }

  /// The readings; several series where one bound has several at once.
  private(set) var good: [Series] = []
  /// The bounds that were read, but those with as many events as the limit; the limit itself where none is
  /// left, and nothing where no bucket ends at it or below.
  private(set) var bounds: Set<Double> = []
  /// The minutes in which no bucket ends at the limit or below.
  private(set) var open: [Int64] = []

  let buckets: [Bucket]
  let limit: Double

  /// Chooses among the buckets of a histogram, those above the limit included.
  ///
  /// - Parameters:
  ///   - buckets: series that differ in their bound alone, and in how it is spelled.
  ///   - limit: the bound.
  ///   - totals: how many events there were at all, from ``Swift/Array/joined``.
  ///   - minutes: from the first reading of the totals to the last.
  init(
    _ buckets: [Bucket], atMost limit: Double, totals: [Series], in minutes: ClosedRange<Int64>
  ) {
    (self.buckets, self.limit) = (buckets, limit)
    let levels = Dictionary(grouping: buckets.filter { $0.bound <= limit }, by: \.bound)
      .mapValues { Series.joined($0.map(\.series)) }.sorted { $0.key > $1.key }
    let all = totals.flatMap { $0.cells.lazy.filter { $0.count > 0 }.map(\.minute) }
    let read = totals.count == 1 ? all : Set(all).sorted()
    var open = Array(read.indices)
    var readings: [Reading] = []
    for (place, (bound, lanes)) in levels.enumerated() where place == 0 || !open.isEmpty {
      var isThere = Array(repeating: false, count: open.count)
      var isRead = false
      for (number, lane) in lanes.enumerated() {
        var (next, taken): (Int, [Cell]) = (0, [])
        for cell in lane.cells where minutes.contains(cell.minute) {
          while next < open.count, read[open[next]] < cell.minute { next += 1 }
          let isOpen = next < open.count && read[open[next]] == cell.minute
          if isOpen, cell.count > 0 { isThere[next] = true }
          if isOpen || place == 0 { taken.append(cell) }
        }
        isRead = isRead || !taken.isEmpty
        if number == 0, lane.kind == .samples {
          readings += taken.lazy.filter { $0.count > 0 }.map { Reading(bound: bound, cell: $0) }
          taken.removeAll { $0.count > 0 }
        }
        if !taken.isEmpty { good.append(Series(id: lane.id, kind: lane.kind, cells: taken)) }
      }
      if isRead { bounds.insert(bound) }
      let isHole = { (index: Int) in
        // One missed reading is not a change of bounds: the next one has what it would have had.
        lanes[0].kind == .samples && index > 0 && index + 1 < open.count
          && isThere[index - 1] && isThere[index + 1]
          && open[index + 1] - open[index - 1] == 2
      }
      open = open.indices.filter { !isThere[$0] && !isHole($0) }.map { open[$0] }
    }
    self.open = open.map { read[$0] }
    guard let id = levels.first?.value[0].id, !readings.isEmpty else { return }
    if bounds.count > 1 {
      readings.sort { $0.cell.minute < $1.cell.minute }
      join(&readings)
    }
    good.append(Series(id: id, kind: .samples, cells: readings.map(\.cell)))
  }

  /// Makes one series of readings at changing bounds: the last value before a change becomes the one that the step is from.
  private mutating func join(_ readings: inout [Reading]) {
    let changes = readings.indices.dropLast().filter {
      readings[$0].bound != readings[$0 + 1].bound
    }
    for index in changes {
      let bound = readings[index + 1].bound
      // Where a minute saw the change, the bound that stays has its last reading.
      guard let cell = cell(at: bound, readings[index].cell.minute),
        cell.lastTime > readings[index].cell.lastTime
      else { continue }
      readings[index] = Reading(bound: bound, cell: cell)
    }
    bounds = []
    for (index, reading) in readings.enumerated() {
      let next = index + 1 < readings.count ? readings[index + 1] : nil
      let isChange = next.map { $0.bound != reading.bound } ?? true
      // Counts that are equal at the end were so since the last restart.
      let isRestart = next.map { $0.cell.resets > 0 || $0.cell.first < reading.cell.last } ?? false
      if isChange || isRestart, !isExact(reading) { bounds.insert(reading.bound) }
      if isChange, let next { readings[index].cell.last = base(of: next, after: reading) }
    }
    if bounds.isEmpty { bounds = [limit] }
  }

  private func cell(at bound: Double, _ minute: Int64) -> Cell? {
    buckets.lazy.filter { $0.bound == bound }.compactMap { $0.series.reading(in: minute) }.first
  }

  /// Whether the next bound above the limit has the same count, so that it is that of the limit.
  private func isExact(_ reading: Reading) -> Bool {
    if reading.bound == limit { return true }
    let above = buckets.lazy.filter { $0.bound > limit }.compactMap { bucket in
      bucket.series.reading(in: reading.cell.minute).map { (bucket.bound, $0) }
    }.min { $0.0 < $1.0 }
    return above?.1.last == reading.cell.last
  }

  /// What `next` is to be compared with; infinity for a restart, after which all of it counts.
  private func base(of next: Reading, after reading: Reading) -> Double {
    var before: [(bound: Double, value: Double)] = []
    var after: [(bound: Double, value: Double)] = []
    for bucket in buckets {
      let old = bucket.series.reading(in: reading.cell.minute)
      let new = bucket.series.reading(in: next.cell.minute)
      if let old, let new, new.first < old.last { return .infinity }
      if let old, old.lastTime >= reading.cell.lastTime { before.append((bucket.bound, old.last)) }
      if let new, new.firstTime <= next.cell.firstTime, bucket.bound <= limit {
        after.append((bucket.bound, new.first))
      }
    }
    before.sort { $0.bound < $1.bound }
    let steps = after.compactMap { new in
      before.first { $0.bound >= new.bound }.map { new.value - $0.value }
    }
    return next.cell.first - max(0, steps.max() ?? 0)
  }
}

extension Series {
  /// Series of one bucket whose bound is spelled differently: one that goes on where another ended is the same series.
  static func joined(_ series: [Series]) -> [Series] {
    guard series.count > 1, series.allSatisfy({ $0.kind == .samples }) else { return series }
    var lanes: [Series] = []
    let rising = series.sorted {
      ($0.cells.first?.minute ?? 0, $0.id) < ($1.cells.first?.minute ?? 0, $1.id)
    }
    for series in rising {
      guard let first = series.cells.first?.minute else { continue }
      let free = lanes.firstIndex { ($0.cells.last?.minute ?? first) <= first }
      guard let free else {
        lanes.append(series)
        continue
      }
      let end = lanes[free].cells.last?.minute ?? first
      lanes[free].cells += series.cells.filter { $0.minute > end }
    }
    return lanes
  }

  /// The cell of a minute, where it has a reading.
  fileprivate func reading(in minute: Int64) -> Cell? {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = low + (high - low) / 2
      if cells[middle].minute < minute { low = middle + 1 } else { high = middle }
    }
    guard low < cells.count, cells[low].minute == minute, cells[low].count > 0 else { return nil }
    return cells[low]
  }
}
