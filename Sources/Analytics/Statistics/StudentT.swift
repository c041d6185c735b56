import Glibc

/// Student's distribution of t, for any positive number of degrees of freedom.
public struct StudentT: Hashable, Sendable {
  public let degrees: Double
  /// The logarithm of the beta function of `degrees / 2` and 1/2.
  private let logBeta: Double

  public init(degrees: Double) {
    self.degrees = degrees
    logBeta = StudentT.logBeta(degrees / 2)
  }

  /// The probability of a t above `t`.
  ///
  /// - Formula: half the regularised incomplete beta function of ν/2 and 1/2 at ν / (ν + t²), as a continued fraction.
  ///   W. H. Press et al., *Numerical Recipes* (3rd ed., 2007), 6.4 and 6.14.
  public func upperTail(_ t: Double) -> Double {
    guard !t.isNaN else { return .nan }
    let tail = tail(abs(t))
    return t < 0 ? 1 - tail : tail
  }

  /// The t that is exceeded with the probability `1 - p`; infinite at 0 and 1.
  ///
  /// - Formula: Newton's method on the logarithm of the tail, with a step by the curvature; from the normal quantile,
  ///   widened as G. W. Hill, *Student's t-quantiles* (1970), expands it. Correct to about 1e-13.
  public func quantile(_ p: Double) -> Double {
    guard 0 < p, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    if p == 0.5 { return 0 }
    let wanted = min(p, 1 - p)
    var t = start(wanted)
    for _ in 0..<40 {
      let tail = tail(t)
      // d log(tail) / d log t is -t · density / tail: steps in log t are good for long tails too.
      let density = density(t)
      let step = tail * log(tail / wanted) / (t * density)
      t *= exp(max(-2, min(2, step)))
      if abs(step) < 1e-15 { break }
    }
    return p < 0.5 ? -t : t
  }

  private func start(_ tail: Double) -> Double {
    let z = max(0.01, Normal.quantile(1 - tail))
    guard degrees > 2 else { return z * (1 + 1 / degrees) }
    let square = z * z
    return z
      * (1 + (square + 1) / (4 * degrees)
        + (5 * square * square + 16 * square + 3) / (96 * degrees * degrees))
  }

  private func density(_ t: Double) -> Double {
    exp(-(degrees + 1) / 2 * log1p(t * t / degrees) - logBeta) / degrees.squareRoot()
  }

  private func tail(_ t: Double) -> Double {
    if t == .infinity { return 0 }
    let x = degrees / (degrees + t * t)
    let y = t * t / (degrees + t * t)
    let front = exp(degrees / 2 * -log1p(t * t / degrees) + 0.5 * log(y) - logBeta)
    if t == 0 { return 0.5 }
    if x < (degrees / 2 + 1) / (degrees / 2 + 2.5) {
      return front * StudentT.fraction(degrees / 2, 0.5, x) / degrees
    }
    return 0.5 - front * StudentT.fraction(0.5, degrees / 2, y)
  }

  /// The continued fraction of the incomplete beta function, by the method of Lentz.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let least = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < least ? least : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1..<1000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return value
  }

  /// The logarithm of the beta function of a and 1/2.
  ///
  /// The difference of two large logarithms is taken by its series: it would lose its last digits.
  private static func logBeta(_ a: Double) -> Double {
    let halfLogPi = 0.572_364_942_924_700_087_07
    guard a < 30 else {
      // log Γ(a + 1/2) - log Γ(a), in powers of 1/a.
      let inverse = 1 / a
      let square = inverse * inverse
      let series =
        inverse
        * (-1.0 / 8 + square * (1.0 / 192 + square * (-1.0 / 640 + square * 17.0 / 14336)))
      return halfLogPi - (0.5 * log(a) + series)
    }
    return halfLogPi + logGamma(a) - logGamma(a + 0.5)
  }

  private static func logGamma(_ value: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(value, &sign)
  }
}
