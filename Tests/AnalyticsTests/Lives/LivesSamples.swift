import Analytics
import Model

/// A counter that is read minute by minute; `nil` is a missed reading.
func counter(_ labels: [String: String], _ values: [Double?]) -> Series {
  samples(values, "x_total", labels.map { Label($0.key, $0.value) })
}

/// Of 99 % with the code ok.
func measuredByCode(_ series: [Series]) throws -> Measurement {
  let indicator = Indicator.ratio(
    good: selector("x_total", [.init(label: "code", condition: .equal("ok"))]),
    total: selector("x_total"))
  return Measurement(
    objective(try percent(99), indicator), series: series, span: span(0, 86_400),
    spans: WindowSet())
}

func counts(_ measurement: Measurement) -> EventCounts {
  measurement.tally.counts(in: span(0, 86_400))
}

/// `count` values, rising by `step` from `first`, after `missing` missed ones.
func rising(
  _ count: Int, by step: Double, from first: Double = 0, missing: Int = 0
) -> [Double?] {
  Array(repeating: nil, count: missing) + (0..<count).map { first + Double($0) * step }
}

extension [Double?] {
  /// These values after so many missed readings, the last one repeated up to a number of readings.
  func withMissing(_ missing: Int, until count: Int) -> [Double?] {
    let values = Array(repeating: nil, count: missing) + self
    return values + Array(repeating: values.last ?? nil, count: Swift.max(0, count - values.count))
  }
}
