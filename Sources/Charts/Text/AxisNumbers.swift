import Model

/// How the numbers of one axis are written: with as many decimals as they need, large ones in thousands or millions.
struct AxisNumbers {
  /// Follows each number: "ms", "%", "/min"; may be empty.
  let unit: String
  private let power: Int
  private let decimals: Int

  init(_ ticks: Ticks, unit: String) {
    self.unit = unit
    let largest = ticks.values.reduce(0) { max($0, abs($1)) }
    let power = largest >= 1e10 ? 9 : largest >= 1e7 ? 6 : largest >= 1e4 ? 3 : 0
    let scaled = ticks.values.map { Self.divided($0, power) }
    self.power = power
    decimals = power == 0 ? ticks.decimals : (0...6).first { Self.suffices($0, scaled) } ?? 6
  }

  /// "1 250 ms", "2.5 k/min", "−0.5 %".
  func text(_ value: Double) -> String { text(value, decimals: value == 0 ? 0 : decimals) }

  /// A single reading, with one decimal more than the axis has.
  func exact(_ value: Double) -> String {
    let needed = (0...decimals + 1).first { Self.suffices($0, [Self.divided(value, power)]) }
    return text(value, decimals: needed ?? decimals + 1)
  }

  private func text(_ value: Double, decimals: Int) -> String {
    let name = [0: "", 3: "k", 6: "M", 9: "G"][power, default: ""]
    let tail = name + (unit.hasPrefix("/") || unit.isEmpty || name.isEmpty ? "" : "\u{A0}") + unit
    let gap = tail.isEmpty || tail.hasPrefix("/") ? "" : "\u{A0}"
    return Wording.decimal(Self.divided(value, power), decimals) + gap + tail
  }

  private static func divided(_ value: Double, _ power: Int) -> Double {
    (0..<power).reduce(value) { value, _ in value / 10 }
  }

  private static func suffices(_ decimals: Int, _ values: [Double]) -> Bool {
    let factor = Ticks.tens(decimals)
    return values.allSatisfy {
      abs($0 * factor - ($0 * factor).rounded()) <= 1e-6 * max(1, abs($0 * factor))
    }
  }
}
