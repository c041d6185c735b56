/// Turns the samples of one series, as they are read, into minute cells.
public struct CellBuilder: Sendable {
  private var cells: [Cell] = []
  private var late: [(time: Int64, value: Double)] = []

  public init() {}

  /// Adds a sample at a time in nanoseconds since the epoch.
  ///
  /// NaN and infinity are rejected and counted; one that is earlier
  /// than its predecessor is sorted in by `finish()`; a repeated one is dropped.
  public mutating func add(_ value: Double, at time: Int64) {
    let minute = Cell.minute(ofSample: time)
    guard let last = cells.indices.last, cells[last].minute >= minute else {
      cells.append(Cell(minute: minute))
      put(value, at: time, in: cells.count - 1)
      return
    }
    if cells[last].minute > minute || (cells[last].count > 0 && time <= cells[last].lastTime) {
      if time == cells[last].lastTime, value == cells[last].last { return }
      late.append((time, value))
    } else {
      put(value, at: time, in: last)
    }
  }

  private mutating func put(_ value: Double, at time: Int64, in index: Int) {
    if value.isFinite { cells[index].add(value, at: time) } else { cells[index].rejects += 1 }
  }

  /// The cells in order of time.
  public consuming func finish() -> [Cell] {
    guard !late.isEmpty else { return cells }
    var sorted = CellBuilder()
    for sample in late.sorted(by: { $0.time < $1.time }) {
      sorted.add(sample.value, at: sample.time)
    }
    return Cell.merged(cells, with: sorted.cells, kind: .samples).cells
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
        let both = older[old].replaced(by: newer[new], kind: kind)
        if both.conflict { conflicts += 1 }
        result.append(both.cell)
        old += 1
        new += 1
      }
    }
    return (result, conflicts)
  }
}
