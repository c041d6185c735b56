import Model

/// Turns the rows of one series, as they are read, into minute cells.
///
/// The rows of one minute share its cell, in which amounts are summed; first and last, low and high are those of
/// their values. Increase and resets mean nothing for rows and stay 0.
struct RowBuilder {
  /// What a row is that has the very time of the one before it.
  enum Repeats {
    /// The same row again: an export was appended to itself. The later one counts.
    case replace
    /// A row of its own.
    case count
  }

  private let repeats: Repeats
  /// In order of time, one for each minute.
  private var cells: [Cell] = []
  /// Rows of minutes between those.
  private var late: [Cell] = []

  init(repeats: Repeats = .replace) { self.repeats = repeats }

  /// How many cells are held; a minute may have more than one until the end.
  var count: Int { cells.count + late.count }

  /// Adds the value of a row whose bucket starts at `time`; `nil` for one that cannot be used.
  mutating func add(_ value: Double?, at time: Int64) {
    let minute = Cell.minute(ofRow: time)
    guard let last = cells.indices.last else {
      return cells.append(RowBuilder.cell(of: value, at: time, minute))
    }
    if cells[last].minute == minute { return add(value, at: time, toCell: last) }
    if cells[last].minute < minute {
      return cells.append(RowBuilder.cell(of: value, at: time, minute))
    }
    let place = placeOfCell(from: minute)
    if cells[place].minute == minute { return add(value, at: time, toCell: place) }
    late.append(RowBuilder.cell(of: value, at: time, minute))
    // So that rows without any order take no more room than twice their minutes.
    if late.count > max(1024, cells.count) { settle() }
  }

  /// The place of the first cell that is not before a minute.
  private func placeOfCell(from minute: Int64) -> Int {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].minute < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// So that no sum of a minute overflows.
  private static func isUsable(_ value: Double) -> Bool { value.magnitude < 1e300 }

  private static func cell(of value: Double?, at time: Int64, _ minute: Int64) -> Cell {
    var row = Cell(minute: minute)
    if let value, isUsable(value) {
      (row.count, row.firstTime, row.lastTime) = (1, time, time)
      (row.first, row.last, row.low, row.high, row.sum) = (value, value, value, value, value)
    } else {
      row.rejects = 1
    }
    return row
  }

  private mutating func add(_ value: Double?, at time: Int64, toCell place: Int) {
    guard cells[place].count > 0, cells[place].lastTime < time, let value,
      RowBuilder.isUsable(value)
    else {
      let row = RowBuilder.cell(of: value, at: time, cells[place].minute)
      return RowBuilder.join(&cells[place], row, repeats)
    }
    cells[place].lastTime = time
    cells[place].last = value
    cells[place].low = min(cells[place].low, value)
    cells[place].high = max(cells[place].high, value)
    cells[place].count += 1
    cells[place].sum += value
  }

  private static func join(_ cell: inout Cell, _ other: Cell, _ repeats: Repeats) {
    if repeats == .replace, other.count == 1, cell.count > 0, other.firstTime == cell.lastTime {
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

  /// Brings the late rows in.
  private mutating func settle() {
    guard !late.isEmpty else { return }
    var result: [Cell] = []
    result.reserveCapacity(cells.count + late.count)
    // In order of minute, and of coming within it.
    for cell in (cells + late).sorted(by: { $0.minute < $1.minute }) {
      if let last = result.indices.last, result[last].minute == cell.minute {
        RowBuilder.join(&result[last], cell, repeats)
      } else {
        result.append(cell)
      }
    }
    cells = result
    late.removeAll(keepingCapacity: true)
  }

  /// The cells in order of time.
  consuming func finish() -> [Cell] {
    settle()
    return cells
  }
}
