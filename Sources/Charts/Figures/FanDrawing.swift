import Model

/// The layout of one ``FanChart``.
struct FanDrawing {
  /// A limit between two of its steps.
  struct Level {
    let limit: FanChart.Limit
    let window: Window
    let value: Double
    let label: String
    let isFirst: Bool
  }

  /// A crossing with its place, if it is on the drawing.
  struct Meeting {
    let limit: FanChart.Limit
    let words: FanChart.Words
    let at: Point?
    let bar: Box?
    /// The level's height where it is met, or at the end.
    let y: Double?
  }

  /// The values of the axis where ``y(_:)`` ends, and how far the plot goes on for what lies beyond.
  private struct Axis {
    let low: Double
    let high: Double
    let isClippedBelow: Bool
    let isClippedAbove: Bool
  }

  /// Names of limits beyond the axis have a lane of this height.
  static let lane = 20.0
  /// A longer name of a limit stands in the plot.
  static let longestName = 64.0

  let chart: FanChart
  let wide: Bool
  let levels: [Level]
  let days: [FanChart.Day]
  private let times: [Instant]
  private let gaps: [Window]
  private let expected: [FanChart.Expected]
  private let axis: Axis
  private let ticks: Ticks
  private let numbers: AxisNumbers
  /// From the end of the past on.
  let shade: Box?
  private let past: Window?
  var frame: PlotFrame

  var plot: Box { frame.plot }

  init(chart: FanChart, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    let domain = Window(
      start: chart.zone.start(of: chart.days.lowerBound),
      end: chart.zone.start(of: chart.days.upperBound.adding(days: 1)))
    let now = chart.zone.start(of: chart.asOf.adding(days: 1))
    past = Window(start: domain.start, end: max(domain.start, now)).clipped(to: domain)

    let floor = chart.least ?? -.infinity
    days = chart.measured.filter {
      $0.value.isFinite && $0.value >= floor && chart.days.contains($0.day)
        && $0.day <= chart.asOf
    }
    times = days.map { chart.middle(of: $0.day) }
    gaps = chart.missing(besides: days)
    expected = chart.drawn
    levels = chart.levels(in: domain)

    let canvas = Box(left: 0, top: 0, right: size.width, bottom: wide ? 252 : 280)
    let (top, bottom) = (canvas.top + 12, canvas.bottom - 30)
    let range = FanRange(
      values: days.map(\.value) + expected.map(\.mean) + chart.fitted.map(\.value),
      wide: expected.flatMap { [$0.range95.lowerBound, $0.range95.upperBound] },
      levels: levels.map(\.value), least: chart.least, most: chart.most,
      leastSpan: chart.leastSpan)
    let ticks = range.map { range in
      let found = Ticks.over(range.low...range.high, about: Int((bottom - top) / 45) + 1)
      let possible = (chart.least ?? -.infinity)...(chart.most ?? .infinity)
      return Ticks(values: found.values.filter(possible.contains), decimals: found.decimals)
    }
    self.ticks = ticks ?? Ticks(values: [], decimals: 0)
    numbers = AxisNumbers(self.ticks, unit: chart.unit)
    let low = self.ticks.values.reduce(range?.low ?? 0, min)
    let high = self.ticks.values.reduce(range?.high ?? 1, max)
    axis = Axis(
      low: low, high: high, isClippedBelow: levels.contains { $0.value < low },
      isClippedAbove: levels.contains { $0.value > high })

    let names = levels.filter { $0.isFirst && (low...high).contains($0.value) }
      .map(Self.name).filter { metrics.width(of: [$0]) <= Self.longestName }
    let percents = self.ticks.values.map { [numbers] in
      LabelBoard.Line(numbers.text($0), paint: .axis)
    }
    var right = wide ? 14.0 : 10
    if wide, !expected.isEmpty {
      right = max(right, metrics.width(of: Self.end(chart, metrics)) + 16)
    }
    let plot = Box(
      left: metrics.width(of: percents + names) + 8, top: top, right: canvas.right - right,
      bottom: bottom)
    frame = PlotFrame(
      canvas: canvas, plot: plot, domain: domain, zone: chart.zone, metrics: metrics)
    let border = max(frame.scale.x(now), plot.left)
    shade =
      border < plot.right
      ? Box(left: border, top: plot.top, right: plot.right, bottom: plot.bottom) : nil
  }

