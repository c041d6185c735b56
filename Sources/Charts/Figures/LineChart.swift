public import Model

/// Readings over time as a line, from a few of them to millions.
public struct LineChart: Sendable {
  /// The time axis.
  public let domain: Window
  /// Seconds since 1970, ascending.
  public let times: [Int64]
  /// One for each time; a value that is not finite breaks the line.
  public let values: [Double]
  /// Where nothing was measured: hatched, the line broken.
  public let gaps: [Window]
  /// Follows each number at the axis: "ms", "/min".
  public let unit: String
  /// Counts are read against zero; other values may fill the plot.
  public let startsAtZero: Bool
  /// What the plot says when there is nothing to draw.
  public let absence: Absence
  /// The zone of the calendar days on the axis.
  public let zone: ZoneOffsets

  public init(
    domain: Window, times: [Int64], values: [Double], gaps: [Window] = [], unit: String,
    startsAtZero: Bool = false, absence: Absence, zone: ZoneOffsets
  ) {
    self.domain = domain
    self.times = times
    self.values = values
    self.gaps = gaps
    self.unit = unit
    self.startsAtZero = startsAtZero
    self.absence = absence
    self.zone = zone
  }

  /// The drawing, 680 × 200 or 342 × 200 pixels.
  ///
  /// Of the readings of a column of pixels, the lowest and the highest are drawn. The axis starts at zero unless all
  /// readings are far from it.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    scene(
      width: size.width, height: 200, pixelsPerUnit: 2, metrics: metrics, title: title,
      description: description)
  }

  /// The drawing in other measures, at least 160 × 100 pixels, for a screen with so many of its own in each.
  public func scene(
    width: Double, height: Double, pixelsPerUnit: Int,
    metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let canvas = Box(left: 0, top: 0, right: max(width, 160), bottom: max(height, 100))
    var drawing = LineDrawing(
      chart: self, canvas: canvas, step: 1 / Double(max(1, pixelsPerUnit)), metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}

/// The layout of one ``LineChart``.
private struct LineDrawing {
  let chart: LineChart
  let thinning: Thinning
  let ticks: Ticks
  let numbers: AxisNumbers
  /// The values at the plot's lower and upper edge.
  let low: Double
  let high: Double
  let gaps: [Window]
  /// The width of the columns that dense lines are drawn in.
  let step: Double
  var frame: PlotFrame

  init(chart: LineChart, canvas: Box, step: Double, metrics: any TextMetrics) {
    self.chart = chart
    self.step = step
    gaps = WindowSet(chart.gaps).clipped(to: chart.domain).windows
    thinning = Thinning(
      times: chart.times, values: chart.values, domain: chart.domain, gaps: gaps)
    let (top, bottom) = (canvas.top + 12, canvas.bottom - 30)
    let extent = thinning.extent.map {
      chart.startsAtZero ? min(0, $0.lowerBound)...max(0, $0.upperBound) : $0
    }
    let range = Self.range(of: extent)
    ticks = Ticks.over(range, about: Int((bottom - top) / 45) + 1)
    low = ticks.values.reduce(range.lowerBound, min)
    high = ticks.values.reduce(range.upperBound, max)
    let numbers = AxisNumbers(ticks, unit: chart.unit)
    self.numbers = numbers
    let widest = ticks.values.reduce(0) {
      max($0, metrics.width(of: numbers.text($1), size: 11, bold: false))
    }
    // Whole pixels, for the columns.
    let plot = Box(
      left: (widest + 8).rounded(.up), top: top, right: canvas.right - 12, bottom: bottom)
    frame = PlotFrame(
      canvas: canvas, plot: plot, domain: chart.domain, zone: chart.zone, metrics: metrics)
  }

  /// From zero, unless the values would then keep to half of the plot; never empty.
  private static func range(of extent: ClosedRange<Double>?) -> ClosedRange<Double> {
    guard let extent else { return 0...1 }
    let (low, high) = (extent.lowerBound, extent.upperBound)
    if low >= 0, high - low >= 0.5 * high || high == low { return 0...(high > 0 ? high : 1) }
    if high <= 0, high - low >= -0.5 * low || high == low { return low...0 }
    return extent
  }

  mutating func scene(title: String, description: String) -> Scene {
    let grid = frame.grid(
      ticks.values.map { PlotFrame.Level(y: y($0), label: numbers.text($0)) })
    var marks: [Mark] = []
    if thinning.extent == nil {
      if chart.absence.isMissing { marks += frame.hatching([chart.domain]) }
      frame.nameAbsence(chart.absence.title, chart.absence.detail, in: frame.plot)
    } else {
      marks += frame.hatching(gaps)
      marks += data()
      frame.nameGaps(gaps)
    }
    let axis = frame.timeAxis()
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: grid + marks + axis + frame.words())
  }

  private func y(_ value: Double) -> Double {
    let share = high > low ? (value - low) / (high - low) : 0.5
    return frame.plot.bottom - share * frame.plot.height
  }

  private func point(_ index: Int) -> Point {
    Point(frame.scale.x(Instant(seconds: chart.times[index])), y(chart.values[index]))
  }

  private mutating func data() -> [Mark] {
    if thinning.count == 1, let index = thinning.stretches.first?.lowerBound {
      return [alone(index)]
    }
    if thinning.count > 2 * Int(frame.plot.width) { return [columns()] }
    let lines = thinning.stretches.map { $0.map(point) }
    for points in lines { frame.avoid(points, cost: PlotFrame.dataCost) }
    let dots = lines.filter { $0.count == 1 }.joined()
    return [.lines(lines, Stroke(.s1, width: 1.6))]
      + dots.map { .circle($0, radius: 1.2, .s1, edge: nil) }
  }

  private mutating func columns() -> Mark {
    let stroke = Stroke(.s1, width: 1.2)
    let runs = thinning.columns(on: frame.scale, step: step).map { run in
      Columns(
        left: run.left, step: step, spans: run.spans.map { .init(from: y($0.from), to: y($0.to)) })
    }
    if !gaps.isEmpty {
      let boxes = runs.flatMap { $0.boxes(width: stroke.width) }
      frame.board.avoid(boxes, cost: PlotFrame.dataCost)
    }
    return .columns(runs, stroke)
  }

  /// A single reading as a dot with its value.
  private mutating func alone(_ index: Int) -> Mark {
    let dot = point(index)
    let value = numbers.exact(chart.values[index])
    frame.board.place(
      [
        LabelBoard.Line(value, size: 13, bold: true, paint: .s1),
        LabelBoard.Line("one reading", paint: .ink2),
      ],
      at: [
        .init(x: dot.x + 10, y: dot.y, centred: true),
        .init(x: dot.x - 10, y: dot.y, anchor: .end, centred: true),
        .init(x: dot.x + 10, y: dot.y + 4), .init(x: dot.x - 10, y: dot.y + 4, anchor: .end),
      ])
    return .circle(dot, radius: 4, .s1, edge: nil)
  }
}
