import Model

/// The layout of one ``DepletionChart``.
struct DepletionDrawing {
  enum Form {
    case wide, narrow, small
  }

  let chart: DepletionChart
  let form: Form
  let line: StepLine
  /// The share at the plot's lower edge.
  let lowest: Double
  /// From the domain's start to now, at most to its end.
  let elapsed: Window?
  /// Where the line is drawn.
  let covered: [Window]
  let gaps: [Window]
  var frame: PlotFrame

  var wide: Bool { form == .wide }
  var plot: Box { frame.plot }

  init(chart: DepletionChart, form: Form, metrics: any TextMetrics) {
    self.chart = chart
    self.form = form
    let domain = chart.domain
    let elapsed = domain.clipped(
      to: Window(start: domain.start, end: max(domain.start, chart.now)))
    self.elapsed = elapsed

    let steps = chart.points.filter {
      $0.left.isFinite && $0.at <= chart.now && $0.at <= domain.end
    }
    var measured: [Window] = []
    var missing = WindowSet()
    if let elapsed {
      missing = WindowSet(chart.gaps).clipped(to: elapsed)
      if let first = steps.first {
        let from = max(first.at, elapsed.start)
        if from < elapsed.end {
          measured = missing.gaps(in: Window(start: from, end: elapsed.end)).windows
        }
      }
    }
    covered = measured
    gaps = missing.windows

    let least = measured.isEmpty ? 0 : steps.reduce(0) { min($0, $1.left) }
    let expected = chart.now < domain.end ? chart.pace ?? 0 : 0
    let shown = min(least, expected.isFinite ? max(expected, -0.25) : 0)
    lowest = shown < 0 && form != .small ? max(-1, shown - 0.08 * (1 - shown)) : 0

    let canvas: Box
    let plot: Box
    switch form {
    case .small:
      canvas = Box(left: 0, top: 0, right: 326, bottom: 96)
      plot = Box(left: 6, top: 8, right: 262, bottom: 72)
    case .wide, .narrow:
      canvas = Box(
        left: 0, top: 0, right: (form == .wide ? ChartSize.wide : .narrow).width,
        bottom: form == .wide ? 228 : 262)
      let percents = Self.ticks(downTo: lowest).map {
        LabelBoard.Line(Wording.percent($0), paint: .axis)
      }
      var right = form == .wide ? 14.0 : 10.0
      if form == .wide {
        var margin: [LabelBoard.Line] = []
        if let threshold = chart.threshold { margin += Self.lines(threshold, metrics) }
        if chart.now >= domain.end, !measured.isEmpty { margin += Self.endLines(chart, metrics) }
        let needed = metrics.width(of: margin)
        if needed > 0 { right = min(needed + 14, 150) }
      }
      plot = Box(
        left: metrics.width(of: percents) + 8, top: chart.highlight == nil ? 12 : 28,
        right: canvas.right - right, bottom: canvas.bottom - 30)
    }
    frame = PlotFrame(
      canvas: canvas, plot: plot, domain: domain, zone: chart.zone, metrics: metrics)
    line = StepLine(steps: steps, scale: frame.scale, floor: -1)
  }

