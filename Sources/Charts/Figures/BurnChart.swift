import Glibc
public import Model

/// How many times faster than evenly a budget was spent, over several look-backs: a strip each, one below the other.
public struct BurnChart: Hashable, Sendable {
  public struct Strip: Hashable, Sendable {
    /// "Last 1 hour", and below it "pages at 14.4×".
    public let title: String
    public let detail: String
    /// Of steps of one length; `nil` where nothing was counted.
    public let low: [Double?]
    public let high: [Double?]
    public let threshold: Double
    /// At the right end: "peak 331×".
    public let peak: String

    public init(
      title: String, detail: String, low: [Double?], high: [Double?], threshold: Double,
      peak: String
    ) {
      self.title = title
      self.detail = detail
      self.low = low
      self.high = high
      self.threshold = threshold
      self.peak = peak
    }
  }

  public let domain: Window
  public let strips: [Strip]
  public let zone: ZoneOffsets

  public init(domain: Window, strips: [Strip], zone: ZoneOffsets) {
    self.domain = domain
    self.strips = strips
    self.zone = zone
  }

  /// The drawing, 34 pixels high and 66 more a strip.
  ///
  /// Of the steps in a column of pixels, the lowest and the highest rate are drawn.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = BurnDrawing(chart: self, size: size, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}

/// The layout of one ``BurnChart``.
private struct BurnDrawing {
  private static let pitch = 66.0
  /// Rates up to this lie on the lower edge.
  private static let least = 0.1

  let chart: BurnChart
  let wide: Bool
  let metrics: any TextMetrics
  /// The rate at a strip's upper edge.
  private let most: Double
  /// The powers of ten with a number: every second one, or every fourth of many.
  private let powers: [Int]
  /// Where names and peaks may stand beside the strips of a wide drawing.
  private let names: Double
  private let peaks: Double
  private var frame: PlotFrame

  init(chart: BurnChart, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    self.metrics = metrics
    wide = size == .wide
    let rates = chart.strips.flatMap { $0.high.compactMap(\.self) + [2 * $0.threshold] }
    most = min(rates.filter(\.isFinite).reduce(300, max), 1e12)
    var (names, peaks) = (0.0, 0.0)
    for strip in chart.strips {
      names = max(
        names, metrics.width(of: strip.title, size: 11, bold: true),
        metrics.width(of: strip.detail, size: 10.5, bold: false))
      peaks = max(peaks, metrics.width(of: strip.peak, size: 11, bold: true))
    }
    (self.names, self.peaks) = (min(names.rounded(.up), 150), min(peaks.rounded(.up), 100))
    let decades = log10(most / Self.least)
    powers = Array(stride(from: 0, through: Int(log10(most)), by: decades > 6 ? 4 : 2))
    let numbers = powers.reduce(0) {
      max($0, metrics.width(of: Self.number($1), size: 10, bold: false).rounded(.up) + 6)
    }
    let bottom = Self.pitch * Double(max(1, chart.strips.count)) + 6
    frame = PlotFrame(
      canvas: Box(left: 0, top: 0, right: size.width, bottom: bottom + 28),
      plot: Box(
        left: wide ? self.names + 12 + numbers : numbers + 4, top: 0,
        right: size.width - (wide ? self.peaks + 8 : 8), bottom: bottom), domain: chart.domain,
      zone: chart.zone, metrics: metrics)
  }

  mutating func scene(title: String, description: String) -> Scene {
    var marks: [Mark] = []
    for (index, strip) in chart.strips.enumerated() {
      let top = Self.pitch * Double(index)
      let plot = Box(
        left: frame.plot.left, top: top + (wide ? 11 : 22), right: frame.plot.right,
        bottom: top + 62)
      marks += grid(in: plot) + rates(of: strip, in: plot)
      marks += wide ? wordsBeside(strip, plot) : wordsAbove(strip, plot)
    }
    marks += frame.timeAxis()
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description,
      marks: marks + frame.board.placed.flatMap { $0.labels.map { .text($0) } })
  }

  private func y(_ rate: Double, in plot: Box) -> Double {
    let share = log10(max(rate, Self.least) / Self.least) / log10(most / Self.least)
    return plot.bottom - min(share, 1) * plot.height
  }

  /// A line at each power of ten.
  private func grid(in plot: Box) -> [Mark] {
    func height(_ power: Int) -> Double { y(pow(10, Double(power)), in: plot) }
    let lines = (-1...Int(log10(most))).map { frame.across(height($0)) }
    let labels = powers.map {
      Label(
        Self.number($0), at: Point(plot.left - 5, height($0) + 3.7), size: 10, anchor: .end,
        paint: .axis)
    }
    return [.lines(lines, Stroke(.grid)), .texts(labels)]
  }

  /// "1×", "100×", "10 k×", "1 M×", of an even power.
  private static func number(_ power: Int) -> String {
    "1" + String(repeating: "0", count: power % 3)
      + ["", "\u{A0}k", "\u{A0}M", "\u{A0}G", "\u{A0}T"][power / 3] + "×"
  }

