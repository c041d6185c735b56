import Glibc
public import Model

/// How slow things were for how many, day by day: lines that half, 95 % and 99 % stayed under.
public struct LatencyBand: Hashable, Sendable {
  public struct Period: Hashable, Sendable {
    public let window: Window
    /// What half, 95 % and 99 % stayed under, in seconds; `nil` where it is larger than can be told.
    public let half: Double?
    public let most: Double?
    public let nearlyAll: Double?

    public init(window: Window, half: Double?, most: Double?, nearlyAll: Double?) {
      self.window = window
      self.half = half
      self.most = most
      self.nearlyAll = nearlyAll
    }
  }

  public let domain: Window
  /// Those in which something happened, in order of time.
  public let periods: [Period]
  public let gaps: [Window]
  /// The objective's, in seconds, and its name: "400 ms".
  public let limit: Double
  public let limitLabel: String
  /// At the right end, beside the lines: "95 %" and "322 ms", the last of all, half of them.
  public let mostDetail: String?
  public let halfDetail: String?
  /// "Wed 14 Oct: 95 % under 880 ms".
  public let worstLabel: String?
  public let absence: Absence
  public let zone: ZoneOffsets

  public init(
    domain: Window, periods: [Period], gaps: [Window], limit: Double, limitLabel: String,
    mostDetail: String?, halfDetail: String?, worstLabel: String?, absence: Absence,
    zone: ZoneOffsets
  ) {
    self.domain = domain
    self.periods = periods
    self.gaps = gaps
    self.limit = limit
    self.limitLabel = limitLabel
    self.mostDetail = mostDetail
    self.halfDetail = halfDetail
    self.worstLabel = worstLabel
    self.absence = absence
    self.zone = zone
  }

  /// Whether heights are logarithms: on a linear scale a bad day would press all others to the ground.
  public var isLogarithmic: Bool { limit > 0 && highest > 8 * limit }

  private var known: [Double] {
    periods.flatMap { [$0.half, $0.most, $0.nearlyAll] }.compactMap(\.self).filter(\.isFinite)
  }

  private var highest: Double { known.reduce(max(limit, 0.001), max) }

  /// The values at the lower and the upper edge.
  fileprivate var range: ClosedRange<Double> {
    guard isLogarithmic else { return 0...max(limit * 1.25, highest * 1.05) }
    let lowest = known.filter { $0 > 0 }.reduce(limit, min)
    return max(lowest * 0.7, highest / 1e7)...highest * 1.2
  }

  /// The drawing, 680 × 200 or 342 × 200 pixels.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = LatencyDrawing(chart: self, size: size, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}

/// The layout of one ``LatencyBand``.
private struct LatencyDrawing {
  /// A part of a period that no gap covers, placed.
  private struct Piece {
    let period: LatencyBand.Period
    let window: Window
    let box: Box
  }

  let chart: LatencyBand
  let wide: Bool
  private let range: ClosedRange<Double>
  private let isLogarithmic: Bool
  private let gaps: [Window]
  /// Pieces that follow each other.
  private var runs: [[Piece]] = []
  private var frame: PlotFrame
  private var plot: Box { frame.plot }
  private var metrics: any TextMetrics { frame.board.metrics }

  init(chart: LatencyBand, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    range = chart.range
    isLogarithmic = chart.isLogarithmic
    gaps = WindowSet(chart.gaps).clipped(to: chart.domain).windows
    let (ticks, limit) = (Self.ticks(of: chart), Self.limit(of: chart, metrics))
    let left = metrics.width(of: ticks.map { .init($0.label, paint: .axis) } + [limit]) + 8
    frame = PlotFrame(
      canvas: Box(left: 0, top: 0, right: size.width, bottom: 200),
      plot: Box(
        left: left.rounded(.up), top: 12, right: size.width - (wide ? 100 : 58), bottom: 172),
      domain: chart.domain, zone: chart.zone, metrics: metrics)
    let measured = WindowSet(gaps).gaps(in: chart.domain)
    for period in chart.periods {
      for window in measured.clipped(to: period.window).windows {
        let box = Box(
          left: frame.scale.x(window.start), top: frame.plot.top, right: frame.scale.x(window.end),
          bottom: frame.plot.bottom)
        let piece = Piece(period: period, window: window, box: box)
        if runs.last?.last?.window.end == window.start {
          runs[runs.count - 1].append(piece)
        } else {
          runs.append([piece])
        }
      }
    }
  }

