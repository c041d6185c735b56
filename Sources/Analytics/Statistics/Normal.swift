import Glibc

/// The standard normal distribution.
public enum Normal {
  /// The probability of a value above `z`.
  public static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

  /// The value that is exceeded with the probability `1 - p`; infinite at 0 and 1.
  ///
  /// - Formula: a rational approximation, Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.2.23, made
  ///   exact by Halley's method on the complementary error function.
  public static func quantile(_ p: Double) -> Double {
    guard 0 < p, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let tail = min(p, 1 - p)
    let t = (-2 * log(tail)).squareRoot()
    var z =
      t - (2.515517 + t * (0.802853 + t * 0.010328))
      / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in 0..<4 {
      let density = exp(-z * z / 2) * 0.398_942_280_401_432_677_94
      let miss = (upperTail(z) - tail) / density
      z += miss / (1 - z * miss / 2)
    }
    return p < 0.5 ? -z : z
  }
}
