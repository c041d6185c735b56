import Model

/// The layout of one ``LevelChart``.
struct LevelDrawing {
  private enum Axis {
    /// From 100 % down to what is missing at the lower edge.
    case linear(most: Double)
    case nines(NinesScale)
  }

  /// A day with a value, placed.
  private struct Dot {
    let period: LevelChart.Period
    let short: Double
    let middle: Instant
    let at: Point
  }

  private let chart: LevelChart
  private let wide: Bool
  private let axis: Axis
  /// Where exactly 100 % lies: above a scale of nines, which never gets there.
  private let lane: Double
  private let gaps: [Window]
  private var dots: [Dot] = []
  private var frame: PlotFrame
  private var plot: Box { frame.plot }

  init(chart: LevelChart, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    gaps = WindowSet(chart.gaps).clipped(to: chart.domain).windows

    let canvas = Box(left: 0, top: 0, right: size.width, bottom: 220)
    // "99.995 %" is the longest label of an axis.
    let widest = LabelBoard.Line(Wording.percent(99.995, decimals: 3), paint: .axis)
    let limit = Self.limit(chart, metrics)
    let left = metrics.width(of: [widest, limit]) + 8
    let margin = Self.typical(chart, metrics) + [Self.limitName(chart, metrics)]
    let needed = metrics.width(of: margin)
    let right = wide && needed > 0 ? needed + 14 : 10
    let plot = Box(
      left: left, top: 12, right: canvas.right - right, bottom: canvas.bottom - 30)
    frame = PlotFrame(
      canvas: canvas, plot: plot, domain: chart.domain, zone: chart.zone, metrics: metrics)

    let measured = chart.periods.compactMap { period -> (LevelChart.Period, Double, Window)? in
      guard let short = period.short, short.isFinite,
        let window = period.window.clipped(to: chart.domain)
      else { return nil }
      return (period, min(max(short, 0), 1), window)
    }
    let shorts = measured.map(\.1)
    let worst = shorts.max() ?? 0
    let floor = min(1, 4 * chart.allowance)
    // On both scales room is left below the worst day for its name.
    if chart.stretchesNines {
      let positive = (shorts + [chart.allowance]).filter { $0 > 0 }
      let hasLane = shorts.contains(0) || chart.allowance <= 0
      axis = .nines(
        NinesScale(
          least: max(1e-6, 0.75 * (positive.min() ?? 1)), most: max(floor, worst),
          top: plot.top + (hasLane ? 24 : 0), bottom: plot.bottom - 24))
      lane = plot.top + (hasLane ? 4 : 0)
    } else {
      let most = max(floor, 1.16 * worst)
      axis = .linear(most: most > 0 ? most : 0.01)
      lane = plot.top
    }
    dots = measured.map { period, short, window in
      let middle = window.start + .nanoseconds(window.length.nanoseconds / 2)
      return Dot(
        period: period, short: short, middle: middle,
        at: Point(frame.scale.x(middle), y(short)))
    }
  }

  private func y(_ short: Double) -> Double {
    guard short > 0 else { return lane }
    switch axis {
    case .linear(let most): return plot.top + min(short / most, 1) * plot.height
    case .nines(let scale): return scale.y(short)
    }
  }

