import Glibc

/// A straight line through a window of days whose misses follow each other, and what it promises.
struct LineFit {
  let slope: Double
  let intercept: Double
  /// The correlation of neighbouring residuals.
  let correlation: Double
  let degrees: Double
  private let variance: Double
  private let levelVariance: Double
  private let slopeVariance: Double
  private let meanDay: Double
  private let lastDay: Double
  private let lastResidual: Double
  private let end: Int

  /// - Formula: least squares a, b; r the residuals, ρ = Σ r(t) r(t+1) / N' over Σ r² / N, then ρ + (1 + 4ρ) / N within
  ///   0 ... 0.98. e² = (r̄² (1 + ρ²) - 2 ρ c₁) · N / (N - 3); s² = e² / (1 - ρ²); f = (1 + ρ) / (1 - ρ).
  /// - Edge cases: residuals below 3e-8 of the range of values are rounding and count as none.
  init(_ sums: WindowSums.Sums, end: Int, lastDay: Int, lastValue: Double) {
    let n = sums.count
    let (meanX, meanY) = (sums.x / n, sums.y / n)
    let sxx = sums.xx - sums.x * meanX
    let sxy = sums.xy - sums.x * meanY
    let syy = sums.yy - sums.y * meanY
    slope = sxy / sxx
    intercept = meanY - slope * meanX
    let square = max(0, syy - slope * sxy) / n
    meanDay = meanX
    self.end = end
    self.lastDay = Double(lastDay)
    guard square > 1e-15 else {
      (correlation, degrees, variance) = (0, max(4, n - 2), 0)
      (levelVariance, slopeVariance, lastResidual) = (0, 0, 0)
      return
    }
    var neighbours = 0.0
    if sums.pairs > 0 {
      let (a, b) = (intercept, slope)
      let product =
        sums.pairYY - a * sums.pairY - b * sums.pairXY + a * a * sums.pairs
        + a * b * sums.pairX + b * b * sums.pairXX
      neighbours = max(-square, min(square, product / sums.pairs))
    }
    let raw = neighbours / square
    let rho = max(0, min(0.98, raw + (1 + 4 * raw) / n))
    let innovation = max(0, square * (1 + rho * rho) - 2 * rho * neighbours) * n / (n - 3)
    let stationary = innovation / (1 - rho * rho)
    let factor = (1 + rho) / (1 - rho)
    correlation = rho
    degrees = max(4, (n - 2) / factor)
    variance = stationary
    levelVariance = min(stationary * factor / n, stationary)
    slopeVariance = min(stationary * factor / sxx, 1.2 * innovation / n)
    lastResidual = lastValue - intercept - slope * self.lastDay
  }

  var slopeDeviation: Double { slopeVariance.squareRoot() }

  /// ρ to the days from the last value to day `ahead` of the forecast.
  func memory(_ ahead: Int) -> Double {
    correlation == 0 ? 0 : pow(correlation, Double(ahead + end - 1) - lastDay)
  }

  /// - Parameters:
  ///   - ahead: days after the last day that was seen.
  ///   - memory: ``memory(_:)`` of it.
  /// - Returns: what the line and the last residual lead to.
  @inline(__always)
  func value(_ ahead: Int, memory: Double) -> Double {
    intercept + slope * Double(end - 1 + ahead) + memory * lastResidual
  }

  @inline(__always)
  func variance(_ ahead: Int, memory: Double) -> Double {
    let reach = Double(end - 1 + ahead) - meanDay - memory * (lastDay - meanDay)
    return variance * (1 - memory * memory) + levelVariance * (1 - memory) * (1 - memory)
      + slopeVariance * reach * reach
  }
}

/// The forecast that all stays as it is, and what it promises.
struct LevelFit {
  let value: Double
  let variancePerDay: Double
  let steps: Double

  var degrees: Double { max(4, steps) }
  func variance(_ ahead: Int) -> Double { Double(ahead) * variancePerDay }
}
