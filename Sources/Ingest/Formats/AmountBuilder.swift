import Model

/// Turns the rows of one series of amounts, as they are read, into minute cells; rows of one minute
/// are summed.
struct AmountBuilder {
  private var cells: [Cell] = []
  private var isSorted = true

  /// Adds an amount whose bucket starts at `time`; `nil` for a row that cannot be used.
  mutating func add(_ amount: Double?, at time: Int64) {
    let minute = Cell.minute(ofRow: time)
    var row = Cell(minute: minute)
    if let amount {
      (row.count, row.sum, row.firstTime, row.lastTime) = (1, amount, time, time)
    } else {
      row.rejects = 1
    }
    guard let last = cells.indices.last else { return cells.append(row) }
    if cells[last].minute == minute { return AmountBuilder.join(&cells[last], row) }
    if cells[last].minute > minute { isSorted = false }
    cells.append(row)
  }

  private static func join(_ cell: inout Cell, _ other: Cell) {
    cell.rejects += other.rejects
    guard other.count > 0 else { return }
    cell.firstTime = cell.count > 0 ? min(cell.firstTime, other.firstTime) : other.firstTime
    cell.lastTime = cell.count > 0 ? max(cell.lastTime, other.lastTime) : other.lastTime
    cell.count += other.count
    cell.sum += other.sum
  }

  /// The cells in order of time.
  func finish() -> [Cell] {
    guard !isSorted else { return cells }
    var result: [Cell] = []
    for cell in cells.sorted(by: { $0.minute < $1.minute }) {
      if let last = result.indices.last, result[last].minute == cell.minute {
        AmountBuilder.join(&result[last], cell)
      } else {
        result.append(cell)
      }
    }
    return result
  }
}
