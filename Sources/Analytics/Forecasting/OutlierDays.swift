/// Days whose value lies far from the three before and the three after it, as one bad reading does.
enum OutlierDays {
  /// The places of outliers among values in the order of their days.
  ///
  /// - Formula: dev = value - median(3 before and 3 after). An outlier has |dev| above 8 times 1.4826 · median |dev|, while the
  ///   medians before and after it differ by less than half of |dev|.
  /// - Edge cases: none with fewer than 20 values, and none where more than `limit` are found: then they are the nature of the
  ///   series. The first and the last two values never are one.
  static func places(in values: [Double], limit: Int) -> [Int] {
    guard values.count >= 20 else { return [] }
    var deviations = [Double](repeating: 0, count: values.count - 4)
    for place in 2..<values.count - 2 {
      let (before, after) = (triple(values, endingBefore: place), triple(values, after: place))
      deviations[place - 2] = values[place] - median(before, after)
    }
    var sizes = deviations.map(abs)
    let bound = 8 * 1.4826 * Median.of(&sizes)
    var found: [Int] = []
    for (index, deviation) in deviations.enumerated() where abs(deviation) > bound {
      let place = index + 2
      let (before, after) = (triple(values, endingBefore: place), triple(values, after: place))
      guard abs(before.middle - after.middle) < abs(deviation) / 2 else { continue }
      found.append(place)
      if found.count > limit { return [] }
    }
    return found
  }

  /// Two or three values in order; of two, the third is infinite.
  private struct Triple {
    let low: Double
    let mid: Double
    let high: Double

    init(_ one: Double, _ two: Double, _ three: Double) {
      let (small, large) = (min(one, two), max(one, two))
      (low, high) = (min(small, three), max(large, three))
      mid = max(small, min(large, three))
    }

    var middle: Double { high == .infinity ? (low + mid) / 2 : mid }
  }

  private static func triple(_ values: [Double], endingBefore place: Int) -> Triple {
    Triple(values[place - 1], values[place - 2], place > 2 ? values[place - 3] : .infinity)
  }

  private static func triple(_ values: [Double], after place: Int) -> Triple {
    Triple(
      values[place + 1], values[place + 2],
      place + 3 < values.count ? values[place + 3] : .infinity)
  }

  /// The median of five or six values: the third and the fourth of two sorted triples.
  private static func median(_ one: Triple, _ two: Triple) -> Double {
    let third = min(
      min(two.high, one.high), min(max(one.low, two.mid), max(one.mid, two.low)))
    if one.high == .infinity || two.high == .infinity { return third }
    let fourth = min(
      max(one.low, two.high), min(max(one.mid, two.mid), max(one.high, two.low)))
    return (third + fourth) / 2
  }
}
