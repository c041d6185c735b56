import Model

/// A plot over time: its place in the drawing, its axes, what is missing in it, and the labels.
struct PlotFrame {
  /// A level with a line across the plot and its name at the axis.
  struct Level {
    let y: Double
    let label: String
  }

  /// What a label costs that covers the data; other lines cost 1 to 3.
  static let dataCost = 100

  let canvas: Box
  let plot: Box
  let scale: TimeScale
  let zone: ZoneOffsets
  /// Coloured parts of the plot, the lowest first; a label's ground takes their colours.
  var grounds: [(box: Box, paint: Paint)] = []
  var board: LabelBoard

  init(
    canvas: Box, plot: Box, domain: Window, zone: ZoneOffsets, metrics: any TextMetrics
  ) {
    self.canvas = canvas
    self.plot = plot
    self.zone = zone
    scale = TimeScale(domain: domain, left: plot.left, right: plot.right)
    board = LabelBoard(bounds: canvas, metrics: metrics)
    // Labels of the plot keep off both axes; what names an axis has no other place and pays.
    let below = Box(left: 0, top: plot.bottom - 2, right: plot.right, bottom: canvas.bottom)
    board.avoid([below], cost: 1000)
    board.avoid([Box(left: 0, top: 0, right: plot.left, bottom: plot.bottom)], cost: 500)
  }

  // MARK: - Places

  /// A window's part of the plot, at least two pixels wide so that it is seen.
  func box(of window: Window) -> Box {
    let left = min(max(scale.x(window.start), plot.left), plot.right - 2)
    let right = min(max(scale.x(window.end), left + 2), plot.right)
    return Box(left: left, top: plot.top, right: right, bottom: plot.bottom)
  }

  /// The line across the plot.
  func across(_ y: Double) -> [Point] { [Point(plot.left, y), Point(plot.right, y)] }

  /// Makes labels keep off a line, which is covered by small boxes.
  mutating func avoid(_ points: [Point], cost: Int) {
    board.avoid(Self.boxes(along: points, grown: 0.5), cost: cost)
  }