  mutating func scene(title: String, description: String) -> Scene {
    frame.grounds = shade.map { [($0, Paint.surface)] } ?? []
    frame.grounds += badGrounds().map { ($0, Paint.badTint) }
    var background = frame.painted()
    let edge = nameBeyond()
    nameAtAxis()
    background += frame.grid(gridLevels())
    background += frame.timeAxis(withClocks: false)
    background += frame.hatching(hatched)

    let bands = bands()
    let meetings = chart.limits.compactMap(meeting)
    var data = fitLine() + measuredLine()
    data += limitLines()
    var marks = dots() + edge
    for meeting in meetings { marks += drawn(meeting) }
    if days.isEmpty, let past {
      frame.nameAbsence(chart.absence.title, chart.absence.detail, in: frame.box(of: past))
    }
    marks += nameEnd()
    for meeting in meetings { marks += name(meeting) }
    marks += nameLast()
    nameNote()
    nameLevels()
    if !days.isEmpty {
      frame.nameGaps(gaps.filter { frame.box(of: $0).width >= 8 }) { [zone = chart.zone] gap in
        let count = zone.date(at: gap.end).dayNumber - zone.date(at: gap.start).dayNumber
        return Wording.counted(count, "day")
      }
    }
    nameGrounds()
    marks += nameFit()
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: background + bands + data + marks + frame.words())
  }

  // MARK: - Places

  func y(_ value: Double) -> Double {
    let top = plot.top + (axis.isClippedAbove ? Self.lane : 0)
    let bottom = plot.bottom - (axis.isClippedBelow ? Self.lane : 0)
    let share = axis.high > axis.low ? (value - axis.low) / (axis.high - axis.low) : 0.5
    return bottom - min(max(share, 0), 1) * (bottom - top)
  }

  func isShown(_ value: Double) -> Bool { axis.low <= value && value <= axis.high }

  func isAbove(_ value: Double) -> Bool { value > axis.high }

  func x(_ day: CivilDate) -> Double { frame.scale.x(chart.middle(of: day)) }

  func point(_ day: FanChart.Day) -> Point { Point(x(day.day), y(day.value)) }

  /// What is missing; all of the past when there is nothing else.
  private var hatched: [Window] {
    if !days.isEmpty { return gaps }
    return chart.absence.isMissing ? past.map { [$0] } ?? [] : []
  }

  /// Ticks at least 14 px from every limit that is named at the axis.
  private func gridLevels() -> [PlotFrame.Level] {
    let named = levels.filter { $0.isFirst && isShown($0.value) }.map { y($0.value) }
    return ticks.values.map { PlotFrame.Level(y: y($0), label: numbers.text($0)) }
      .filter { tick in named.allSatisfy { abs($0 - tick.y) >= 14 } }
  }

  /// Under the worst limit that is bad to be below.
  private func badGrounds() -> [Box] {
    let floors = chart.limits.filter { $0.bad == .below }
    guard let worst = floors.max(by: { $0.kind.rank < $1.kind.rank }) else { return [] }
    return levels.filter { $0.limit == worst && $0.value > axis.low }.map { level in
      let box = frame.box(of: level.window)
      return Box(left: box.left, top: y(level.value), right: box.right, bottom: plot.bottom)
    }
  }

  // MARK: - Data

  private mutating func bands() -> [Mark] {
    guard let first = expected.first, let last = expected.last else { return [] }
    // Each day has its width: the bands reach from the start of the first to the end of the last.
    let window = Window(
      start: chart.zone.start(of: first.day),
      end: chart.zone.start(of: last.day.adding(days: 1)))
    let box = frame.box(of: window)
    func along(_ value: (FanChart.Expected) -> Double) -> [Point] {
      [Point(box.left, y(value(first)))]
        + expected.map { Point(x($0.day), y(value($0))) } + [Point(box.right, y(value(last)))]
    }
    func band(_ range: KeyPath<FanChart.Expected, ClosedRange<Double>>, _ paint: Paint) -> Mark {
      let lower = along { $0[keyPath: range].lowerBound }
      return .polygon(along { $0[keyPath: range].upperBound } + lower.reversed(), paint)
    }
    let upper = along { $0.range95.upperBound }
    let lower = along { $0.range95.lowerBound }
    let boxes = zip(zip(upper, upper.dropFirst()), zip(lower, lower.dropFirst())).map { one, two in
      Box(
        left: one.0.x, top: min(one.0.y, one.1.y), right: one.1.x, bottom: max(two.0.y, two.1.y))
    }
    frame.board.avoid(boxes, cost: 20)
    var mean = along(\.mean)
    if let to = chart.fit?.to, chart.fitted.count == 2 { mean[0] = point(to) }
    frame.board.avoid(PlotFrame.boxes(along: mean, grown: 2), cost: PlotFrame.dataCost)
    return [
      band(\.range95, .s1c), band(\.range80, .s1b),
      .lines([mean], Stroke(.s1, width: 2, dash: .dashed)),
    ]
  }

  private mutating func fitLine() -> [Mark] {
    let points = chart.fitted.map(point)
    guard points.count == 2 else { return [] }
    frame.avoid(points, cost: 3)
    return [.lines([points], Stroke(.prev, width: 1.2, dash: .dashed))]
  }

  /// The line through days that follow each other; few days, and one without neighbours, are points.
  private mutating func measuredLine() -> [Mark] {
    let thinning = Thinning(
      times: times.map(\.seconds), values: days.map(\.value), domain: frame.scale.domain,
      gaps: gaps)
    if thinning.count > 2 * Int(plot.width) { return [columns(thinning)] }
    let lines = thinning.stretches.map { $0.map { point(days[$0]) } }
    let isShort = days.count < 14
    let dots = lines.filter { isShort || $0.count == 1 }.joined()
    frame.board.avoid(dots.map { Box(around: $0, radius: 3) }, cost: PlotFrame.dataCost)
    if isShort { return dots.map { .circle($0, radius: 2, .s1, edge: nil) } }
    for points in lines { frame.avoid(points, cost: PlotFrame.dataCost) }
    return [.lines(lines, Stroke(.s1, width: 2))]
      + dots.map { .circle($0, radius: 1.2, .s1, edge: nil) }
  }

  private mutating func columns(_ thinning: Thinning) -> Mark {
    let stroke = Stroke(.s1, width: 1.2)
    let runs = thinning.columns(on: frame.scale, step: 0.5).map { run in
      Columns(
        left: run.left, step: 0.5, spans: run.spans.map { .init(from: y($0.from), to: y($0.to)) })
    }
    frame.board.avoid(runs.flatMap { $0.boxes(width: stroke.width) }, cost: PlotFrame.dataCost)
    return .columns(runs, stroke)
  }

  /// The last value.
  private mutating func dots() -> [Mark] {
    guard let last = days.last.map(point) else { return [] }
    frame.board.take(Box(around: last, radius: 3.6))
    return [.circle(last, radius: 3.6, .s1, edge: nil)]
  }

  // MARK: - Limits

  /// Each limit as a line that moves with its steps, up to the edge where one lies beyond.
  private mutating func limitLines() -> [Mark] {
    chart.limits.map { limit in
      var lines: [[Point]] = []
      var last: Point?
      for level in levels where level.limit == limit {
        let (left, right) = (frame.scale.x(level.window.start), frame.scale.x(level.window.end))
        let shown = isShown(level.value)
        let y = shown ? y(level.value) : isAbove(level.value) ? plot.top : plot.bottom
        let from = Point(left, y)
        // A line that moves is drawn upright there, from edge to edge only when both levels lie beyond.
        if let last, last != from, last.x == left { lines.append([last, from]) }
        if shown { lines.append([from, Point(right, y)]) }
        last = Point(right, y)
      }
      for line in lines { frame.avoid(line, cost: 3) }
      return .lines(lines, limit.kind.stroke)
    }
  }

  private func meeting(_ limit: FanChart.Limit) -> Meeting? {
    guard let crossing = limit.crossing else { return nil }
    let levels = levels.filter { $0.limit == limit }
    func level(on day: CivilDate) -> Level? {
      let at = chart.middle(of: day)
      return levels.first { $0.window.contains(at) && isShown($0.value) }
    }
    let at = crossing.likely.flatMap { day in
      level(on: day).map { Point(x(day), y($0.value)) }
    }
    var bar: Box?
    if let earliest = crossing.earliest, let level = level(on: crossing.likely ?? earliest) {
      let from = frame.scale.x(chart.zone.start(of: earliest))
      let to =
        crossing.latest.map { frame.scale.x(chart.zone.start(of: $0.adding(days: 1))) }
        ?? plot.right
      let y = y(level.value)
      bar = Box(left: from, top: y - 3, right: to, bottom: y + 3).clipped(to: plot)
    }
    let here = levels.last { isShown($0.value) }
    return Meeting(
      limit: limit, words: crossing.words, at: at, bar: bar,
      y: at?.y ?? bar?.centre.y ?? here.map { y($0.value) })
  }

  private mutating func drawn(_ meeting: Meeting) -> [Mark] {
    let kind = meeting.limit.kind
    var found: [Mark] = []
    if let bar = meeting.bar {
      frame.board.take(bar)
      found.append(.rectangle(bar, kind.paint.text))
    }
    if let at = meeting.at {
      let down = [Point(at.x, at.y + 5), Point(at.x, plot.bottom)]
      frame.avoid(down, cost: 3)
      frame.board.take(Box(around: at, radius: 5))
      found.append(.lines([down], Stroke(kind.paint, dash: .dotted)))
      found.append(.circle(at, radius: 4.5, .page, edge: Stroke(kind.paint, width: 2)))
    }
    return found
  }
}

