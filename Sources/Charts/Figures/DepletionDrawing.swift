import Model

/// The layout of one ``DepletionChart``.
struct DepletionDrawing {
  let chart: DepletionChart
  let wide: Bool
  let canvas: Box
  let plot: Box
  let scale: TimeScale
  let line: StepLine
  /// The share at the plot's lower edge.
  let lowest: Double
  /// From the domain's start to now, at most to its end.
  let elapsed: Window?
  /// Where the line is drawn.
  let covered: [Window]
  let gaps: [Window]
  var board: LabelBoard

  /// What a label costs that covers the data; other lines cost 1 to 3.
  static let dataCost = 100

  init(chart: DepletionChart, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    canvas = Box(left: 0, top: 0, right: wide ? 680 : 342, bottom: wide ? 228 : 262)
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
    lowest = shown < 0 ? max(-1, shown - 0.08 * (1 - shown)) : 0

    let board = LabelBoard(bounds: canvas, metrics: metrics)
    self.board = board
    let percents = Self.ticks(downTo: lowest).map {
      LabelBoard.Line(Wording.percent($0), paint: .axis)
    }
    let left = percents.reduce(0) { max($0, board.width($1)) } + 8
    var right = wide ? 14.0 : 10.0
    if wide {
      var margin: [LabelBoard.Line] = []
      if let threshold = chart.threshold { margin += Self.lines(threshold, metrics) }
      if chart.now >= domain.end, !measured.isEmpty { margin += Self.endLines(chart, metrics) }
      let needed = margin.reduce(0) { max($0, board.width($1)) }
      if needed > 0 { right = min(needed + 14, 150) }
    }
    plot = Box(
      left: left, top: chart.highlight == nil ? 12 : 28, right: canvas.right - right,
      bottom: canvas.bottom - 30)
    scale = TimeScale(domain: domain, left: plot.left, right: plot.right)
    line = StepLine(steps: steps, scale: scale, floor: -1)
  }

  mutating func scene(title: String, description: String) -> Scene {
    var background: [Mark] = []
    var data: [Mark] = []
    var marks: [Mark] = []
    let shade = stillToCome()
    if let shade { background.append(.rectangle(shade, .surface)) }
    let under =
      lowest < 0 ? Box(left: plot.left, top: y(0), right: plot.right, bottom: plot.bottom) : nil
    if let under { background.append(.rectangle(under, .badTint)) }

    // Labels of the plot keep off both axes; what names an axis has no other place and pays.
    board.avoid(
      [Box(left: 0, top: plot.bottom - 2, right: plot.right, bottom: canvas.bottom)], cost: 1000)
    board.avoid([Box(left: 0, top: 0, right: plot.left, bottom: plot.bottom)], cost: 500)

    let percents = Self.ticks(downTo: lowest)
    background.append(
      .lines(
        percents.filter { $0 != 0 || lowest < 0 }.map { level(Double($0) / 100) }, Stroke(.grid)))
    for percent in percents {
      board.place(
        [LabelBoard.Line(Wording.percent(percent), paint: .axis)],
        at: [.init(x: plot.left - 6, y: y(Double(percent) / 100), anchor: .end, centred: true)])
    }
    let ticks = TimeTick.ticks(in: chart.domain, zone: chart.zone)
    background += axis(ticks)

    let hatched = covered.isEmpty ? elapsed.map { [$0] } ?? [] : gaps
    let hatches = hatched.flatMap { box(of: $0).hatching() }
    if !hatches.isEmpty { background.append(.lines(hatches, Stroke(.none, width: 0.8))) }

    if let threshold = chart.threshold, (lowest...1).contains(threshold.share) {
      avoid(level(threshold.share), cost: 3)
    }
    if lowest < 0 { avoid(level(0), cost: 3) }
    if covered.isEmpty {
      if let elapsed { noData(in: box(of: elapsed)) }
    } else {
      data += lines()
      marks += dots()
    }
    marks += highlight()
    data += threshold()
    if lowest < 0 { data.append(.lines([level(0)], Stroke(.ink, width: 1.2))) }
    if !covered.isEmpty {
      nameGaps()
      nameDrops()
    }
    marks += nameAxis(ticks)
    if let shade {
      board.place(
        [LabelBoard.Line("still to come", paint: .ink2)],
        at: [
          .init(x: shade.left + 8, y: plot.top + 6),
          .init(x: shade.left + 8, y: plot.bottom - 6, above: true),
        ], below: Self.dataCost)
    }

    let labels = board.placed.flatMap { box, labels -> [Mark] in
      let words = labels.map { Mark.text($0) }
      guard plot.overlaps(box) else { return words }
      let ground = box.grown(by: 1.5)
      let parts = [(shade, Paint.surface), (under, .badTint)].compactMap { area, paint in
        area.flatMap { ground.clipped(to: $0) }.map { Mark.rectangle($0, paint) }
      }
      return [.rectangle(ground, .page)] + parts + words
    }
    return Scene(
      width: canvas.width, height: canvas.height, title: title, description: description,
      marks: background + data + marks + labels)
  }

