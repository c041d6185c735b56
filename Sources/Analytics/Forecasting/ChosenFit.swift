/// What was chosen at an origin: the days seen, and the fit they led to.
struct ChosenFit {
  enum Fit {
    case level(LevelFit)
    case line(LineFit)

    var degrees: Double {
      switch self {
      case .level(let fit): fit.degrees
      case .line(let fit): fit.degrees
      }
    }

    var slope: Double {
      switch self {
      case .level: 0
      case .line(let fit): fit.slope
      }
    }

    /// What the fit is on a day, of all from the first that was seen.
    func level(at day: Int) -> Double {
      switch self {
      case .level(let fit): fit.value
      case .line(let fit): fit.intercept + fit.slope * Double(day)
      }
    }

    /// Value and promised variance of the days ahead, from 1 on.
    @inline(__always)
    func forEach(_ count: Int, _ body: (Int, Double, Double) -> Void) {
      switch self {
      case .level(let fit):
        for ahead in 1...max(1, count) { body(ahead, fit.value, fit.variance(ahead)) }
      case .line(let fit):
        var memory = fit.memory(0)
        for ahead in 1...max(1, count) {
          memory *= fit.correlation
          body(ahead, fit.value(ahead, memory: memory), fit.variance(ahead, memory: memory))
        }
      }
    }

    func promises(_ count: Int) -> [Double] {
      var variances: [Double] = []
      variances.reserveCapacity(count)
      forEach(count) { _, _, variance in variances.append(variance) }
      return variances
    }

    /// Whether a miss lies inside of the 95 % interval.
    func holds(_ miss: Double, variance: Double) -> Bool {
      let (size, deviation) = (abs(miss), variance.squareRoot())
      // Between the quantiles of the normal distribution and of 4 degrees of freedom, the fewest there are, it is computed.
      if size <= 1.959 * deviation { return true }
      if size > 2.777 * deviation + 1e-9 { return false }
      return size <= StudentT(degrees: degrees).quantile(0.975) * deviation + 1e-9
    }
  }

  let seen: Int
  let line: Forecast.Line
  /// The first day of the fit.
  let start: Int
  let fit: Fit
}
