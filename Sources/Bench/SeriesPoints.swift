import Ingest

/// The points of one series: days since the first of them, and values.
struct SeriesPoints: Sendable {
  private static let day = 86_400e9

  private(set) var days: [Double] = []
  private(set) var values: [Double] = []
  private var first: Int64 = 0

  /// Adds later points; times are in nanoseconds since the epoch.
  mutating func append(_ values: Span<Double>, at times: Span<Int64>) {
    guard !times.isEmpty else { return }
    if days.isEmpty { first = times[0] }
    let first = first
    days.reserveCapacity(days.count + times.count)
    for index in 0..<times.count { days.append(Double(times[index] &- first) / SeriesPoints.day) }
    values.withUnsafeBufferPointer { self.values.append(contentsOf: $0) }
  }

  mutating func append(_ value: Double, seconds: Int64) {
    if days.isEmpty { first = seconds }
    days.append(Double(seconds - first) / 86_400)
    values.append(value)
  }

  mutating func removeAll() {
    days.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Gives the series of a table whose rows are side by side, in the order of the file.
  static func forEach(
    of path: String, _ body: (_ name: [UInt8], SeriesPoints) throws -> Void
  ) throws {
    var (name, points): ([UInt8], SeriesPoints) = ([], SeriesPoints())
    try TableReadings(path: path).forEachPart { series, times, values in
      if series != name {
        if !points.days.isEmpty { try body(name, points) }
        name = series
        points.removeAll()
      }
      points.append(values, at: times)
    }
    if !points.days.isEmpty { try body(name, points) }
  }
}
