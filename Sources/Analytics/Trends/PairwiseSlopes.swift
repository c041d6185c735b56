/// The slopes between all pairs of points, by rank, without making them all.
///
/// - Formula: as many slopes are below s as pairs are out of order by y - s · x, which sorting counts. A sample of the slopes
///   brackets the rank asked for, counting checks the bracket, and when it holds few slopes they are listed by the same
///   sorting: the answer is exact whatever the sample was. J. Matoušek, *Randomized optimal algorithm for slope
///   selection* (1991), with a sample that is the same each time.
public struct PairwiseSlopes: Sendable {
  /// Ascending, and y ascending within equal x.
  private let x: [Double]
  private let y: [Double]
  /// y about its middle, whose order keeps more digits; slopes are made of ``y`` itself.
  private let level: [Double]
  /// Pairs of different x.
  public let count: Int
  /// Pairs up to which all slopes are made.
  private static let few = 6000

  /// - Parameters:
  ///   - x: finite, in any order.
  ///   - y: finite, as many.
  public init(x: [Double], y: [Double]) {
    precondition(x.count == y.count)
    var (x, y) = (x, y)
    let isSorted = zip(x, x.dropFirst()).allSatisfy { $0 < $1 }
    if !isSorted {
      let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
      (x, y) = (order.map { x[$0] }, order.map { y[$0] })
    }
    var pairs = x.count * (x.count - 1) / 2
    var run = 1
    for index in x.indices.dropFirst() {
      run = x[index] == x[index - 1] ? run + 1 : 1
      pairs -= run - 1
    }
    // Times as seconds since 1970 would cost digits.
    let first = x.first ?? 0
    (self.x, self.y) = (x.map { $0 - first }, y)
    let middle = Median.of(y) ?? 0
    level = y.map { $0 - middle }
    count = pairs
  }

  /// The middle slope, of an even count the mean of the two in the middle; `nil` without two points of different x.
  public var median: Double? {
    guard count > 0 else { return nil }
    let found = values(at: [(count - 1) / 2, count / 2])
    return (found[0] + found[1]) / 2
  }

  /// The slopes that have so many others below them; ranks ascend.
  func values(at ranks: [Int]) -> [Double] {
    guard count > PairwiseSlopes.few else {
      var slopes: [Double] = []
      slopes.reserveCapacity(count)
      for later in x.indices {
        for earlier in 0..<later where x[earlier] < x[later] {
          slopes.append(slope(earlier, later))
        }
      }
      return slopes.withUnsafeMutableBufferPointer { all in
        ranks.map { Median.select($0, of: all) }
      }
    }
    let sample = sample()
    return ranks.count == 2 && ranks[1] - ranks[0] <= 1
      ? near(ranks, sample) : ranks.flatMap { near([$0], sample) }
  }

  @inline(__always)
  private func slope(_ earlier: Int, _ later: Int) -> Double {
    (y[later] - y[earlier]) / (x[later] - x[earlier])
  }