extension FanChart {
  func middle(of day: CivilDate) -> Instant {
    let (start, end) = (zone.start(of: day), zone.start(of: day.adding(days: 1)))
    return start + .nanoseconds((end - start).nanoseconds / 2)
  }

  /// Both ends of the fit, or none.
  var fitted: [Day] {
    guard let fit, fit.from.day <= fit.to.day, fit.from.value.isFinite, fit.to.value.isFinite
    else { return [] }
    return [fit.from, fit.to].map { Day($0.day, possible($0.value)) }
  }

  /// What is expected on the axis, nothing of it where no value can be.
  fileprivate var drawn: [Expected] {
    expected.filter { expected in
      let ends = [expected.range80, expected.range95].flatMap { [$0.lowerBound, $0.upperBound] }
      return days.contains(expected.day) && (ends + [expected.mean]).allSatisfy(\.isFinite)
    }.map { expected in
      func range(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        possible(range.lowerBound)...possible(range.upperBound)
      }
      return Expected(
        expected.day, mean: possible(expected.mean), range80: range(expected.range80),
        range95: range(expected.range95))
    }
  }

  private func possible(_ value: Double) -> Double {
    let raised = least.map { max($0, value) } ?? value
    return most.map { min($0, raised) } ?? raised
  }

  /// The days between the first of `found` and ``asOf`` that are not among them.
  fileprivate func missing(besides found: [Day]) -> [Window] {
    guard let first = found.first?.day else { return [] }
    let measured = WindowSet(
      found.map {
        Window(start: zone.start(of: $0.day), end: zone.start(of: $0.day.adding(days: 1)))
      })
    let end = zone.start(of: min(asOf, days.upperBound).adding(days: 1))
    let start = zone.start(of: first)
    return measured.gaps(in: Window(start: start, end: max(start, end))).windows
  }

  fileprivate func levels(in domain: Window) -> [FanDrawing.Level] {
    limits.flatMap { limit in
      let steps = limit.steps.filter(\.value.isFinite)
      var found: [FanDrawing.Level] = []
      for (index, step) in steps.enumerated() {
        let start = index == 0 ? domain.start : zone.start(of: step.from)
        let end = index + 1 < steps.count ? zone.start(of: steps[index + 1].from) : domain.end
        let window = Window(start: start, end: max(start, end)).clipped(to: domain)
        guard let window else { continue }
        found.append(
          FanDrawing.Level(
            limit: limit, window: window, value: step.value, label: step.label,
            isFirst: found.isEmpty))
      }
      return found
    }
  }
}

extension FanChart.Limit.Kind {
  var paint: Paint {
    switch self {
    case .warning: .warn
    case .critical: .bad
    case .limit: .ink
    }
  }

  fileprivate var stroke: Stroke {
    switch self {
    case .warning: Stroke(.warn, width: 1.4)
    case .critical: Stroke(.bad, width: 1.6)
    case .limit: Stroke(.ink, width: 1.4)
    }
  }

  fileprivate var rank: Int {
    switch self {
    case .warning: 0
    case .critical: 1
    case .limit: 2
    }
  }
}
