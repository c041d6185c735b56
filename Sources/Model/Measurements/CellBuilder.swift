/// Turns the samples of one series, as they are read, into minute cells.
///
/// Samples may come in any order; of two for one instant the later one counts. So that memory stays
/// bounded, an ordered series is folded into cells every few thousand samples; one that then comes
/// for a folded minute replaces or joins its cell as told at ``Cell/replaced(by:kind:)``.
public struct CellBuilder: Sendable {
  private static let portion = 4096

  private var limit = CellBuilder.portion
  private var samples: [(time: Int64, value: Double)] = []
  private var isSorted = true
  /// Cells that are done, and the minute before which they end.
  private var folded: [Cell] = []
  private var open = Int64.min
  private var late: [(time: Int64, value: Double)] = []

  public init() {}

  /// Adds a sample at a time in nanoseconds since the epoch; NaN and infinity count as rejects of
  /// their minute.
  public mutating func add(_ value: Double, at time: Int64) {
    if let last = samples.last, time <= last.time { isSorted = false }
    samples.append((time, value))
    if samples.count >= limit {
      fold()
      // A single minute may hold more than a portion.
      limit = max(CellBuilder.portion, samples.count * 2)
    }
  }

  /// Turns all minutes but the last into cells.
  private mutating func fold() {
    sort()
    if open > .min {
      let inTime = samples.firstIndex { Cell.minute(ofSample: $0.time) >= open } ?? samples.count
      late += samples[..<inTime]
      samples.removeSubrange(..<inTime)
    }
    guard let last = samples.last else { return }
    let minute = Cell.minute(ofSample: last.time)
    guard let rest = samples.firstIndex(where: { Cell.minute(ofSample: $0.time) == minute }) else {
      return
    }
    CellBuilder.append(samples[..<rest], to: &folded)
    samples.removeSubrange(..<rest)
    open = minute
  }

  /// Brings the samples in order; of equal instants the last stays.
  private mutating func sort() {
    guard !isSorted else { return }
    samples = CellBuilder.sorted(samples)
    isSorted = true
  }

  private static func sorted(_ samples: [(time: Int64, value: Double)])
    -> [(time: Int64, value: Double)]
  {
    var result: [(time: Int64, value: Double)] = []
    result.reserveCapacity(samples.count)
    // The place decides between equal times, since nothing else promises to keep their order.
    for (_, sample) in samples.enumerated().sorted(by: {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }) {
      if let last = result.indices.last, result[last].time == sample.time {
        result[last] = sample
      } else {
        result.append(sample)
      }
    }
    return result
  }

  private static func append(
    _ samples: ArraySlice<(time: Int64, value: Double)>, to cells: inout [Cell]
  ) {
    for sample in samples {
      let minute = Cell.minute(ofSample: sample.time)
      if cells.last?.minute != minute { cells.append(Cell(minute: minute)) }
      // So that no sum of a minute overflows.
      if sample.value.magnitude < 1e300 {
        cells[cells.count - 1].add(sample.value, at: sample.time)
      } else {
        cells[cells.count - 1].rejects += 1
      }
    }
  }

  /// The cells in order of time.
  public consuming func finish() -> [Cell] {
    if !folded.isEmpty { fold() }
    sort()
    CellBuilder.append(samples[...], to: &folded)
    guard !late.isEmpty else { return folded }
    var cells: [Cell] = []
    CellBuilder.append(CellBuilder.sorted(late)[...], to: &cells)
    return Cell.merged(folded, with: cells, kind: .samples).cells
  }
}

extension Cell {
  /// Two sorted columns of the same series as one; `newer` wins as told at ``replaced(by:kind:)``.
  public static func merged(_ older: [Cell], with newer: [Cell], kind: SeriesKind)
    -> (cells: [Cell], conflicts: Int)
  {
    var result: [Cell] = []
    result.reserveCapacity(older.count + newer.count)
    var (old, new, conflicts) = (0, 0, 0)
    while old < older.count || new < newer.count {
      if new == newer.count || (old < older.count && older[old].minute < newer[new].minute) {
        result.append(older[old])
        old += 1
      } else if old == older.count || newer[new].minute < older[old].minute {
        result.append(newer[new])
        new += 1
      } else {
        let isEdge = new == 0 || new == newer.count - 1
        let both = older[old].replaced(by: newer[new], kind: kind, isEdge: isEdge)
        if both.conflict { conflicts += 1 }
        result.append(both.cell)
        old += 1
        new += 1
      }
    }
    return (result, conflicts)
  }
}
