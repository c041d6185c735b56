/// Sums over the days of a series up to each day, so that a line through any window costs the same few steps.
struct WindowSums {
  /// Twelve sums: over values, and over pairs of values of neighbouring days (t, t + 1).
  struct Sums {
    var count = 0.0
    var x = 0.0
    var xx = 0.0
    var y = 0.0
    var xy = 0.0
    var yy = 0.0
    var pairs = 0.0
    var pairYY = 0.0
    var pairY = 0.0
    /// (t + 1) · y(t) + t · y(t + 1).
    var pairXY = 0.0
    /// 2 t + 1.
    var pairX = 0.0
    /// t (t + 1).
    var pairXX = 0.0

    @inline(__always)
    static func - (one: Sums, two: Sums) -> Sums {
      Sums(
        count: one.count - two.count, x: one.x - two.x, xx: one.xx - two.xx, y: one.y - two.y,
        xy: one.xy - two.xy, yy: one.yy - two.yy, pairs: one.pairs - two.pairs,
        pairYY: one.pairYY - two.pairYY, pairY: one.pairY - two.pairY,
        pairXY: one.pairXY - two.pairXY, pairX: one.pairX - two.pairX,
        pairXX: one.pairXX - two.pairXX)
    }
  }

  /// Sums over values and pairs up to each day; a pair belongs to its later day.
  private var values: [Sums] = []
  /// By day from the first.
  private let column: [Double]
  private let isPresent: [Bool]
  /// The last day with a value before each day; -1 where there is none.
  private(set) var lastBefore: [Int] = []
  /// Sums of squared steps between neighbouring values by the days between them, and their count, by the later day.
  private var steps: [(squares: Double, count: Double)] = []

  init(days: [Int], values: [Double]) {
    var column = [Double](repeating: 0, count: (days.last ?? -1) + 1)
    var isPresent = [Bool](repeating: false, count: column.count)
    for (day, value) in zip(days, values) { (column[day], isPresent[day]) = (value, true) }
    self.init(column, isPresent: isPresent)
  }

  init(_ column: [Double], isPresent: [Bool]) {
    (self.column, self.isPresent) = (column, isPresent)
    values.reserveCapacity(column.count + 1)
    lastBefore.reserveCapacity(column.count + 1)
    steps.reserveCapacity(column.count + 1)
    var sums = Sums()
    var step = (squares: 0.0, count: 0.0)
    var last = -1
    values.append(sums)
    lastBefore.append(last)
    steps.append(step)
    for day in column.indices {
      if isPresent[day] {
        let (x, y) = (Double(day), column[day])
        sums.count += 1
        sums.x += x
        sums.xx += x * x
        sums.y += y
        sums.xy += x * y
        sums.yy += y * y
        if last >= 0 {
          let before = column[last]
          step.squares += (y - before) * (y - before) / Double(day - last)
          step.count += 1
          if last == day - 1 {
            sums.pairs += 1
            sums.pairYY += before * y
            sums.pairY += before + y
            sums.pairXY += x * before + (x - 1) * y
            sums.pairX += 2 * x - 1
            sums.pairXX += (x - 1) * x
          }
        }
        last = day
      }
      values.append(sums)
      lastBefore.append(last)
      steps.append(step)
    }
  }

  /// The line through the values of a window; `nil` with fewer than ten.
  func line(from start: Int, to end: Int) -> LineFit? {
    var sums = values[end] - values[start]
    guard sums.count >= 10 else { return nil }
    if start > 0, isPresent[start], isPresent[start - 1] {
      // The pair that enters the window is not in it.
      let (x, y, before) = (Double(start), column[start], column[start - 1])
      sums.pairs -= 1
      sums.pairYY -= before * y
      sums.pairY -= before + y
      sums.pairXY -= x * before + (x - 1) * y
      sums.pairX -= 2 * x - 1
      sums.pairXX -= (x - 1) * x
    }
    let last = lastBefore[end]
    return LineFit(sums, end: end, lastDay: last, lastValue: column[last])
  }

  /// The last value before a day, and how neighbours differ since `start`, which has a value; `nil` with fewer than two values.
  func level(from start: Int, to end: Int) -> LevelFit? {
    let last = lastBefore[end]
    guard last > start else { return nil }
    // A step belongs to its later day: the one into the first value of the window is not in it.
    let squares = steps[end].squares - steps[start + 1].squares
    let count = steps[end].count - steps[start + 1].count
    return LevelFit(value: column[last], variancePerDay: max(0, squares / count), steps: count)
  }
}