  // MARK: - Rates

  private typealias Column = (low: Double, high: Double)

  /// The area above the threshold, the line, and the threshold.
  private func rates(of strip: BurnChart.Strip, in plot: Box) -> [Mark] {
    let columns = Self.columns(of: strip, count: Int(plot.width))
    let limit = y(strip.threshold, in: plot)
    let areas = Self.runs(columns) { ($0?.high ?? 0) > strip.threshold }.map { run -> Mark in
      let tops = run.map { y(columns[$0]?.high ?? 0, in: plot) }
      let points = zip(run, tops).map { Point(plot.left + Double($0) + 0.5, $1) }
      let (left, right) = (
        plot.left + Double(run.lowerBound), plot.left + Double(run.upperBound)
      )
      return .polygon(
        [Point(left, limit), Point(left, tops[0])] + points
          + [Point(right, tops[tops.count - 1]), Point(right, limit)], .bad)
    }
    let lines = Self.runs(columns) { $0 != nil }.map { run in
      Columns(
        left: plot.left + Double(run.lowerBound), step: 1,
        spans: spans(columns[run].compactMap(\.self), in: plot))
    }
    // A step alone between gaps would hardly be seen.
    let dots = lines.filter { $0.spans.count <= 2 }.map { run in
      Mark.circle(
        Point(run.left + Double(run.spans.count) / 2, run.spans[0].to), radius: 1.8, .s1, edge: nil)
    }
    return areas + dots + [
      .columns(lines, Stroke(.s1, width: 1.2)),
      .lines([frame.across(limit)], Stroke(.ink, dash: .dashed)),
    ]
  }

  /// The lowest and the highest rate of each column; `nil` where nothing was counted in all of it.
  private static func columns(of strip: BurnChart.Strip, count: Int) -> [Column?] {
    let steps = min(strip.low.count, strip.high.count)
    guard steps > 0 else { return [] }
    return (0..<count).map { column in
      let first = column * steps / count
      return (first..<max(first + 1, (column + 1) * steps / count)).reduce(nil) { found, step in
        guard let low = strip.low[step], let high = strip.high[step], low.isFinite, high.isFinite
        else { return found }
        return (min(found?.low ?? low, low), max(found?.high ?? high, high))
      }
    }
  }

  /// Neighbours that are alike.
  private static func runs(_ columns: [Column?], where isMember: (Column?) -> Bool)
    -> [Range<Int>]
  {
    columns.indices.reduce(into: []) { runs, index in
      guard isMember(columns[index]) else { return }
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
  }

  /// Of each column the extreme that is nearer to the line before it comes first.
  private func spans(_ columns: [Column], in plot: Box) -> [Columns.Span] {
    columns.reduce(into: []) { spans, column in
      let (low, high) = (y(column.low, in: plot), y(column.high, in: plot))
      let before = spans.last?.to ?? low
      spans.append(
        abs(before - low) <= abs(before - high)
          ? .init(from: low, to: high) : .init(from: high, to: low))
    }
  }

  // MARK: - Words

  private func peak(_ strip: BurnChart.Strip, room: Double, at place: Point, _ anchor: Label.Anchor)
    -> Label
  {
    let isAbove = strip.high.contains { ($0 ?? 0) > strip.threshold }
    return Label(
      metrics.shortened(strip.peak, to: room, size: 11, bold: true), at: place, bold: true,
      anchor: anchor, paint: isAbove ? .badText : .ink2)
  }

  private func wordsBeside(_ strip: BurnChart.Strip, _ plot: Box) -> [Mark] {
    [
      .text(
        Label(
          metrics.shortened(strip.title, to: names, size: 11, bold: true),
          at: Point(0, plot.top + 19), bold: true, paint: .ink)),
      .text(
        Label(
          metrics.shortened(strip.detail, to: names, size: 10.5, bold: false),
          at: Point(0, plot.top + 34), size: 10.5, paint: .ink2)),
      .text(peak(strip, room: peaks, at: Point(plot.right + 8, plot.top + 12), .start)),
    ]
  }

  /// The peak at the right end, then the title, and the detail where it finds room.
  private func wordsAbove(_ strip: BurnChart.Strip, _ plot: Box) -> [Mark] {
    let baseline = plot.top - 6
    let peak = peak(strip, room: 130, at: Point(plot.right, baseline), .end)
    let end = plot.right - metrics.width(of: peak.text, size: 11, bold: true) - 8
    let title = metrics.shortened(
      strip.title, to: end - plot.left, size: 11, bold: true)
    let start = plot.left + metrics.width(of: title, size: 11, bold: true) + 8
    var words = [
      peak, Label(title, at: Point(plot.left, baseline), bold: true, paint: .ink),
    ]
    if end - start >= 40 {
      words.append(
        Label(
          metrics.shortened(strip.detail, to: end - start, size: 10.5, bold: false),
          at: Point(start, baseline), size: 10.5, paint: .ink2))
    }
    return words.map { .text($0) }
  }
}
