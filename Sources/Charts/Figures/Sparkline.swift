/// The shape of a few values, for a table row.
///
/// All rows of a column are given the same scale, so that they compare.
public struct Sparkline: Hashable, Sendable {
  /// Oldest first; `nil` breaks the line.
  public let values: [Double?]
  /// The values at the base line and at the upper edge; what lies beyond is drawn on the edge.
  public let scale: ClosedRange<Double>
  /// The paint of the last dot.
  public let paint: Paint

  public init(values: [Double?], scale: ClosedRange<Double>, paint: Paint) {
    self.values = values
    self.scale = scale
    self.paint = paint
  }

  /// The drawing, 92 × 22 pixels; without a value only its base line.
  public func scene(title: String, description: String = "") -> Scene {
    let plot = Box(left: 3, top: 4, right: 88, bottom: 18)
    func place(_ index: Int, _ value: Double) -> Point {
      let step = values.count > 1 ? plot.width / Double(values.count - 1) : 0
      let span = scale.upperBound - scale.lowerBound
      let share = span > 0 ? min(max((value - scale.lowerBound) / span, 0), 1) : 0.5
      return Point(
        values.count > 1 ? plot.left + Double(index) * step : plot.right,
        plot.bottom - share * plot.height)
    }
    var runs: [[Point]] = [[]]
    for (index, value) in values.enumerated() {
      if let value, value.isFinite {
        runs[runs.count - 1].append(place(index, value))
      } else {
        runs.append([])
      }
    }
    var marks: [Mark] = [
      .lines([[Point(0, plot.bottom), Point(92, plot.bottom)]], Stroke(.rule)),
      .lines(runs.filter { $0.count > 1 }, Stroke(.prev, width: 1.5)),
    ]
    // One alone is a dot of the line's own width; the last value has a dot anyway.
    let alone = runs.dropLast().filter { $0.count == 1 }.compactMap(\.first)
    marks += alone.map { .circle($0, radius: 1.5, .prev, edge: nil) }
    if let last = runs.last?.last { marks.append(.circle(last, radius: 3, paint, edge: nil)) }
    return Scene(width: 92, height: 22, title: title, description: description, marks: marks)
  }
}
