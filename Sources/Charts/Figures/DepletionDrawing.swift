import Model

/// The layout of one ``DepletionChart``.
struct DepletionDrawing {
  private let chart: DepletionChart
  private let wide: Bool
  private let canvas: Box
  private let plot: Box
  private let scale: TimeScale
  private let line: StepLine
  /// The share at the plot's lower edge.
  private let lowest: Double
  /// From the domain's start to now, at most to its end.
  private let elapsed: Window?
  /// Where the line is drawn.
  private let covered: [Window]
  private let gaps: [Window]
  private var board: LabelBoard

  /// What a label costs that covers the data; other lines cost 1 for each piece of them.
  private static let dataCost = 100

  init(chart: DepletionChart, size: DepletionChart.Size, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    canvas = Box(left: 0, top: 0, right: wide ? 680 : 342, bottom: wide ? 228 : 262)
    let domain = chart.domain
    let elapsed = Window(start: domain.start, end: max(domain.start, domain.end))
      .clipped(to: Window(start: domain.start, end: max(domain.start, chart.now)))
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

    let hatched = line.steps.isEmpty || covered.isEmpty ? elapsed.map { [$0] } ?? [] : gaps
    let hatches = hatched.flatMap { box(of: $0).hatching() }
    if !hatches.isEmpty { background.append(.lines(hatches, Stroke(.none, width: 0.8))) }

    if covered.isEmpty {
      noData(in: elapsed.map(box) ?? plot)
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
    marks += clockChanges(avoiding: ticks)
    if let shade {
      board.place(
        [LabelBoard.Line("still to come", paint: .ink2)],
        at: [
          .init(x: shade.left + 8, y: plot.top + 6),
          .init(x: shade.left + 8, y: plot.bottom - 6, above: true),
        ], below: Self.dataCost)
    }
    name(ticks)

    let labels = board.placed.flatMap { box, labels -> [Mark] in
      let backed = plot.holds(box) || plot.overlaps(box)
      let ground: [Mark] =
        backed ? [.rectangle(box.grown(by: 1.5), ground(of: box, shade: shade, under: under))] : []
      return ground + labels.map { .text($0) }
    }
    return Scene(
      width: canvas.width, height: canvas.height, title: title, description: description,
      marks: background + data + marks + labels)
  }

  // MARK: - Places

  private func y(_ share: Double) -> Double {
    plot.top + (1 - min(max(share, lowest), 1)) / (1 - lowest) * plot.height
  }

  private func level(_ share: Double) -> [Point] {
    [Point(plot.left, y(share)), Point(plot.right, y(share))]
  }

  /// A window's part of the plot, at least two pixels wide so that it is seen.
  private func box(of window: Window) -> Box {
    let left = scale.x(window.start)
    let right = min(max(scale.x(window.end), left + 2), plot.right)
    return Box(left: left, top: plot.top, right: right, bottom: plot.bottom)
  }

  private func stillToCome() -> Box? {
    guard chart.now < chart.domain.end else { return nil }
    let left = max(scale.x(chart.now), plot.left)
    return Box(left: left, top: plot.top, right: plot.right, bottom: plot.bottom)
  }

  private func ground(of box: Box, shade: Box?, under: Box?) -> Paint {
    if let under, under.holds(box) { return .badTint }
    if let shade, shade.holds(box) { return .surface }
    return .page
  }

  /// Whole percents with a grid line.
  private static func ticks(downTo lowest: Double) -> [Int] {
    stride(from: 100, through: -100, by: -25).filter { Double($0) / 100 >= lowest }
  }

  // MARK: - Axis

  private mutating func axis(_ ticks: [TimeTick]) -> [Mark] {
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

  private mutating func name(_ ticks: [TimeTick]) {
    var first = true
    for tick in ticks {
      guard let label = tick.label else { continue }
      let x = scale.x(tick.at)
      let top = plot.bottom + 8
      let middle = LabelBoard.Place(x: x, y: top, anchor: .middle)
      let start = LabelBoard.Place(x: x, y: top)
      let end = LabelBoard.Place(x: x, y: top, anchor: .end)
      let near = first && x - plot.left < 40
      board.place(
        [LabelBoard.Line(label, paint: .axis)],
        at: near ? [start] : x > plot.right - 40 ? [middle, end] : [middle, start])
      first = false
    }
  }

  private mutating func clockChanges(avoiding ticks: [TimeTick]) -> [Mark] {
    let top = plot.bottom + 8
    for tick in ticks where tick.label != nil {
      let x = scale.x(tick.at)
      let near = x - plot.left < 40
      board.avoid(
        Box(left: near ? x : x - 22, top: top, right: near ? x + 60 : x + 22, bottom: top + 12),
        cost: near ? 10 : 1)
    }
    let changes = chart.zone.changes(in: chart.domain)
    // Years of changes would fill the axis with triangles that name nothing.
    guard changes.count <= 4 else { return [] }
    return changes.map { change in
      let x = scale.x(change.at)
      let side = plot.bottom
      board.place(
        [LabelBoard.Line(Wording.clocks(shift: change.shift), size: 10, paint: .s4)],
        at: [
          .init(x: x - 6, y: top, anchor: .end), .init(x: x + 6, y: top),
          .init(x: x, y: top, anchor: .middle),
        ])
      return .polygon(
        [Point(x, side + 1), Point(x + 3.5, side + 7), Point(x - 3.5, side + 7)], .s4)
    }
  }

  // MARK: - Data

  private mutating func lines() -> [Mark] {
    var found: [Mark] = []
    if chart.even {
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
      for points in drawn {
        for (from, to) in zip(points, points.dropFirst()) {
          board.avoid(
            Box(
              left: min(from.x, to.x) - 2, top: min(from.y, to.y) - 2, right: max(from.x, to.x) + 2,
              bottom: max(from.y, to.y) + 2), cost: Self.dataCost)
        }
      }
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
      avoid(points, cost: 2)
    }
    return found
  }

  /// Makes labels keep off a slanted line, in pieces.
  private mutating func avoid(_ ends: [Point], cost: Int) {
    guard let from = ends.first, let to = ends.last else { return }
    let count = 40
    for piece in 0..<count {
      let (one, two) = (Double(piece) / Double(count), Double(piece + 1) / Double(count))
      let (left, right) = (from.x + one * (to.x - from.x), from.x + two * (to.x - from.x))
      let (high, low) = (from.y + one * (to.y - from.y), from.y + two * (to.y - from.y))
      board.avoid(
        Box(left: left, top: min(high, low), right: right, bottom: max(high, low) + 0.5), cost: cost
      )
    }
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
        board.place(
          [LabelBoard.Line(text, bold: true, paint: .badText)],
          at: [
            .init(x: x - 8, y: plot.bottom - 4, anchor: .end, above: true),
            .init(x: x + 8, y: plot.bottom - 4, above: true),
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

  // MARK: - Labels

  private static func endLines(_ chart: DepletionChart, _ metrics: any TextMetrics)
    -> [LabelBoard.Line]
  {
    [
      LabelBoard.Line(
        metrics.shortened(chart.endLabel, to: 134, size: 13, bold: true), size: 13, bold: true,
        paint: chart.endPaint.text),
      LabelBoard.Line(
        metrics.shortened(chart.endDetail ?? "", to: 134, size: 11, bold: false), paint: .ink2),
    ]
  }

  private mutating func placeEnd(beside end: Point) {
    let (x, y) = (end.x, end.y)
    var places: [LabelBoard.Place] = []
    if chart.now >= chart.domain.end, wide {
      places += [0, -8, 8, -16].map { .init(x: x + 9, y: y + $0, centred: true) }
    }
    for lift in [6.0, 18, 30] {
      places += [
        .init(x: x + 10, y: y - lift, above: true),
        .init(x: x - 8, y: y - lift, anchor: .end, above: true),
        .init(x: x + 10, y: y + lift), .init(x: x - 8, y: y + lift, anchor: .end),
      ]
    }
    places.append(.init(x: plot.right, y: y - 8, anchor: .end, above: true))
    places.append(.init(x: plot.right, y: y + 8, anchor: .end))
    board.place(Self.endLines(chart, board.metrics), at: places)
  }

  private static func lines(_ threshold: DepletionChart.Threshold, _ metrics: any TextMetrics)
    -> [LabelBoard.Line]
  {
    [
      LabelBoard.Line(
        metrics.shortened(threshold.label, to: 134, size: 11, bold: true), bold: true,
        paint: .warnText),
      LabelBoard.Line(
        metrics.shortened(threshold.detail, to: 134, size: 11, bold: false), paint: .ink2),
    ]
  }

  private mutating func threshold() -> [Mark] {
    guard let threshold = chart.threshold, threshold.share.isFinite,
      (lowest...1).contains(threshold.share)
    else { return [] }
    let y = y(threshold.share)
    if wide {
      let shifts = [0.0, -6, 6, -12, 12, -20, 20, -30, 30, -40]
      board.place(
        Self.lines(threshold, board.metrics),
        at: shifts.map { .init(x: plot.right + 8, y: y + $0, centred: true) })
    } else {
      let text = board.metrics.shortened(
        "\(threshold.label) \(threshold.detail)", to: plot.width - 20, size: 11, bold: true)
      board.place(
        [LabelBoard.Line(text, bold: true, paint: .warnText)],
        at: [
          .init(x: plot.left + 6, y: y - 4, above: true),
          .init(x: plot.right - 6, y: y - 4, anchor: .end, above: true),
          .init(x: plot.left + 6, y: y + 4), .init(x: plot.right - 6, y: y + 4, anchor: .end),
        ], below: Self.dataCost)
    }
    avoid([Point(plot.left, y), Point(plot.right, y)], cost: 1)
    return [.lines([[Point(plot.left, y), Point(plot.right, y)]], Stroke(.warn, width: 1.3))]
  }

  private mutating func highlight() -> [Mark] {
    guard let highlight = chart.highlight, let part = highlight.window.clipped(to: chart.domain)
    else { return [] }
    let (left, right) = (scale.x(part.start), scale.x(part.end))
    let text = board.metrics.shortened(
      highlight.label, to: plot.width / 2, size: 11, bold: true)
    let line = LabelBoard.Line(text, bold: true, paint: .ink)
    let half = board.width(line) / 2
    let middle = min(max((left + right) / 2, canvas.left + half), canvas.right - half)
    board.place([line], at: [.init(x: middle, y: plot.top - 11, anchor: .middle, above: true)])
    let bracket = [
      Point(left, plot.top - 2), Point(left, plot.top - 8), Point(right, plot.top - 8),
      Point(right, plot.top - 2),
    ]
    return [.lines([bracket], Stroke(.ink, width: 1.4))]
  }

  private mutating func noData(in box: Box) {
    let detail = LabelBoard.Line(
      board.metrics.shortened(
        chart.endDetail ?? "", to: plot.width - 20, size: 11, bold: false), paint: .ink2)
    let lines = [LabelBoard.Line("No data", size: 13, bold: true, paint: .ink), detail]
    board.place(
      lines,
      at: [
        .init(x: box.centre.x, y: box.centre.y, anchor: .middle, centred: true),
        .init(x: plot.left + 8, y: box.centre.y, centred: true),
        .init(x: plot.right - 8, y: box.centre.y, anchor: .end, centred: true),
      ])
  }

  /// Names the three longest gaps with their length.
  private mutating func nameGaps() {
    let longest = gaps.sorted { ($0.length, $1.start) > ($1.length, $0.start) }.prefix(3)
    for gap in longest {
      let box = box(of: gap)
      let lines = [
        LabelBoard.Line("no data", paint: .noneText),
        LabelBoard.Line(
          Wording.duration(seconds: gap.length.components.seconds), paint: .noneText),
      ]
      let half = lines.reduce(0) { max($0, board.width($1)) } / 2 + 2
      let middle = min(max(box.centre.x, plot.left + half), plot.right - half)
      board.place(
        lines,
        at: [
          .init(x: middle, y: plot.bottom - 5, anchor: .middle, above: true),
          .init(x: middle, y: plot.bottom - 36, anchor: .middle, above: true),
          .init(x: middle, y: plot.top + 5, anchor: .middle),
          .init(x: middle, y: plot.centre.y, anchor: .middle, centred: true),
        ], below: Self.dataCost)
    }
  }

  private mutating func nameDrops() {
    for drop in chart.drops where chart.domain.contains(drop.at) && drop.at <= chart.now {
      // A fall takes its time: what is lost within a fiftieth of the axis belongs to it.
      let later = drop.at + .nanoseconds(chart.domain.length.nanoseconds / 50)
      guard let before = line.value(at: drop.at - .nanoseconds(1)),
        let after = line.value(at: min(later, chart.now))
      else { continue }
      let text = board.metrics.shortened(
        drop.label, to: plot.width * 0.6, size: 11, bold: true)
      let (high, low) = (y(max(before, after)), y(min(before, after)))
      let (left, right) = (scale.x(drop.at) - 9, scale.x(later) + 5)
      var places: [LabelBoard.Place] = []
      for part in [0.4, 0.6, 0.25, 0.75, 0.1, 0.9] {
        let y = high + part * (low - high)
        places.append(.init(x: right, y: y, centred: true))
        places.append(.init(x: left, y: y, anchor: .end, centred: true))
      }
      places.append(.init(x: right - 8, y: high - 5, above: true))
      places.append(.init(x: left, y: low + 5, anchor: .end))
      board.place(
        [LabelBoard.Line(text, bold: true, paint: .ink)], at: places, below: Self.dataCost)
    }
  }
}