  // MARK: - Places

  func y(_ share: Double) -> Double {
    plot.top + (1 - min(max(share, lowest), 1)) / (1 - lowest) * plot.height
  }

  func level(_ share: Double) -> [Point] {
    [Point(plot.left, y(share)), Point(plot.right, y(share))]
  }

  /// A window's part of the plot, at least two pixels wide so that it is seen.
  func box(of window: Window) -> Box {
    let left = scale.x(window.start)
    let right = min(max(scale.x(window.end), left + 2), plot.right)
    return Box(left: left, top: plot.top, right: right, bottom: plot.bottom)
  }

  private func stillToCome() -> Box? {
    guard chart.now < chart.domain.end else { return nil }
    let left = max(scale.x(chart.now), plot.left)
    return Box(left: left, top: plot.top, right: plot.right, bottom: plot.bottom)
  }

  /// Whole percents with a grid line.
  private static func ticks(downTo lowest: Double) -> [Int] {
    stride(from: 100, through: -100, by: -25).filter { Double($0) / 100 >= lowest }
  }

  // MARK: - Axis

  private func axis(_ ticks: [TimeTick]) -> [Mark] {
    let long = ticks.filter { $0.label != nil }.map { tick(at: $0.at, length: 6) }
    let short = ticks.filter { $0.label == nil }.map { tick(at: $0.at, length: 3) }
    return [
      .lines(
        [[Point(plot.left, plot.bottom), Point(plot.right, plot.bottom)]] + long + short,
        Stroke(.axis))
    ]
  }

  private func tick(at instant: Instant, length: Double) -> [Point] {
    let x = scale.x(instant)
    return [Point(x, plot.bottom), Point(x, plot.bottom + length)]
  }

  /// Names the first tick, then the changes of the clock, then the other ticks.
  private mutating func nameAxis(_ ticks: [TimeTick]) -> [Mark] {
    let top = plot.bottom + 8
    let named = ticks.compactMap { tick in tick.label.map { (x: scale.x(tick.at), label: $0) } }
    for tick in named.prefix(1) {
      let anchor: Label.Anchor = tick.x - plot.left < 40 ? .start : .middle
      board.place(
        [LabelBoard.Line(tick.label, paint: .axis)],
        at: [.init(x: tick.x, y: top, anchor: anchor)])
    }
    let changes = chart.zone.changes(in: chart.domain)
    var triangles: [Mark] = []
    // Years of changes would fill the axis with triangles that name nothing.
    for change in changes where changes.count <= 4 {
      let x = scale.x(change.at)
      let line = LabelBoard.Line(Wording.clocks(shift: change.shift), size: 10, paint: .s4)
      let width = board.width(line)
      func hits(from left: Double) -> Int {
        named.count { left - 24 < $0.x && $0.x < left + width + 24 }
      }
      board.place(
        [line],
        at: [
          .init(x: x - 6, y: top, anchor: .end, cost: hits(from: x - 6 - width)),
          .init(x: x + 6, y: top, cost: hits(from: x + 6)),
          .init(x: x, y: top, anchor: .middle, cost: hits(from: x - width / 2)),
        ])
      let apex = Point(x, plot.bottom + 1)
      triangles.append(
        .polygon([apex, Point(x + 3.5, apex.y + 6), Point(x - 3.5, apex.y + 6)], .s4))
    }
    for tick in named.dropFirst() {
      let line = LabelBoard.Line(tick.label, paint: .axis)
      let side: Label.Anchor = tick.x > plot.right - 40 ? .end : .start
      board.place(
        [line],
        at: [
          .init(x: tick.x, y: top, anchor: .middle),
          .init(x: tick.x, y: top, anchor: side, cost: 1),
        ])
    }
    return triangles
  }

  // MARK: - Data

  private mutating func lines() -> [Mark] {
    var found: [Mark] = []
    if chart.even, line.steps.count > 1 {
      let points = [Point(plot.left, y(1)), Point(plot.right, y(0))]
      found.append(.lines([points], Stroke(.prev, width: 1.2, dash: .dashed)))
      avoid(points, cost: 1)
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
      (.beyond, Stroke(.bad, width: 2.2, dash: .dotted)),
    ] {
      let drawn = pieces.filter { $0.side == side }.map { piece in
        piece.points.map { Point($0.x, y($0.y)) }
      }
      if !drawn.isEmpty { found.append(.lines(drawn, stroke)) }
      let boxes = drawn.flatMap { points in
        zip(points, points.dropFirst()).map { from, to in
          Box(
            left: min(from.x, to.x), top: min(from.y, to.y), right: max(from.x, to.x),
            bottom: max(from.y, to.y)
          ).grown(by: 2)
        }
      }
      board.avoid(boxes, cost: Self.dataCost)
    }
    return found
  }

