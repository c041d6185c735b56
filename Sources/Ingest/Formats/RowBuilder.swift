import Model

/// Turns the rows of one series, as they are read, into minute cells.
///
/// The rows of one minute share its cell, in which amounts are summed; first and last, low and high are those of
/// their values. Increase and resets mean nothing for rows and stay 0.
struct RowBuilder {
  private var cells: [Cell] = []
  private var isSorted = true

  /// Adds the value of a row whose bucket starts at `time`; `nil` for one that cannot be used.
  mutating func add(_ value: Double?, at time: Int64) {
    let minute = Cell.minute(ofRow: time)
    var row = Cell(minute: minute)
    // So that no sum of a minute overflows.
    if let value, value.magnitude < 1e300 {
      (row.count, row.firstTime, row.lastTime) = (1, time, time)
      (row.first, row.last, row.low, row.high, row.sum) = (value, value, value, value, value)
    } else {
      row.rejects = 1
    }
    guard let last = cells.indices.last else { return cells.append(row) }
    if cells[last].minute == minute { return RowBuilder.join(&cells[last], row) }
    if cells[last].minute > minute { isSorted = false }
    cells.append(row)
  }

  private static func join(_ cell: inout Cell, _ other: Cell) {
    // The same row again: an export was appended to itself. The later one counts.
    if other.count == 1, cell.count > 0, other.firstTime == cell.lastTime {
      cell.sum += other.last - cell.last
      cell.last = other.last
      if cell.count == 1 {
        (cell.first, cell.low, cell.high) = (other.last, other.last, other.last)
      }
      cell.low = min(cell.low, other.low)
      cell.high = max(cell.high, other.high)
      return
    }
    guard cell.count > 0, other.count > 0 else {
      let rejects = cell.rejects + other.rejects
      if cell.count == 0 { cell = other }
      cell.rejects = rejects
      return
    }
    if other.firstTime < cell.firstTime {
      (cell.firstTime, cell.first) = (other.firstTime, other.first)
    }
    if other.lastTime >= cell.lastTime {
      (cell.lastTime, cell.last) = (other.lastTime, other.last)
    }
    cell.low = min(cell.low, other.low)
    cell.high = max(cell.high, other.high)
    cell.rejects += other.rejects
    cell.count += other.count
    cell.sum += other.sum
  }

  /// The cells in order of time.
  func finish() -> [Cell] {
    guard !isSorted else { return cells }
    var result: [Cell] = []
    for cell in cells.sorted(by: { $0.minute < $1.minute }) {
      if let last = result.indices.last, result[last].minute == cell.minute {
        RowBuilder.join(&result[last], cell)
      } else {
        result.append(cell)
      }
    }
    return result
  }
}
