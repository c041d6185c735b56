import Model

/// The layout of one ``SpanChart``.
struct SpanDrawing {
  /// A bar with its place.
  private struct Placed {
    let bar: SpanChart.Bar
    let box: Box
  }

  /// A row's title and the lanes that its bars are stacked in.
  private struct Band {
    let title: String
    let top: Double
    /// The middle of the first lane.
    let middle: Double
    let bars: [Placed]
  }

  /// From one lane to the next.
  private static let lane = 18.0
  /// More bars at once than this share the lane that is free first.
  private static let lanes = 20

  let chart: SpanChart
  let wide: Bool
  private let bands: [Band]
  private var frame: PlotFrame

  init(chart: SpanChart, size: ChartSize, metrics: any TextMetrics) {
    self.chart = chart
    wide = size == .wide
    var left = 2.0
    if wide {
      let titles = chart.rows.map { metrics.width(of: $0.title, size: 11, bold: false) }
      left = min((titles.max() ?? 0).rounded(.up), 200) + 12
    }
    // An arrow's tip leaves the plot.
    let right = size.width - 10
    let scale = TimeScale(domain: chart.domain, left: left, right: right)
    var bands: [Band] = []
    var top = 2.0
    let (title, height) = wide ? (0.0, 28.0) : (18.0, 44.0)
    for row in chart.rows {
      let middle = top + title + (height - title) / 2
      let (bars, lanes) = Self.stack(row.bars, from: middle, on: scale, in: chart.domain)
      bands.append(Band(title: row.title, top: top, middle: middle, bars: bars))
      top += height + Double(lanes - 1) * Self.lane
    }
    if bands.isEmpty { top += height }
    self.bands = bands
    frame = PlotFrame(
      canvas: Box(left: 0, top: 0, right: size.width, bottom: top + 30),
      plot: Box(left: left, top: 2, right: right, bottom: top), domain: chart.domain,
      zone: chart.zone, metrics: metrics)
  }

  /// The bars inside the domain, each in the first lane where no other is in its way.
  private static func stack(
    _ bars: [SpanChart.Bar], from middle: Double, on scale: TimeScale, in domain: Window
  ) -> (bars: [Placed], lanes: Int) {
    var ends: [Double] = []
    var placed: [Placed] = []
    for bar in bars where bar.window.clipped(to: domain) != nil || domain.contains(bar.window.start)
    {
      let left = min(max(scale.x(bar.window.start), scale.left), scale.right - 4)
      let end = bar.isOpen ? scale.right : min(scale.x(bar.window.end), scale.right)
      let right = max(end, left + 4)
      var lane = ends.firstIndex { $0 + 2 <= left } ?? ends.count
      if lane == lanes { lane = ends.indices.min { ends[$0] < ends[$1] } ?? 0 }
      if lane == ends.count { ends.append(right) } else { ends[lane] = right }
      let y = middle + Double(lane) * Self.lane
      placed.append(
        Placed(bar: bar, box: Box(left: left, top: y - 7, right: right, bottom: y + 7)))
    }
    return (placed, max(ends.count, 1))
  }