  mutating func scene(title: String, description: String) -> Scene {
    let below = dots.filter(\.period.isBelow)
    frame.grounds = WindowSet(below.map(\.period.window)).windows.map {
      (frame.box(of: $0), .badTint)
    }
    let limit = y(chart.allowance)
    var background = frame.painted()
    frame.board.place(
      [Self.limit(chart, frame.board.metrics)],
      at: [.init(x: plot.left - 6, y: limit, anchor: .end, centred: true)])
    background += frame.grid(levels(besides: limit))
    background += frame.timeAxis()
    let hatched = dots.isEmpty && chart.absence.isMissing ? [chart.domain] : gaps
    background += frame.hatching(hatched)

    frame.avoid(frame.across(limit), cost: 3)
    let data = lines()
    let marks = self.marks()
    if wide { nameBeside(limit) }
    if dots.isEmpty {
      frame.nameAbsence(chart.absence.title, chart.absence.detail, in: plot)
    } else {
      nameDays()
      frame.nameGaps(gaps)
    }
    if !wide { nameInside(limit) }
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description,
      marks: background + data + [.lines([frame.across(limit)], Stroke(.ink, width: 1.4))] + marks
        + frame.words())
  }

  // MARK: - Axis

  /// The levels that are named at the axis, at least 14 px from the limit.
  private func levels(besides limit: Double) -> [PlotFrame.Level] {
    switch axis {
    case .linear(let most):
      let range = 100 * max(0, 1 - most)...100
      let ticks = Ticks.over(range, about: 5)
      return ticks.values.filter { range.contains($0) }.map { value in
        .init(
          y: y(1 - value / 100), label: Wording.percent(value, decimals: ticks.decimals))
      }.filter { abs($0.y - limit) >= 14 }
    case .nines(let scale):
      let above: [PlotFrame.Level] =
        lane < scale.top && abs(lane - limit) >= 14
        ? [.init(y: lane, label: Wording.percent(100))] : []
      return above
        + scale.ticks(besides: chart.allowance).map { .init(y: y($0.short), label: $0.label) }
    }
  }

  // MARK: - Data

  /// The line through days that follow each other with nothing missing between their middles.
  private mutating func lines() -> [Mark] {
    var runs: [[Point]] = []
    var last: Dot?
    for dot in dots {
      if let last, last.period.window.end >= dot.period.window.start,
        !gaps.contains(where: { $0.start < dot.middle && last.middle < $0.end })
      {
        runs[runs.count - 1].append(dot.at)
      } else {
        runs.append([dot.at])
      }
      last = dot
    }
    runs.removeAll { $0.count < 2 }
    frame.board.avoid(
      runs.flatMap { PlotFrame.boxes(along: $0, grown: 2) }, cost: PlotFrame.dataCost)
    return runs.isEmpty ? [] : [.lines(runs, Stroke(.s1, width: 1.6))]
  }

  /// A dot for each good day, a cross for each below the limit.
  private mutating func marks() -> [Mark] {
    for dot in dots {
      let radius = dot.period.isBelow ? 4.5 : 3
      frame.board.take(Box(around: dot.at, radius: radius))
    }
    let crosses = dots.filter(\.period.isBelow).flatMap { dot -> [[Point]] in
      let (x, y, arm) = (dot.at.x, dot.at.y, 4.2)
      return [
        [Point(x - arm, y - arm), Point(x + arm, y + arm)],
        [Point(x - arm, y + arm), Point(x + arm, y - arm)],
      ]
    }
    let good = dots.filter { !$0.period.isBelow }
    return good.map { .circle($0.at, radius: 2.7, .s1, edge: nil) }
      + (crosses.isEmpty ? [] : [.lines(crosses, Stroke(.bad, width: 2.2))])
  }

  // MARK: - Labels

  /// Names up to five days below the limit, the worst first, and a day that stands alone.
  private mutating func nameDays() {
    let below = dots.filter(\.period.isBelow).sorted {
      ($0.short, $1.at.x) > ($1.short, $0.at.x)
    }
    for dot in dots.count == 1 ? dots : Array(below.prefix(5)) {
      let text = frame.board.metrics.shortened(
        dot.period.label, to: plot.width - 24, size: 11, bold: true)
      let paint: Paint = dot.period.isBelow ? .badText : .s1
      let (x, y) = (dot.at.x, dot.at.y)
      let halves = frame.board.metrics.wrapped(
        text, to: 0.6 * frame.board.width(LabelBoard.Line(text, bold: true, paint: paint)),
        size: 11, bold: true, lines: 2)
      for texts in [[text], halves] {
        let lines = texts.map { LabelBoard.Line($0, bold: true, paint: paint) }
        let width = frame.board.width(lines)
        let cost = x + 9 + width > plot.right ? 5 : 0
        let placed = frame.board.place(
          lines,
          at: [
            .init(x: x + 9, y: y, centred: true, cost: cost),
            .init(x: x - 9, y: y, anchor: .end, centred: true),
            .init(x: x + 8, y: y + 4, cost: cost + 1),
            .init(x: x - 8, y: y + 4, anchor: .end, cost: 1),
            .init(x: x, y: y + 8, anchor: .middle, cost: 1),
            .init(x: x + 8, y: y - 4, above: true, cost: cost + 1),
            .init(x: x - 8, y: y - 4, anchor: .end, above: true, cost: 1),
            .init(x: x, y: y - 8, anchor: .middle, above: true, cost: 2),
          ], below: PlotFrame.dataCost)
        if placed { break }
      }
    }
  }

  private static func limit(_ chart: LevelChart, _ metrics: any TextMetrics) -> LabelBoard.Line {
    LabelBoard.Line(
      metrics.shortened(chart.limitLabel, to: 90, size: 11, bold: true), bold: true, paint: .ink)
  }

  private static func limitName(_ chart: LevelChart, _ metrics: any TextMetrics)
    -> LabelBoard.Line
  {
    LabelBoard.Line(
      metrics.shortened(chart.limitName, to: 130, size: 11, bold: true), bold: true, paint: .ink)
  }

  private static func typical(_ chart: LevelChart, _ metrics: any TextMetrics)
    -> [LabelBoard.Line]
  {
    guard let typical = chart.typical else { return [] }
    return [
      LabelBoard.Line("typical day", bold: true, paint: .s1),
      LabelBoard.Line(
        metrics.shortened(typical, to: 130, size: 11, bold: false), paint: .ink2),
    ]
  }

  /// The height of the usual day, "typical" in words.
  private var usual: Double? {
    dots.isEmpty ? nil : dots.map(\.at.y).sorted()[dots.count / 2]
  }

  /// Names the limit and the typical level right of the plot.
  private mutating func nameBeside(_ limit: Double) {
    let x = plot.right + 10
    frame.board.place(
      [Self.limitName(chart, frame.board.metrics)], at: [.init(x: x, y: limit, centred: true)])
    guard let usual else { return }
    // It makes room for the limit's name on its own side of the limit.
    let away = usual <= limit ? -1.0 : 1
    frame.board.place(
      Self.typical(chart, frame.board.metrics),
      at: [0.0, 8, 16, 24, 34, -8, -16, -24, -34].map {
        .init(x: x, y: usual + away * $0, centred: true)
      })
  }

  /// Names both in the plot of a narrow drawing, where they cover no data.
  private mutating func nameInside(_ limit: Double) {
    func places(_ y: Double, _ distances: [Double]) -> [LabelBoard.Place] {
      [1, 0, 0.5, 0.75, 0.25].flatMap { part in
        let x = plot.left + 4 + part * (plot.width - 8)
        let anchor: Label.Anchor = part == 1 ? .end : part == 0 ? .start : .middle
        return distances.flatMap { away -> [LabelBoard.Place] in
          [
            .init(x: x, y: y + away, anchor: anchor),
            .init(x: x, y: y - away, anchor: anchor, above: true),
          ]
        }
      }
    }
    frame.board.place(
      [Self.limitName(chart, frame.board.metrics)], at: places(limit, [4]),
      below: PlotFrame.dataCost)
    guard let usual, let value = Self.typical(chart, frame.board.metrics).last else { return }
    let text = "typical day \(value.text)"
    frame.board.place(
      [LabelBoard.Line(text, bold: true, paint: .s1)], at: places(usual, [8, 14, 22]),
      below: PlotFrame.dataCost)
  }
}