  mutating func scene(title: String, description: String) -> Scene {
    let shade = stillToCome()
    let under =
      lowest < 0 ? Box(left: plot.left, top: y(0), right: plot.right, bottom: plot.bottom) : nil
    frame.grounds = [(shade, Paint.surface), (under, .badTint)].compactMap { box, paint in
      box.map { ($0, paint) }
    }
    var background = frame.painted()
    background += frame.grid(
      Self.ticks(downTo: lowest).map { percent in
        .init(y: y(Double(percent) / 100), label: Wording.percent(percent))
      })
    background += frame.timeAxis()
    background += frame.hatching(hatched)

    var data: [Mark] = []
    var marks: [Mark] = []
    if let threshold = chart.threshold, (lowest...1).contains(threshold.share) {
      frame.avoid(frame.across(y(threshold.share)), cost: 3)
    }
    if under != nil { frame.avoid(frame.across(y(0)), cost: 3) }
    if covered.isEmpty {
      if let elapsed {
        frame.nameAbsence("No data", chart.endDetail ?? "", in: frame.box(of: elapsed))
      }
    } else {
      data += lines()
      marks += dots()
    }
    marks += highlight()
    data += threshold()
    if let mark = crossing() { marks += nameCrossing(at: mark.at, mark.moment) }
    if under != nil { data.append(.lines([frame.across(y(0))], Stroke(.ink, width: 1.2))) }
    if !covered.isEmpty {
      frame.nameGaps(gaps)
      nameDrops()
    }
    nameGrounds(shade, under)
    nameEvenSpending()
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: background + data + marks + frame.words())
  }

  // MARK: - Places

  func y(_ share: Double) -> Double {
    plot.top + (1 - min(max(share, lowest), 1)) / (1 - lowest) * plot.height
  }

  /// What is missing; everything so far when there is no line.
  var hatched: [Window] { covered.isEmpty ? elapsed.map { [$0] } ?? [] : gaps }

  func stillToCome() -> Box? {
    guard chart.now < chart.domain.end else { return nil }
    let left = max(frame.scale.x(chart.now), plot.left)
    return Box(left: left, top: plot.top, right: plot.right, bottom: plot.bottom)
  }

  /// Whole percents with a grid line.
  private static func ticks(downTo lowest: Double) -> [Int] {
    stride(from: 100, through: -100, by: -25).filter { Double($0) / 100 >= lowest }
  }

  /// What is left by now, also where the last of it was spent in a gap, at the end of what was measured; a single value at
  /// its own time.
  var end: (at: Point, value: Double)? {
    guard let last = covered.last, let value = line.steps.last?.left else { return nil }
    let at = line.steps.count == 1 ? max(line.steps[0].at, chart.domain.start) : last.end
    return (Point(frame.scale.x(at), y(value)), value)
  }

  /// A drop with the shares left before and after it, and where it starts and ends across.
  typealias Fall = (
    drop: DepletionChart.Drop, before: Double, after: Double, left: Double, right: Double
  )

  /// The drops so far inside the domain.
  ///
  /// A fall takes its time: what is lost within a fiftieth of the axis belongs to it.
  var falls: [Fall] {
    chart.drops.filter { chart.domain.contains($0.at) && $0.at <= chart.now }.compactMap { drop in
      let later = drop.at + .nanoseconds(chart.domain.length.nanoseconds / 50)
      guard let before = line.value(at: drop.at - .nanoseconds(1)),
        let after = line.value(at: min(later, chart.now))
      else { return nil }
      return (drop, before, after, frame.scale.x(drop.at), frame.scale.x(later))
    }
  }

  // MARK: - Data

  mutating func lines() -> [Mark] {
    var found: [Mark] = []
    if chart.even, line.steps.count > 1 {
      let points = [Point(plot.left, y(1)), Point(plot.right, y(0))]
      found.append(.lines([points], Stroke(.prev, width: 1.2, dash: .dashed)))
      frame.avoid(points, cost: 1)
    }
    if let pace = chart.pace, pace.isFinite, chart.now < chart.domain.end,
      let from = line.value(at: chart.now)
    {
      found += paceLines(from: from, to: pace)
    }
    guard line.steps.count > 1 else { return found }
    let pieces = line.pieces(over: covered)
    for (side, stroke) in [
      (StepLine.Piece.Side.above, Stroke(.s1, width: 2.2)),
      (.below, Stroke(.bad, width: 2.2)),
      (.beyond, Stroke(.bad, width: 2.2, dash: form == .small ? .solid : .dotted)),
    ] {
      let drawn = pieces.filter { $0.side == side }.map { piece in
        piece.points.map { Point($0.x, y($0.y)) }
      }
      if !drawn.isEmpty { found.append(.lines(drawn, stroke)) }
      let boxes = drawn.flatMap { PlotFrame.boxes(along: $0, grown: 2) }
      frame.board.avoid(boxes, cost: PlotFrame.dataCost)
    }
    return found
  }

  /// The straight way on, in two paints where it crosses zero, cut at the plot's edge.
  private mutating func paceLines(from: Double, to pace: Double) -> [Mark] {
    let start = Point(max(frame.scale.x(chart.now), plot.left), from)
    let end = Point(plot.right, pace)
    func point(at share: Double) -> Point {
      let part = from == pace ? 1 : (from - share) / (from - pace)
      return Point(start.x + min(max(part, 0), 1) * (end.x - start.x), share)
    }
    var found: [Mark] = []
    let stop = max(pace, lowest)
    let turn = min(max(0, stop), max(from, 0))
    for (top, bottom, paint) in [(from, turn, Paint.s1), (min(from, turn), stop, Paint.bad)] {
      guard paint == .s1 ? from >= 0 : stop < 0 else { continue }
      let points = [point(at: top), point(at: bottom)].map { Point($0.x, y($0.y)) }
      found.append(.lines([points], Stroke(paint, width: 1.6, dash: .dotted)))
      frame.avoid(points, cost: 3)
    }
    return found
  }

  /// The last value, the arrow below the axis, and the hollow dot where the line falls below zero.
  private mutating func dots() -> [Mark] {
    guard let (end, value) = end else { return [] }
    var found: [Mark] = []
    if value < -1 {
      found.append(arrow(at: end.x))
    } else {
      frame.board.take(Box(around: end, radius: 4))
      found.append(.circle(end, radius: 4, chart.endPaint, edge: nil))
    }
    if let mark = crossing() {
      frame.board.take(Box(around: mark.at, radius: 4))
      found.append(.circle(mark.at, radius: 4, .page, edge: Stroke(.bad, width: 1.8)))
    }
    let leader = placeEnd(beside: end)
    if value >= -1 { found += leader }
    if let least = line.steps.min(by: { $0.left < $1.left }), least.left < -1 {
      let x = value < -1 ? end.x : frame.scale.x(least.at)
      if value >= -1 { found.append(arrow(at: x)) }
      let text = Wording.left(least.left)
      if value >= -1 || !chart.endLabel.contains(text) {
        let tip = min(x, plot.right - 5)
        frame.board.place(
          [LabelBoard.Line(text, bold: true, paint: .badText)],
          at: [
            .init(x: tip - 10, y: plot.bottom - 4, anchor: .end, above: true),
            .init(x: tip + 10, y: plot.bottom - 4, above: true),
          ])
      }
    }
    return found
  }

  private mutating func arrow(at x: Double) -> Mark {
    let x = min(x, plot.right - 5)
    frame.board.take(Box(left: x - 5, top: plot.bottom - 8, right: x + 5, bottom: plot.bottom))
    return .polygon(
      [
        Point(x - 5.5, plot.bottom - 8), Point(x + 5.5, plot.bottom - 8), Point(x, plot.bottom),
      ], .bad)
  }

  /// Where the line first falls below zero, unless nothing was measured there.
  private func crossing() -> (at: Point, moment: String)? {
    guard chart.marksZero else { return nil }
    for (before, after) in zip(line.steps, line.steps.dropFirst())
    where before.left >= 0 && after.left < 0 {
      guard covered.contains(where: { $0.start < after.at && after.at <= $0.end }) else {
        return nil
      }
      return (Point(frame.scale.x(after.at), y(0)), Wording.moment(after.at, in: chart.zone))
    }
    return nil
  }
}