  static func boxes(along points: [Point], grown margin: Double) -> [Box] {
    zip(points, points.dropFirst()).flatMap { from, to -> [Box] in
      // An upright or level piece is its own box.
      let slope = min(abs(to.x - from.x), abs(to.y - from.y))
      let count = Int(min(max(slope / 4, 1), 40).rounded(.up))
      func point(_ index: Int) -> Point {
        let part = Double(index) / Double(count)
        return Point(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y))
      }
      return (0..<count).map { index in
        let (one, two) = (point(index), point(index + 1))
        return Box(
          left: min(one.x, two.x), top: min(one.y, two.y), right: max(one.x, two.x),
          bottom: max(one.y, two.y)
        ).grown(by: margin)
      }
    }
  }

  // MARK: - Axes

  /// Level lines, none on the lower edge, with their names left of the plot.
  mutating func grid(_ levels: [Level]) -> [Mark] {
    for level in levels {
      board.place(
        [LabelBoard.Line(level.label, paint: .axis)],
        at: [.init(x: plot.left - 6, y: level.y, anchor: .end, centred: true)])
    }
    let lines = levels.filter { $0.y < plot.bottom - 0.5 }.map { across($0.y) }
    return [.lines(lines, Stroke(.grid))]
  }

  /// The time axis: first its first label, then the changes of the clock, then the other labels.
  ///
  /// - Parameter withClocks: changes of the clock are named; for values of whole days they mean nothing.
  /// - Returns: the marks that are not labels.
  mutating func timeAxis(withClocks: Bool = true) -> [Mark] {
    let ticks = TimeTick.ticks(in: scale.domain, zone: zone)
    let named = named(ticks)
    for tick in named.prefix(1) { name(tick) }
    let triangles = withClocks ? nameClockChanges(besides: named) : []
    for tick in named.dropFirst() { name(tick) }
    return [axisLine(ticks)] + triangles
  }

  func axisLine(_ ticks: [TimeTick]) -> Mark {
    let lines = ticks.map { tick in
      let x = scale.x(tick.at)
      return [Point(x, plot.bottom), Point(x, plot.bottom + (tick.label == nil ? 3 : 6))]
    }
    return .lines([across(plot.bottom)] + lines, Stroke(.axis))
  }

  private typealias Named = (x: Double, line: LabelBoard.Line)

  /// The ticks whose labels keep clear of each other: the first and every one, second or third of the rest.
  private func named(_ ticks: [TimeTick]) -> [Named] {
    let all: [Named] = ticks.compactMap { tick in
      tick.label.map { (scale.x(tick.at), LabelBoard.Line($0, paint: .axis)) }
    }
    func areApart(_ one: Named, _ other: Named) -> Bool {
      other.x - one.x >= (board.width(one.line) + board.width(other.line)) / 2 + 8
    }
    guard let first = all.first else { return [] }
    // An axis that begins between two Mondays counts from the first one that is clear of its beginning.
    let isRegular = all.count < 3 || all[1].x - all[0].x > 0.8 * (all[2].x - all[1].x)
    let rest = isRegular ? all[...] : all.dropFirst().drop { !areApart(first, $0) }
    for step in 1...all.count {
      let kept = stride(from: rest.startIndex, to: rest.endIndex, by: step).map { rest[$0] }
      if zip(kept, kept.dropFirst()).allSatisfy(areApart) {
        return isRegular ? kept : [first] + kept
      }
    }
    return [first]
  }

  private var underAxis: Double { plot.bottom + 10 }

  /// Centred on its tick, at most pushed back into the drawing, or aside by the name of a clock change.
  private mutating func name(_ tick: Named) {
    let half = board.width(tick.line) / 2 + 0.5
    let x = min(max(tick.x, canvas.left + half), canvas.right - half)
    board.place(
      [tick.line],
      at: [
        .init(x: x, y: underAxis, anchor: .middle),
        .init(x: x + 9, y: underAxis, anchor: .middle, cost: 1),
      ])
  }

  /// A triangle at each change, which is named where it hits the fewest other labels.
  private mutating func nameClockChanges(besides named: [Named]) -> [Mark] {
    let changes = zone.changes(in: scale.domain)
    // Years of changes would fill the axis with triangles that name nothing.
    guard changes.count <= 4 else { return [] }
    return changes.map { change in
      let x = scale.x(change.at)
      let line = LabelBoard.Line(Wording.clocks(shift: change.shift), size: 10, paint: .s4)
      let width = board.width(line)
      func hits(from left: Double) -> Int {
        named.count { tick in
          let half = board.width(tick.line) / 2 + LabelBoard.distance
          return left - half < tick.x && tick.x < left + width + half
        }
      }
      board.place(
        [line],
        at: [
          .init(x: x - 5, y: underAxis, anchor: .end, cost: hits(from: x - 5 - width)),
          .init(x: x + 5, y: underAxis, cost: hits(from: x + 5)),
          .init(x: x, y: underAxis, anchor: .middle, cost: hits(from: x - width / 2)),
        ])
      let apex = Point(x, plot.bottom + 1)
      return .polygon([apex, Point(x + 3.5, apex.y + 6), Point(x - 3.5, apex.y + 6)], .s4)
    }
  }

  // MARK: - What is missing

  mutating func hatching(_ windows: [Window]) -> [Mark] {
    let boxes = windows.map(box)
    board.avoid(boxes, cost: 1)
    let lines = boxes.flatMap { $0.hatching() }
    return lines.isEmpty ? [] : [.lines(lines, Stroke(.none, width: 0.8))]
  }

  /// Names the three longest gaps with their length, where no data are covered.
  mutating func nameGaps(
    _ gaps: [Window], length: (Window) -> String = { Wording.duration($0.length) }
  ) {
    let longest = gaps.sorted { ($0.length, $1.start) > ($1.length, $0.start) }.prefix(3)
    for gap in longest {
      let box = box(of: gap)
      let lines = [
        LabelBoard.Line("no data", paint: .noneText),
        LabelBoard.Line(length(gap), paint: .noneText),
      ]
      let half = board.width(lines) / 2 + 2
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

  /// Says in the middle of `box`, which may be too narrow for it, why nothing is drawn.
  mutating func nameAbsence(_ title: String, _ detail: String, in box: Box) {
    func line(_ text: String, size: Double, bold: Bool, _ paint: Paint) -> LabelBoard.Line {
      let short = board.metrics.shortened(text, to: plot.width - 20, size: size, bold: bold)
      return LabelBoard.Line(short, size: size, bold: bold, paint: paint)
    }
    board.place(
      [
        line(title, size: 13, bold: true, .ink), line(detail, size: 11, bold: false, .ink2),
      ],
      at: [
        .init(x: box.centre.x, y: box.centre.y, anchor: .middle, centred: true),
        .init(x: plot.left + 8, y: box.centre.y, centred: true, cost: 2),
        .init(x: plot.right - 8, y: box.centre.y, anchor: .end, centred: true, cost: 2),
      ])
  }

  // MARK: - Labels

  /// A thin line from a mark to the last label placed, if that is off its place.
  func leader(from point: Point, radius: Double) -> [Mark] {
    guard let box = board.placed.last?.box else { return [] }
    let end = Point(
      min(max(point.x, box.left), box.right), min(max(point.y, box.top), box.bottom))
    let (across, down) = (end.x - point.x, end.y - point.y)
    let length = (across * across + down * down).squareRoot()
    guard length > radius + 14 else { return [] }
    let start = Point(point.x + across / length * radius, point.y + down / length * radius)
    return [.lines([[start, end]], Stroke(.ink2, width: 0.8))]
  }

  /// The coloured parts as marks.
  func painted() -> [Mark] { grounds.map { .rectangle($0.box, $0.paint) } }

  /// The labels, those in the plot on a ground of its colours.
  func words() -> [Mark] {
    board.placed.flatMap { box, labels -> [Mark] in
      let words = labels.map { Mark.text($0) }
      guard plot.overlaps(box) else { return words }
      let ground = box.grown(by: 1.5)
      let parts = grounds.compactMap { area, paint in
        ground.clipped(to: area).map { Mark.rectangle($0, paint) }
      }
      return [.rectangle(ground, .page)] + parts + words
    }
  }
}