  /// The straight way on, in two paints where it crosses zero, cut at the plot's edge.
  private mutating func paceLines(from: Double, to pace: Double) -> [Mark] {
    let start = Point(max(scale.x(chart.now), plot.left), from)
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
      avoid(points, cost: 3)
    }
    return found
  }

  /// Makes labels keep off a straight line, which is covered by small boxes.
  private mutating func avoid(_ ends: [Point], cost: Int) {
    guard let from = ends.first, let to = ends.last else { return }
    let count = 40
    func point(_ index: Int) -> Point {
      let part = Double(index) / Double(count)
      return Point(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y))
    }
    let boxes = (0..<count).map { index in
      let (one, two) = (point(index), point(index + 1))
      return Box(
        left: one.x, top: min(one.y, two.y), right: two.x, bottom: max(one.y, two.y) + 0.5)
    }
    board.avoid(boxes, cost: cost)
  }

  /// The last value, the arrow below the axis, and the hollow dot where the line falls below zero.
  private mutating func dots() -> [Mark] {
    guard let last = covered.last, let value = line.value(at: last.end) else { return [] }
    let alone = line.steps.count == 1
    let end = Point(scale.x(alone ? max(line.steps[0].at, chart.domain.start) : last.end), y(value))
    var found: [Mark] = []
    if value < -1 {
      found.append(arrow(at: end.x))
    } else {
      board.take(Self.square(around: end, 4))
      found.append(.circle(end, radius: 4, chart.endPaint, edge: nil))
    }
    if let mark = crossing() {
      board.take(Self.square(around: mark.at, 4))
      found.append(.circle(mark.at, radius: 4, .page, edge: Stroke(.bad, width: 1.8)))
    }
    placeEnd(beside: end)
    if let least = line.steps.min(by: { $0.left < $1.left }), least.left < -1 {
      let x = value < -1 ? end.x : scale.x(least.at)
      if value >= -1 { found.append(arrow(at: x)) }
      let text = Wording.percent(ofShare: least.left)
      if value >= -1 || !chart.endLabel.contains(text) {
        let tip = min(x, plot.right - 5)
        board.place(
          [LabelBoard.Line(text, bold: true, paint: .badText)],
          at: [
            .init(x: tip - 10, y: plot.bottom - 4, anchor: .end, above: true),
            .init(x: tip + 10, y: plot.bottom - 4, above: true),
          ])
      }
    }
    if let mark = crossing() {
      let lines = [LabelBoard.Line(mark.label, paint: .badText)]
      let (x, y) = (mark.at.x, mark.at.y)
      board.place(
        lines,
        at: [
          .init(x: x + 8, y: y - 6, above: true), .init(x: x - 8, y: y + 6, anchor: .end),
          .init(x: x - 8, y: y - 6, anchor: .end, above: true), .init(x: x + 8, y: y + 6),
          .init(x: x + 8, y: y - 20, above: true),
        ], below: Self.dataCost)
    }
    return found
  }

  private mutating func arrow(at x: Double) -> Mark {
    let x = min(x, plot.right - 5)
    board.take(Box(left: x - 5, top: plot.bottom - 8, right: x + 5, bottom: plot.bottom))
    return .polygon(
      [
        Point(x - 5.5, plot.bottom - 8), Point(x + 5.5, plot.bottom - 8), Point(x, plot.bottom),
      ], .bad)
  }

  private static func square(around point: Point, _ radius: Double) -> Box {
    Box(
      left: point.x - radius, top: point.y - radius, right: point.x + radius,
      bottom: point.y + radius)
  }

  /// Where the line first falls below zero, unless nothing was measured there.
  private func crossing() -> (at: Point, label: String)? {
    for (before, after) in zip(line.steps, line.steps.dropFirst())
    where before.left >= 0 && after.left < 0 {
      guard covered.contains(where: { $0.start < after.at && after.at <= $0.end }) else {
        return nil
      }
      let (date, second) = chart.zone.local(after.at)
      let label =
        "\(Wording.weekdays[date.weekday - 1]) \(date.day) \(Wording.months[date.month - 1]) "
        + Wording.clock(second: second)
      return (Point(scale.x(after.at), y(0)), label)
    }
    return nil
  }
}