  mutating func scene(title: String, description: String) -> Scene {
    // The limit's name first: no tick is near it.
    let limit = y(chart.limit)
    frame.board.place(
      [Self.limit(of: chart, metrics)],
      at: [.init(x: plot.left - 6, y: limit, anchor: .end, centred: true)])
    var marks = frame.grid(
      Self.ticks(of: chart).map { PlotFrame.Level(y: y($0.value), label: $0.label) }
        .filter { abs($0.y - limit) >= 17 })
    let isMissing = runs.isEmpty && chart.absence.isMissing
    marks += frame.hatching(isMissing ? [chart.domain] : gaps)
    let alone = runs.count == 1 && runs[0].count == 1 ? runs[0][0] : nil
    if let alone { marks += dots(alone) } else { for run in runs { marks += bands(run) } }
    frame.avoid(frame.across(limit), cost: 1)
    marks.append(.lines([frame.across(limit)], Stroke(.ink, width: 1.3)))
    marks += frame.timeAxis()
    if runs.isEmpty {
      frame.nameAbsence(chart.absence.title, chart.absence.detail, in: plot)
    } else {
      nameEnds(areLines: alone == nil)
      if let alone { name(alone) } else { nameWorst() }
      frame.nameGaps(gaps)
    }
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: marks + frame.words())
  }

  // MARK: - Scale

