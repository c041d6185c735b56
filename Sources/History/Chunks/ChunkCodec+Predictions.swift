import Model

/// What a value will probably be.
///
/// A prediction may look at the columns before its own, and in its own at the cells before. Damaged input can make any number
/// of them, so no sum may trap.
extension ChunkCodec {
  static func nextMinute(_ cells: [Cell], _ index: Int, _ step: Int64) -> Int64 {
    index == 0 ? 0 : cells[index - 1].minute &+ step
  }

  static func firstTime(_ cells: [Cell], _ index: Int) -> Int64 {
    guard cells[index].count != 0 else { return 0 }
    let start = cells[index].minute &* 60_000_000_000
    guard index > 0, cells[index - 1].count != 0 else { return start }
    let before = cells[index - 1]
    return start &+ (before.firstTime &- before.minute &* 60_000_000_000)
  }

  static func lastTime(_ cells: [Cell], _ index: Int) -> Int64 {
    let start = cells[index].firstTime
    guard cells[index].count > 1, index > 0 else { return start }
    return start &+ (cells[index - 1].lastTime &- cells[index - 1].firstTime)
  }

  static func first(_ cells: [Cell], _ index: Int) -> Double {
    cells[index].count == 0 || index == 0 ? 0 : cells[index - 1].first
  }

  static func last(_ cells: [Cell], _ index: Int) -> Double {
    guard cells[index].count > 1, index > 0 else { return cells[index].first }
    return cells[index].first + (cells[index - 1].last - cells[index - 1].first)
  }

  static func increase(_ cells: [Cell], _ index: Int) -> Double {
    guard cells[index].count > 1 else { return 0 }
    return Cell.step(from: cells[index].first, to: cells[index].last)
  }

  static func sum(_ cells: [Cell], _ index: Int) -> Double {
    let cell = cells[index]
    guard cell.count > 1 else { return cell.first }
    return ((cell.first + cell.last) / 2 * Double(cell.count)).rounded()
  }
}
