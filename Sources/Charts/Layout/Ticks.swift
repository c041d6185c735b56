/// Round values along a linear axis.
///
/// The extended Wilkinson algorithm of Talbot, Lin and Hanrahan, *An Extension of Wilkinson's Algorithm for
/// Positioning Tick Labels on Axes* (2010): of all labellings with a step of 1, 5, 2, 2.5, 4 or 3 times a power of ten,
/// the one with the highest score for being simple, covering the data, the asked density, and legible.
struct Ticks: Equatable {
  /// Ascending, each the nearest number to its decimal text.
  let values: [Double]
  /// Digits after the point that distinguish all values.
  let decimals: Int

  /// The ticks of `range`, about `count` of them; they may lie inside or a little beyond it.
  ///
  /// One value alone, or no finite ones, gives that value or none.
  static func over(_ range: ClosedRange<Double>, about count: Int) -> Ticks {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard low.isFinite, high.isFinite, max(-low, high) <= 1e15 else {
      return Ticks(values: [], decimals: 0)
    }
    // Below that, the steps between neighbouring numbers would show.
    guard high - low > 1e-12 * max(1e-3, max(abs(low), abs(high))) else {
      return Ticks(values: [low], decimals: 0)
    }
    return Search(low: low, high: high, wanted: max(2, count)).best
  }

  /// `whole` times 10 to `power`, rounded once.
  fileprivate static func scaled(_ whole: Double, _ power: Int) -> Double {
    power < 0 ? whole / tens(-power) : whole * tens(power)
  }

  /// 10 to a power that is not negative.
  static func tens(_ power: Int) -> Double {
    (0..<power).reduce(1) { value, _ in value * 10 }
  }
}

/// One search for the labelling with the highest score.
private struct Search {
  /// Ten times the steps' first digits, the nicest first.
  static let steps: [Double] = [10, 50, 20, 25, 40, 30]

  let low: Double
  let high: Double
  let wanted: Int

  var best: Ticks {
    var (found, top) = (Ticks(values: [low, high], decimals: 0), -Double.infinity)
    // `skip` takes every n-th multiple of a step only, which is never simple: the score ends the loop.
    var skip = 1
    while true {
      for (rank, step) in Self.steps.enumerated() {
        let simple = simplicity(rank, skip, hasZero: true)
        if score(simple, 1, 1, 1) <= top {
          guard rank == 0 else { break }
          return found
        }
        for count in 2...3 * wanted {
          let dense = 2 - max(1, Double(count - 1) / Double(wanted - 1))
          if score(simple, 1, dense, 1) <= top { break }
          consider(count, rank, skip, step, dense, &found, &top)
        }
      }
      skip += 1
    }
  }

  /// Tries all steps of one kind, from the smallest whose `count` ticks can span the data.
  private func consider(
    _ count: Int, _ rank: Int, _ skip: Int, _ step: Double, _ dense: Double,
    _ found: inout Ticks, _ top: inout Double
  ) {
    let jump = step * Double(skip)
    let least = (high - low) / Double(count + 1) / jump
    var power = -25
    while Ticks.scaled(1, power) < least { power += 1 }
    for power in power...power + 3 {
      let size = Ticks.scaled(step, power)
      let span = size * Double(skip * (count - 1))
      let simple = simplicity(rank, skip, hasZero: true)
      let wide = max(0, span - (high - low)) / 2
      if score(simple, coverage(wide, wide), dense, 1) <= top { break }
      let first = (high / size).rounded(.down) - Double(skip * (count - 1))
      let last = (low / size).rounded(.up)
      guard first <= last else { continue }
      for start in stride(from: first, through: last, by: 1) {
        let wholes = (0..<count).map { (start + Double($0 * skip)) * step }
        let (from, to) = (start * size, start * size + span)
        let value = score(
          simplicity(rank, skip, hasZero: wholes.contains(0)), coverage(high - to, low - from),
          density(from, to, count), legibility(wholes, power))
        if value > top {
          top = value
          found = Ticks(
            values: wholes.map { Ticks.scaled($0, power) }, decimals: decimals(wholes, power))
        }
      }
    }
  }

  private func score(
    _ simplicity: Double, _ coverage: Double, _ density: Double, _ legibility: Double
  ) -> Double {
    0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05 * legibility
  }

  private func simplicity(_ rank: Int, _ skip: Int, hasZero: Bool) -> Double {
    1 - Double(rank) / Double(Self.steps.count - 1) - Double(skip) + (hasZero ? 1 : 0)
  }

  /// By how much the outer ticks miss the data's ends.
  private func coverage(_ above: Double, _ below: Double) -> Double {
    let tenth = 0.1 * (high - low)
    return 1 - 0.5 * (above * above + below * below) / (tenth * tenth)
  }

  private func density(_ from: Double, _ to: Double, _ count: Int) -> Double {
    let given = Double(count - 1) / (to - from)
    let asked = Double(wanted - 1) / (max(to, high) - min(from, low))
    return 2 - max(given / asked, asked / given)
  }

  /// Short labels read best.
  private func legibility(_ wholes: [Double], _ power: Int) -> Double {
    1 - Double(decimals(wholes, power)) / 10
  }

  private func decimals(_ wholes: [Double], _ power: Int) -> Int {
    var (count, divisor) = (max(0, -power), 10.0)
    while count > 0, wholes.allSatisfy({ $0.truncatingRemainder(dividingBy: divisor) == 0 }) {
      count -= 1
      divisor *= 10
    }
    return count
  }
}