  /// Slopes of pairs from all over, in order.
  private func sample() -> [Double] {
    var slopes: [Double] = []
    slopes.reserveCapacity(2048)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    while slopes.count < 2048 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let one = Int((state >> 33) % UInt64(x.count))
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let two = Int((state >> 33) % UInt64(x.count))
      if x[one] != x[two] { slopes.append(slope(min(one, two), max(one, two))) }
    }
    slopes.sort()
    return slopes
  }

  /// A bound that no slope equals, and how many are below it.
  private struct Bound {
    var slope: Double
    var below: Int
  }

  /// The slopes at one rank, or at two that follow each other.
  private func near(_ ranks: [Int], _ sample: [Double]) -> [Double] {
    var scratch = Scratch(count: x.count)
    let (first, last) = (ranks[0], ranks[ranks.count - 1])
    let (spanX, sizeY) = (x[x.count - 1], level.reduce(0) { max($0, abs($1)) })
    var gap = Double.infinity
    for index in x.indices.dropFirst() where x[index] > x[index - 1] {
      gap = min(gap, x[index] - x[index - 1])
    }
    /// What rounding can make of a slope.
    func rounding(_ slope: Double) -> Double {
      8 * .ulpOfOne * (sizeY + abs(slope) * spanX) / gap + .leastNormalMagnitude
    }
    func bound(_ slope: Double) -> Bound {
      Bound(slope: slope, below: below(slope, &scratch))
    }
    // No slope is outside of what the largest step over the smallest gap makes.
    let most = 2 * sizeY / gap * (1 + 1e-9) + .leastNormalMagnitude
    var (low, high) = (Bound(slope: -most, below: 0), Bound(slope: most, below: count))
    var reach = 2.5 * Double(sample.count).squareRoot()
    let middle = Double(first) / Double(count) * Double(sample.count)
    while low.slope == -most || high.slope == most {
      let (left, right) = (Int(middle - reach), Int(middle + reach) + 1)
      if low.slope == -most {
        guard left >= 0 else { break }
        let tried = bound(sample[left] - rounding(sample[left]))
        if tried.below <= first { low = tried } else { high = tried }
      }
      if high.slope == most {
        guard right < sample.count else { break }
        let tried = bound(sample[right] + rounding(sample[right]))
        if tried.below > last { high = tried } else { low = tried }
      }
      reach *= 2
    }
    var halve = false
    while high.below - low.below > 6 * x.count {
      let width = high.slope - low.slope
      let middle = low.slope + width / 2
      // One slope that very many pairs have.
      if width <= 4 * rounding(middle) { return repeated(ranks, low.slope, high.slope) }
      // As if the slopes lay evenly between the bounds, and some more to each side; else by halves.
      let share = Double(first - low.below) / Double(high.below - low.below)
      let rest = halve ? 0 : 2 * Double(x.count) / Double(high.below - low.below)
      let before = (low, high)
      for probe in halve ? [0.5] : [share - rest, share + rest] where 0 < probe && probe < 1 {
        let tried = bound(before.0.slope + probe * width)
        if tried.below <= first, tried.slope > low.slope { low = tried }
        if tried.below > last, tried.slope < high.slope { high = tried }
      }
      halve = high.slope - low.slope > width / 2
    }
    var slopes = between(low.slope, high.slope, &scratch)
    return slopes.withUnsafeMutableBufferPointer { all in
      ranks.map { Median.select(min($0 - low.below, all.count - 1), of: all) }
    }
  }

  /// A slope between two bounds that only rounding separates, as a pair gives it.
  private func repeated(_ ranks: [Int], _ low: Double, _ high: Double) -> [Double] {
    for later in x.indices {
      for earlier in 0..<later where x[earlier] < x[later] {
        let found = slope(earlier, later)
        if low <= found, found <= high { return ranks.map { _ in found } }
      }
    }
    return ranks.map { _ in low + (high - low) / 2 }
  }

  private struct Scratch {
    var keys: [Double]
    var other: [Double]

    init(count: Int) {
      keys = [Double](repeating: 0, count: count)
      other = keys
    }
  }

  /// How many pairs have a slope below one: those that y - slope · x puts out of order.
  private func below(_ slope: Double, _ scratch: inout Scratch) -> Int {
    for index in x.indices { scratch.keys[index] = level[index] - slope * x[index] }
    return Inversions.count(&scratch.keys, &scratch.other)
  }

  /// The slopes of at least `low` and below `high`, in no order.
  private func between(_ low: Double, _ high: Double, _ scratch: inout Scratch) -> [Double] {
    let lows = x.indices.map { level[$0] - low * x[$0] }
    var order = Array(x.indices)
    order.sort { (lows[$0], $0) < (lows[$1], $1) }
    for place in order.indices {
      scratch.keys[place] = level[order[place]] - high * x[order[place]]
    }
    var slopes: [Double] = []
    // Each exchange of neighbours is a pair whose order changes between the two slopes.
    for place in order.indices.dropFirst() {
      let (key, point) = (scratch.keys[place], order[place])
      var hole = place
      while hole > 0, scratch.keys[hole - 1] > key {
        slopes.append(slope(order[hole - 1], point))
        scratch.keys[hole] = scratch.keys[hole - 1]
        order[hole] = order[hole - 1]
        hole -= 1
      }
      scratch.keys[hole] = key
      order[hole] = point
    }
    return slopes
  }
}
