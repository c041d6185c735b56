/// A number of twice the digits of a double, as the sum of two.
///
/// - Formula: T. J. Dekker, *A floating-point technique for extending the available precision* (1971), with products by fused
///   multiplication.
struct DoubleDouble {
  let high: Double
  let low: Double

  init(_ value: Double) { (high, low) = (value, 0) }

  private init(sum high: Double, _ low: Double) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  static func + (one: DoubleDouble, two: DoubleDouble) -> DoubleDouble {
    let sum = one.high + two.high
    let part = sum - one.high
    let lost = (one.high - (sum - part)) + (two.high - part)
    return DoubleDouble(sum: sum, lost + one.low + two.low)
  }

  static prefix func - (one: DoubleDouble) -> DoubleDouble {
    DoubleDouble(sum: -one.high, -one.low)
  }

  static func - (one: DoubleDouble, two: DoubleDouble) -> DoubleDouble { one + -two }

  static func * (one: DoubleDouble, two: DoubleDouble) -> DoubleDouble {
    let product = one.high * two.high
    let lost = (-product).addingProduct(one.high, two.high)
    return DoubleDouble(sum: product, lost + one.high * two.low + one.low * two.high)
  }

  static func / (one: DoubleDouble, two: DoubleDouble) -> DoubleDouble {
    let first = one.high / two.high
    let rest = one - two * DoubleDouble(first)
    let second = rest.high / two.high
    let left = rest - two * DoubleDouble(second)
    return DoubleDouble(sum: first, second) + DoubleDouble(left.high / two.high)
  }

  var squareRoot: DoubleDouble {
    guard high > 0 else { return DoubleDouble(0) }
    let root = high.squareRoot()
    let rest = self - DoubleDouble(root) * DoubleDouble(root)
    return DoubleDouble(sum: root, rest.high / (2 * root))
  }

  var value: Double { high + low }
}
