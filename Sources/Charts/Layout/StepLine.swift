import Model

/// A step line over time, thinned to the pixels it is drawn on and cut where it crosses a level.
struct StepLine {
  /// A stretch on one side of the levels.
  struct Piece {
    enum Side { case above, below, beyond }

    let side: Side
    /// Pixels across, and the value itself downwards.
    var points: [Point]
  }

  let steps: [DepletionChart.Step]
  let scale: TimeScale
  /// Values under zero are `below`, those under this `beyond`.
  let floor: Double

  /// The value that holds at a moment; the first one before the line starts.
  func value(at instant: Instant) -> Double? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return (low == 0 ? steps.first : steps[low - 1])?.left
  }

  /// The line over the `covered` windows, broken between them.
  func pieces(over covered: [Window]) -> [Piece] {
    covered.flatMap { window -> [Piece] in
      guard let entry = value(at: window.start) else { return [] }
      var pieces = [Piece(side: side(entry), points: [Point(scale.x(window.start), entry)])]
      var last = entry
      for (x, value) in thinned(window) {
        go(to: Point(x, last), from: last, &pieces)
        go(to: Point(x, value), from: last, &pieces)
        last = value
      }
      go(to: Point(scale.x(window.end), last), from: last, &pieces)
      return pieces.filter { $0.points.count > 1 }
    }
  }

  /// At most the lowest, the highest and the last value of each pixel column, in time order.
  private func thinned(_ window: Window) -> [(x: Double, value: Double)] {
    var kept: [(x: Double, value: Double)] = []
    var column: [(x: Double, value: Double)] = []
    func flush() {
      guard let last = column.last else { return }
      let lowest = column.indices.min { column[$0].value < column[$1].value } ?? 0
      let highest = column.indices.max { column[$0].value < column[$1].value } ?? 0
      var indices = [min(lowest, highest), max(lowest, highest)].filter { index in
        let value = column[index].value
        // Between what holds before the column and after it, a value adds nothing to the picture.
        let before = kept.last?.value ?? column[0].value
        return value < min(before, last.value) || value > max(before, last.value)
      }
      indices.append(column.count - 1)
      for index in indices where kept.last?.value != column[index].value {
        kept.append(column[index])
      }
      column = []
    }
    for step in steps where window.start < step.at && step.at <= window.end {
      let x = scale.x(step.at)
      if let first = column.first, first.x.rounded(.down) != x.rounded(.down) { flush() }
      column.append((x, step.left))
    }
    flush()
    return kept
  }

  private func side(_ value: Double) -> Piece.Side {
    value < floor ? .beyond : value < 0 ? .below : .above
  }

  /// Extends the last piece, beginning a new one at each level on the way.
  private func go(to point: Point, from value: Double, _ pieces: inout [Piece]) {
    let levels = value > point.y ? [0, floor] : [floor, 0]
    var here = value
    for level in levels where min(here, point.y) < level && level <= max(here, point.y) {
      // Landing on a level from below changes the side too: the level itself lies above it.
      let next = point.y < here ? (level == 0 ? Piece.Side.below : .beyond) : side(level)
      let crossing = Point(point.x, level)
      pieces[pieces.count - 1].points.append(crossing)
      pieces.append(Piece(side: next, points: [crossing]))
      here = level
    }
    if pieces[pieces.count - 1].points.last != point {
      pieces[pieces.count - 1].points.append(point)
    }
  }
}