  mutating func scene(title: String, description: String) -> Scene {
    let plot = frame.plot
    let rules = bands.map { [Point(0, $0.top), Point(plot.right, $0.top)] }
    let hatches = frame.hatching(gaps)
    var marks: [Mark] = [.boxes(weekends(), .surface, edge: nil, radius: 0)]
    marks += hatches + [.lines(rules, Stroke(.grid))]
    for band in bands { name(band) }
    marks += frame.timeAxis()
    let placed = bands.flatMap(\.bars)
    for weight in SpanChart.Bar.Weight.allCases {
      marks += shapes(placed.filter { $0.bar.weight == weight }, weight)
    }
    let inside = nameBars(placed)
    if placed.isEmpty { nameAbsence() }
    frame.nameGaps(gaps)
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: marks + words() + inside)
  }

  private var gaps: [Window] { WindowSet(chart.gaps).clipped(to: chart.domain).windows }

  /// Saturdays and Sundays, as long as a day is wide enough to be seen.
  private func weekends() -> [Box] {
    let days = Double(chart.domain.length.nanoseconds) / 86_400e9
    guard frame.plot.width >= 3 * days else { return [] }
    var found: [Box] = []
    var date = chart.zone.date(at: chart.domain.start)
    while chart.zone.start(of: date) < chart.domain.end {
      let next = date.adding(days: 1)
      let day = Window(start: chart.zone.start(of: date), end: chart.zone.start(of: next))
      if date.weekday > 5, let part = day.clipped(to: chart.domain) {
        found.append(frame.box(of: part))
      }
      date = next
    }
    return found
  }

  /// A band's title beside its first lane, or above it.
  private mutating func name(_ band: Band) {
    let room = wide ? frame.plot.left - 8 : frame.plot.right
    let title = frame.board.metrics.shortened(band.title, to: room, size: 11, bold: false)
    let place: LabelBoard.Place =
      wide ? .init(x: 0, y: band.middle, centred: true) : .init(x: 0, y: band.top + 3)
    frame.board.place([.init(title, paint: .ink)], at: [place])
  }

  private mutating func shapes(_ placed: [Placed], _ weight: SpanChart.Bar.Weight) -> [Mark] {
    let (fill, edge): (Paint, Paint) =
      switch weight {
      case .heavy: (.d5, .d5)
      case .middle: (.d4, .d4)
      case .light: (.d3, .d3Edge)
      }
    for one in placed { frame.board.take(one.box) }
    let stroke = Stroke(edge, width: 0.8)
    let closed = placed.filter { !$0.bar.isOpen }.map(\.box)
    let arrows = placed.filter(\.bar.isOpen).map(\.box).flatMap { box -> [Mark] in
      let outline = [
        Point(box.left, box.top), Point(box.right, box.top), Point(box.right + 6, box.centre.y),
        Point(box.right, box.bottom), Point(box.left, box.bottom),
      ]
      return [.polygon(outline, fill), .lines([outline + outline.prefix(1)], stroke)]
    }
    return [.boxes(closed, fill, edge: stroke, radius: 1)] + arrows
  }

  /// Labels right of their bars or left of them, open and heavy ones first.
  ///
  /// What finds no room there is written into its bar, or left out.
  private mutating func nameBars(_ placed: [Placed]) -> [Mark] {
    // An open bar has room at one side only.
    let ranked = placed.sorted { one, other in
      func rank(_ placed: Placed) -> (Int, Int, Int, Double) {
        let weight = SpanChart.Bar.Weight.allCases.firstIndex(of: placed.bar.weight) ?? 0
        return (placed.bar.isOpen ? 0 : 1, weight, placed.bar.standsOut ? 0 : 1, placed.box.left)
      }
      return rank(one) < rank(other)
    }

    var inside: [Mark] = []
    for one in ranked {
      let (box, bold) = (one.box, one.bar.standsOut)
      let text = frame.board.metrics.shortened(
        one.bar.label, to: frame.plot.width * 0.7, size: 11, bold: bold)
      let isPlaced = frame.board.place(
        [.init(text, bold: bold, paint: .ink)],
        at: [
          .init(x: box.right + 6, y: box.centre.y, centred: true),
          .init(x: box.left - 6, y: box.centre.y, anchor: .end, centred: true),
        ], below: PlotFrame.dataCost)
      guard !isPlaced,
        frame.board.metrics.width(of: text, size: 11, bold: bold) + 12 <= box.width
      else { continue }
      inside.append(
        .text(
          Label(
            text, at: Point(box.left + 6, box.centre.y + 4), bold: bold,
            paint: one.bar.weight == .light ? .d3Text : .page)))
    }
    return inside
  }

  /// Says in the middle that there is nothing to show.
  private mutating func nameAbsence() {
    let plot = frame.plot
    let text = frame.board.metrics.shortened(
      chart.empty, to: plot.width - 20, size: 13, bold: true)
    let rows = bands.isEmpty ? [plot.centre.y] : bands.map(\.middle)
    frame.board.place(
      [.init(text, size: 13, bold: true, paint: .ink)],
      at: rows.map { y in
        .init(
          x: plot.centre.x, y: y, anchor: .middle, centred: true,
          cost: Int(abs(y - plot.centre.y)))
      })
  }

  /// The labels, those on hatching on a ground of the page.
  private func words() -> [Mark] {
    let hatched = gaps.map(frame.box)
    let grounds = frame.board.placed.map { $0.box.grown(by: 1.5) }.filter { box in
      hatched.contains(where: box.overlaps)
    }
    return [.boxes(grounds, .page, edge: nil, radius: 0)]
      + frame.board.placed.flatMap { $0.labels.map { .text($0) } }
  }
}