  /// What cannot be told lies on the upper edge.
  private func y(_ seconds: Double?) -> Double {
    guard let seconds, seconds.isFinite else { return plot.top }
    func place(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
    let (low, high) = (place(range.lowerBound), place(range.upperBound))
    let share = (place(max(seconds, range.lowerBound)) - low) / (high - low)
    return plot.bottom - min(share, 1) * plot.height
  }

  private static func limit(of chart: LatencyBand, _ metrics: any TextMetrics) -> LabelBoard.Line {
    .init(
      metrics.shortened(chart.limitLabel, to: 80, size: 11, bold: true), bold: true, paint: .ink)
  }

  /// Values that readers know as lengths of time.
  private static func ticks(of chart: LatencyBand) -> [(value: Double, label: String)] {
    let range = chart.range
    if chart.isLogarithmic {
      let decades = log10(range.upperBound / range.lowerBound)
      // By importance; of four decades and more only the first remain.
      return known.prefix(decades < 2 ? 3 : decades < 4 ? 2 : 1).joined().filter(range.contains)
        .map { ($0, Wording.latency($0)) }
    }
    let top = range.upperBound
    let unit = top < 0.02 ? 0.001 : top < 120 ? 1 : top < 7200 ? 60 : top < 172_800 ? 3600 : 86_400
    let ticks = Ticks.over(0...top / unit, about: 6)
    // Parts of a millisecond are no length that words have.
    let numbers = AxisNumbers(ticks, unit: "ms")
    return ticks.values.filter { $0 * unit <= top }.map { value in
      let label = unit < 1 ? numbers.text(value) : Wording.latency(value * unit)
      return (value * unit, value == 0 ? "0" : label)
    }
  }

  private static let known: [[Double]] = [
    [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 36_000, 86_400, 864_000],
    [0.005, 0.05, 0.5, 5, 30, 300, 1800, 14_400], [0.002, 0.02, 0.2, 2, 20, 120],
  ]

  // MARK: - Data

  /// Lines and bands through the middles of a run's pieces, level at its ends.
  private mutating func bands(_ run: [Piece]) -> [Mark] {
    func line(_ value: (LatencyBand.Period) -> Double?) -> [Point] {
      let middles = run.map { Point($0.box.centre.x, y(value($0.period))) }
      return [Point(run[0].box.left, middles[0].y)] + middles
        + [Point(run[run.count - 1].box.right, middles[middles.count - 1].y)]
    }
    let (half, most, all) = (line(\.half), line(\.most), line(\.nearlyAll))
    frame.avoid(most, cost: PlotFrame.dataCost)
    frame.avoid(half, cost: PlotFrame.dataCost)
    var marks: [Mark] = [
      .polygon(most + all.reversed(), .s1c), .polygon(half + most.reversed(), .s1b),
      .lines([half], Stroke(.s1, width: 1.2)), .lines([most], Stroke(.s1, width: 2.2)),
    ]
    for piece in run where piece.period.most == nil { marks.append(beyond(at: piece.box.centre.x)) }
    return marks
  }

  /// An arrow at the upper edge.
  private mutating func beyond(at x: Double) -> Mark {
    let (tip, foot) = (plot.top - 8, plot.top - 1)
    frame.board.take(Box(left: x - 4, top: tip, right: x + 4, bottom: foot))
    return .polygon([Point(x, tip), Point(x + 4, foot), Point(x - 4, foot)], .bad)
  }

  /// The only one: a dot for 95 %, a small one for half.
  private mutating func dots(_ piece: Piece) -> [Mark] {
    let (x, most) = (piece.box.centre.x, y(piece.period.most))
    return [
      .circle(Point(x, y(piece.period.half)), radius: 2, .s1, edge: nil),
      .circle(Point(x, most), radius: 4, .s1, edge: nil),
    ] + (piece.period.most == nil ? [beyond(at: x)] : [])
  }

  // MARK: - Words

  /// Names the lines right of the plot, the first words of each at its end; of dots only the limit.
  private mutating func nameEnds(areLines: Bool) {
    guard let last = chart.periods.last else { return }
    let (x, room) = (plot.right + 8, frame.canvas.right - plot.right - 8)
    // Two lines of words and one below them end in the drawing.
    let (limit, most) = (y(chart.limit), min(y(last.most), plot.bottom - 20))
    func place(_ lines: [LabelBoard.Line], at height: Double, towards way: Double) {
      let lines = lines.map { line in
        LabelBoard.Line(
          metrics.shortened(line.text, to: room, size: line.size, bold: line.bold),
          size: line.size, bold: line.bold, paint: line.paint)
      }
      frame.board.place(
        lines,
        at: stride(from: 0, through: 48, by: 4).map {
          .init(x: x, y: height - 6.7 + way * $0, cost: Int($0))
        })
    }
    let name = LabelBoard.Line("limit", bold: true, paint: .ink)
    guard areLines else { return place([name], at: limit, towards: 1) }
    place(
      [.init("95\u{A0}%", bold: true, paint: .s1)]
        + (chart.mostDetail.map { [.init($0, size: 10.5, paint: .ink2)] } ?? []),
      at: most, towards: 1)
    place([name], at: limit, towards: limit <= most ? -1 : 1)
    let half = wide ? chart.halfDetail.map { "half, \($0)" } ?? "half" : "half"
    place([.init(half, size: 10.5, paint: .ink2)], at: y(last.half), towards: 1)
    let all = wide ? "99\u{A0}% of events" : "99\u{A0}%"
    place([.init(all, size: 10.5, paint: .ink2)], at: y(last.nearlyAll), towards: -1)
  }

  private mutating func nameWorst() {
    let worst = runs.joined().max { ($0.period.most ?? .infinity) < ($1.period.most ?? .infinity) }
    guard let worst, let label = chart.worstLabel else { return }
    name(Point(worst.box.centre.x, y(worst.period.most)), label, .badText)
  }

  /// Says beside the only dot what it is.
  private mutating func name(_ piece: Piece) {
    let value = chart.worstLabel ?? "95\u{A0}%: \(chart.mostDetail ?? "")"
    name(
      Point(piece.box.centre.x, y(piece.period.most)), value,
      chart.worstLabel == nil ? .s1 : .badText)
  }

  private mutating func name(_ at: Point, _ text: String, _ paint: Paint) {
    let lines = metrics.wrapped(
      text, to: plot.width * 0.7, size: 11, bold: true, lines: wide ? 1 : 2)
    let beside = [0.0, 12, -12, 24].flatMap { away -> [LabelBoard.Place] in
      let cost = Int(abs(away)) / 12
      return [
        .init(x: at.x + 10, y: at.y + away, centred: true, cost: cost),
        .init(x: at.x - 10, y: at.y + away, anchor: .end, centred: true, cost: cost),
      ]
    }
    frame.board.place(
      lines.map { .init($0, bold: true, paint: paint) },
      at: beside + [
        .init(x: at.x, y: at.y + 9, anchor: .middle, cost: 3),
        .init(x: plot.centre.x, y: plot.top + 2, anchor: .middle, cost: 4),
      ])
  }
}
