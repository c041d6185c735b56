import Model

/// Turns the rows of one series, as they are read, into minute cells.
///
/// The rows of one minute share its cell, in which amounts are summed, also those of one moment; first and last, low
/// and high are those of their values. Increase and resets mean nothing for rows and stay 0.
struct RowBuilder {
  /// How many minutes a cell is long.
  private let length: Int64
  /// The latest cell, and the time it holds; empty before the first row.
  private var open = Cell(minute: .min)
  private var (start, end): (Int64, Int64) = (.max, .max)
  /// In order of time, one for each minute; before the open one.
  private var cells: [Cell] = []
  /// Rows of minutes before the open one that are not among those.
  private var late: [Cell] = []
  /// The minute of the last cell that was drained.
  private var drained = Int64.min
  /// Whether a row came for a minute that was already drained; it is in no cell.
  private(set) var isDisordered = false

  init(minutes: Int64 = 1) { length = max(1, minutes) }

  /// How many cells are held; a minute may have more than one until the end.
  var count: Int { cells.count + late.count + (end == .max ? 0 : 1) }

  /// Adds the value of a row whose bucket starts at `time`; `nil` for one that cannot be used.
  @inline(__always)
  mutating func add(_ value: Double?, at time: Int64) {
    guard let value, start <= time, time < end, open.lastTime <= time, RowBuilder.isUsable(value)
    else { return addUnusual(value, at: time) }
    open.lastTime = time
    open.last = value
    open.low = min(open.low, value)
    open.high = max(open.high, value)
    open.count += 1
    open.sum += value
  }

  @inline(never)
  private mutating func addUnusual(_ value: Double?, at time: Int64) {
    let minute = Cell.minute(ofRow: time).dividedDown(by: length) &* length
    var row = RowBuilder.cell(of: value, at: time, minute)
    if minute == open.minute {
      RowBuilder.join(&open, row)
    } else if minute > open.minute {
      if end != .max { cells.append(open) }
      open = row
    } else if minute <= drained {
      isDisordered = true
    } else {
      let place = placeOfCell(from: minute)
      if place < cells.count, cells[place].minute == minute {
        // An export that was appended to itself, or the hour that a clock shows twice.
        if cells[place].firstTime == time, cells[place].lastTime == time { row.duplicates = 1 }
        RowBuilder.join(&cells[place], row)
      } else {
        late.append(row)
        // So that rows without any order take no more room than twice their minutes.
        if late.count > max(1024, cells.count) { settle() }
      }
      return
    }
    let (begin, isOut) = minute.multipliedReportingOverflow(by: 60_000_000_000)
    let (last, isPast) = begin.addingReportingOverflow(length &* 60_000_000_000)
    // A cell without a row takes its first the long way.
    start = isOut || open.count == 0 ? .max : begin
    end = isOut || isPast ? .max - 1 : last
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

  private static func join(_ cell: inout Cell, _ other: Cell) {
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
    cell.duplicates += other.duplicates
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
        RowBuilder.join(&result[last], cell)
      } else {
        result.append(cell)
      }
    }
    cells = result
    late.removeAll(keepingCapacity: true)
  }

  /// Gives the cells before the open one in order of time, and forgets them.
  mutating func drain() -> [Cell] {
    settle()
    let done = cells
    cells.removeAll(keepingCapacity: true)
    if let last = done.last { drained = last.minute }
    return done
  }

  /// The cells in order of time.
  consuming func finish() -> [Cell] {
    settle()
    return end == .max ? cells : cells + [open]
  }
}
