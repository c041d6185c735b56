/// The linear model that misses a set of observations least, with the errors of its parameters.
///
/// - Formula: orthogonal columns by the modified method of Gram and Schmidt, in numbers of twice the digits of a double, so that
///   columns which are nearly the same still tell. Å. Björck, *Numerical Methods for Least Squares Problems* (1996), 2.4.
public struct LeastSquares: Hashable, Sendable {
  public let parameters: [Double]
  public let standardErrors: [Double]
  public let residualDeviation: Double
  /// About the mean with an intercept, about 0 without.
  public let rSquared: Double
  public let degrees: Int

  /// - Parameters:
  ///   - columns: one for each parameter, each as long as `y`.
  ///   - y: the observations.
  ///   - intercept: whether a parameter of its own, the first, is added to every observation.
  /// - Edge cases: `nil` with no more observations than parameters, or where a column is a sum of others.
  public init?(columns: [[Double]], y: [Double], intercept: Bool) {
    let ones = intercept ? [y.map { _ in DoubleDouble(1) }] : []
    self.init(ones + columns.map { $0.map { DoubleDouble($0) } }, y: y, intercept: intercept)
  }

  /// The polynomial of a degree in x, with its powers as exact as the sums.
  public init?(x: [Double], y: [Double], degree: Int) {
    var columns = [x.map { _ in DoubleDouble(1) }]
    for power in 0..<degree {
      columns.append(zip(columns[power], x).map { $0 * DoubleDouble($1) })
    }
    self.init(columns, y: y, intercept: true)
  }

  private init?(_ columns: [[DoubleDouble]], y: [Double], intercept: Bool) {
    let (n, count) = (y.count, columns.count)
    guard n > count, count > 0 else { return nil }
    var (columns, residuals) = (columns, y.map { DoubleDouble($0) })
    let zero = DoubleDouble(0)
    func product(_ one: [DoubleDouble], _ two: [DoubleDouble]) -> DoubleDouble {
      zip(one, two).reduce(zero) { $0 + $1.0 * $1.1 }
    }
    var triangle = [[DoubleDouble]](
      repeating: [DoubleDouble](repeating: zero, count: count), count: count)
    var right: [DoubleDouble] = []
    for column in 0..<count {
      let size = product(columns[column], columns[column])
      guard size.value > 0, size.value.isFinite else { return nil }
      triangle[column][column] = size
      for later in column + 1..<max(column + 1, count) {
        let share = product(columns[column], columns[later]) / size
        triangle[column][later] = share
        columns[later] = zip(columns[later], columns[column]).map { $0 - share * $1 }
      }
      let share = product(columns[column], residuals) / size
      right.append(share)
      residuals = zip(residuals, columns[column]).map { $0 - share * $1 }
    }
    // The unit triangle is solved for the parameters, and for its inverse, whose rows give the errors.
    var found = [DoubleDouble](repeating: zero, count: count)
    var errors: [Double] = []
    degrees = n - count
    let missed = product(residuals, residuals).value
    let variance = missed / Double(degrees)
    for row in (0..<count).reversed() {
      var value = right[row]
      for later in row + 1..<max(row + 1, count) {
        value = value - triangle[row][later] * found[later]
      }
      found[row] = value
    }
    for row in 0..<count {
      var unit = [DoubleDouble](repeating: zero, count: count)
      var sum = zero
      // Row `row` of the inverse, from the left.
      unit[row] = DoubleDouble(1)
      for column in row..<count {
        if column > row {
          for before in row..<column {
            unit[column] = unit[column] - unit[before] * triangle[before][column]
          }
        }
        sum = sum + unit[column] * unit[column] / triangle[column][column]
      }
      errors.append((sum.value * variance).squareRoot())
    }
    parameters = found.map(\.value)
    standardErrors = errors
    residualDeviation = variance.squareRoot()
    let mean = intercept ? y.reduce(zero) { $0 + DoubleDouble($1) } / DoubleDouble(Double(n)) : zero
    let all = y.reduce(zero) { sum, value in
      let off = DoubleDouble(value) - mean
      return sum + off * off
    }
    rSquared = all.value > 0 ? 1 - missed / all.value : 0
  }
}
