import Analytics

/// The slope that half of all pairs of points of a series exceed: w6t.
struct SlopeJob {
  func answer(table path: String) async throws -> String {
    var all: [(name: [UInt8], points: SeriesPoints)] = []
    try SeriesPoints.forEach(of: path) { all.append(($0, $1)) }
    let series = try await inHalves(all.count) { [all] places in
      places.map { place in
        let (days, values) = (all[place].points.days, all[place].points.values)
        let slope = PairwiseSlopes(x: days, y: values).median ?? .nan
        let middle = (x: Median.of(days) ?? .nan, y: Median.of(values) ?? .nan)
        return "\(JobAnswer.quoted(all[place].name)):{\"slope\":\(slope),"
          + "\"intercept\":\(middle.y - slope * middle.x)}"
      }
    }
    return "{\"series\":{\(series.joined(separator: ","))}}"
  }
}
