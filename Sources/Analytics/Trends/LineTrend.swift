/// A straight line by least squares, with what it says of a new value.
public struct LineTrend: Hashable, Sendable {
  public let count: Int
  public let slope: Double
  /// At x = 0, which for times since 1970 is far away; ``value(at:)`` does not go there.
  public let intercept: Double
  public let residualDeviation: Double
  public let rSquared: Double
  private let meanX: Double
  private let meanY: Double
  private let sxx: Double

  /// - Formula: slope = Σ (x - x̄)(y - ȳ) / Σ (x - x̄)², from sums about the middle: the unit and the origin of time do not matter.
  /// - Parameters:
  ///   - x: finite.
  ///   - y: finite, as many.
  /// - Edge cases: `nil` without two points of different x; two points miss nothing.
  public init?(x: [Double], y: [Double]) {
    precondition(x.count == y.count)
    guard let first = x.first, let firstY = y.first else { return nil }
    let n = Double(x.count)
    var (sumX, sumY) = (0.0, 0.0)
    for index in x.indices {
      sumX += x[index] - first
      sumY += y[index] - firstY
    }
    let (middleX, middleY) = (sumX / n, sumY / n)
    // The rounding of the two means is taken out again: Σ (x - x̄) is not quite 0.
    var (offX, offY, sxx, sxy, syy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in x.indices {
      let (dx, dy) = (x[index] - first - middleX, y[index] - firstY - middleY)
      offX += dx
      offY += dy
      sxx += dx * dx
      sxy += dx * dy
      syy += dy * dy
    }
    sxx -= offX * offX / n
    sxy -= offX * offY / n
    syy -= offY * offY / n
    guard sxx > 0 else { return nil }
    let slope = sxy / sxx
    var missed = 0.0
    for index in x.indices {
      let miss = y[index] - firstY - middleY - slope * (x[index] - first - middleX)
      missed += miss * miss
    }
    (count, self.slope, self.sxx) = (x.count, slope, sxx)
    (meanX, meanY) = (first + middleX, firstY + middleY)
    intercept = firstY + (middleY - slope * middleX) - slope * first
    residualDeviation = x.count > 2 ? (missed / (n - 2)).squareRoot() : 0
    rSquared = syy > 0 ? 1 - missed / syy : 1
  }

  public var slopeError: Double { residualDeviation / sxx.squareRoot() }

  public func value(at x: Double) -> Double { meanY + slope * (x - meanX) }

  /// Half the width of the interval that holds a new value at x with a probability.
  ///
  /// - Formula: t(n - 2) · s · √(1 + 1/n + (x - x̄)² / Sxx).
  /// - Edge cases: 0 with two points, which say nothing of misses.
  public func reach(at x: Double, level: Double = 0.95) -> Double {
    guard count > 2 else { return 0 }
    return reach(at: x, t: StudentT(degrees: Double(count - 2)).quantile((1 + level) / 2))
  }

  /// The same with Student's quantile of n - 2 degrees, which lines of as many points share.
  public func reach(at x: Double, t: Double) -> Double {
    guard count > 2 else { return 0 }
    let off = x - meanX
    return t * residualDeviation * (1 + 1 / Double(count) + off * off / sxx).squareRoot()
  }
}
