import Analytics

/// The line through each series and where it leads: w6 from a table, w6q from a database.
struct LineJob {
  private let horizon: Double
  private let level: Double
  private let thresholds: [Int64]

  init?(_ parameters: String) {
    let fields = FlatObject(parameters)
    guard let horizon = fields.decimal("horizon_days"), let level = fields.decimal("level"),
      let thresholds = fields.numbers("thresholds")
    else { return nil }
    (self.horizon, self.level, self.thresholds) = (horizon, level, thresholds)
  }

  func answer(table path: String) throws -> String {
    var (series, quantiles): ([String], [Int: Double]) = ([], [:])
    try SeriesPoints.forEach(of: path) { series.append(json($0, $1, &quantiles)) }
    return "{\"series\":{\(series.joined(separator: ","))}}"
  }

  func answer(database path: String) async throws -> String {
    let names = try PointsFile(path: path).names()
    let series = try await inHalves(names.count) { places in
      let file = try PointsFile(path: path)
      var quantiles: [Int: Double] = [:]
      return try places.map { place in
        try file.read(names[place].id) { json(names[place].name, $0, &quantiles) }
      }
    }
    return "{\"series\":{\(series.joined(separator: ","))}}"
  }

  /// The answer for a series; `quantiles` has those of Student's distribution by the count of points.
  private func json(
    _ name: [UInt8], _ points: SeriesPoints, _ quantiles: inout [Int: Double]
  ) -> String {
    guard let last = points.days.last,
      let line = LineTrend(x: points.days, y: points.values)
    else { return "\(JobAnswer.quoted(name)):{\"n\":\(points.days.count)}" }
    let end = last + horizon
    let t =
      quantiles[line.count] ?? StudentT(degrees: Double(line.count - 2)).quantile((1 + level) / 2)
    quantiles[line.count] = t
    let (forecast, reach) = (line.value(at: end), line.reach(at: end, t: t))
    var text =
      "\(JobAnswer.quoted(name)):{\"n\":\(line.count),\"slope\":\(line.slope),"
      + "\"intercept\":\(line.intercept),\"forecast\":\(forecast),\"lo\":\(forecast - reach),"
      + "\"hi\":\(forecast + reach)"
    for threshold in thresholds {
      let days = days(until: Double(threshold), line, after: last).map { "\($0)" } ?? "null"
      text += ",\"day\(threshold)\":\(days)"
    }
    return text + "}"
  }

  /// Days after the last point at which the line reaches a threshold.
  private func days(until threshold: Double, _ line: LineTrend, after last: Double) -> Double? {
    if line.value(at: last) >= threshold { return 0 }
    return line.slope > 0 ? (threshold - line.intercept) / line.slope - last : nil
  }
}
