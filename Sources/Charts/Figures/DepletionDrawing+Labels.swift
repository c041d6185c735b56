import Model

/// What is said inside and beside the plot.
extension DepletionDrawing {
  static func endLines(_ chart: DepletionChart, _ metrics: any TextMetrics)
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

  /// Names the end, with a thin line to it if there is no room beside it.
  mutating func placeEnd(beside end: Point) -> [Mark] {
    let (x, y) = (end.x, end.y)
    var places: [LabelBoard.Place] = []
    if chart.now >= chart.domain.end, wide {
      places += [0, -8, 8, -16].map { .init(x: x + 9, y: y + $0, centred: true) }
    }
    for (lift, cost) in [
      (6.0, 0), (18, 2), (30, 4), (44, 6), (60, 8), (80, 10), (100, 12), (125, 14),
    ] {
      places += [
        .init(x: x + 10, y: y - lift, above: true, cost: cost),
        .init(x: x - 8, y: y - lift, anchor: .end, above: true, cost: cost),
        .init(x: x + 10, y: y + lift, cost: cost),
        .init(x: x - 8, y: y + lift, anchor: .end, cost: cost),
      ]
    }
    places.append(.init(x: plot.right, y: y - 8, anchor: .end, above: true, cost: 50))
    places.append(.init(x: plot.right, y: y + 8, anchor: .end, cost: 50))
    let placed = frame.board.place(Self.endLines(chart, frame.board.metrics), at: places)
    return placed ? frame.leader(from: end, radius: 5) : []
  }

  static func lines(_ threshold: DepletionChart.Threshold, _ metrics: any TextMetrics)
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

  mutating func threshold() -> [Mark] {
    guard let threshold = chart.threshold,
      (lowest...1).contains(threshold.share)
    else { return [] }
    let y = y(threshold.share)
    if wide {
      let shifts = [0.0, -6, 6, -12, 12, -20, 20, -30, 30, -40]
      frame.board.place(
        Self.lines(threshold, frame.board.metrics),
        at: shifts.map { .init(x: plot.right + 8, y: y + $0, centred: true) })
    } else {
      for text in ["\(threshold.label) \(threshold.detail)", threshold.label] {
        let short = frame.board.metrics.shortened(text, to: plot.width - 20, size: 11, bold: true)
        let done = frame.board.place(
          [LabelBoard.Line(short, bold: true, paint: .warnText)],
          at: [
            .init(x: plot.left + 6, y: y - 4, above: true),
            .init(x: plot.right - 6, y: y - 4, anchor: .end, above: true),
            .init(x: plot.left + 6, y: y + 4), .init(x: plot.right - 6, y: y + 4, anchor: .end),
          ], below: PlotFrame.dataCost)
        if done { break }
      }
    }
    return [.lines([frame.across(y)], Stroke(.warn, width: 1.3))]
  }

  mutating func highlight() -> [Mark] {
    guard let highlight = chart.highlight, let part = highlight.window.clipped(to: chart.domain)
    else { return [] }
    let (left, right) = (frame.scale.x(part.start), frame.scale.x(part.end))
    let text = frame.board.metrics.shortened(
      highlight.label, to: plot.width / 2, size: 11, bold: true)
    let line = LabelBoard.Line(text, bold: true, paint: .ink)
    let half = frame.board.width(line) / 2
    let middle = min(max((left + right) / 2, frame.canvas.left + half), frame.canvas.right - half)
    frame.board.place(
      [line], at: [.init(x: middle, y: plot.top - 11, anchor: .middle, above: true)])
    let bracket = [
      Point(left, plot.top - 2), Point(left, plot.top - 8), Point(right, plot.top - 8),
      Point(right, plot.top - 2),
    ]
    return [.lines([bracket], Stroke(.ink, width: 1.4))]
  }

  mutating func nameDrops() {
    for (drop, before, after, start, end) in falls {
      func text(_ text: String, bold: Bool) -> String {
        frame.board.metrics.shortened(text, to: plot.width * 0.6, size: 11, bold: bold)
      }
      let name = LabelBoard.Line(text(drop.label, bold: true), bold: true, paint: .ink)
      let detail = LabelBoard.Line(text(drop.detail ?? "", bold: false), paint: .ink2)
      let (high, low) = (y(max(before, after)), y(min(before, after)))
      let (left, right) = (start - 9, end + 5)
      for lines in [[name, detail], [name]] {
        let width = frame.board.width(lines)
        let cost = right + width > plot.right ? 5 : 0
        var places: [LabelBoard.Place] = []
        for part in [0.4, 0.6, 0.25, 0.75, 0.1, 0.9] {
          let y = high + part * (low - high)
          places.append(.init(x: right, y: y, centred: true, cost: cost))
          places.append(.init(x: left, y: y, anchor: .end, centred: true))
        }
        places.append(.init(x: right - 8, y: high - 5, above: true, cost: cost))
        places.append(.init(x: left, y: low + 5, anchor: .end))
        if frame.board.place(lines, at: places, below: PlotFrame.dataCost) { break }
      }
    }
  }

  /// Says at the hollow dot that nothing is left from then on.
  mutating func nameCrossing(at point: Point, _ moment: String) -> [Mark] {
    let (x, y) = (point.x, point.y)
    var places: [LabelBoard.Place] = []
    for (away, cost) in [(6.0, 0), (20, 3), (36, 6)] {
      places += [
        .init(x: x + 2 + away, y: y - away, above: true, cost: cost),
        .init(x: x - 2 - away, y: y + away, anchor: .end, cost: cost),
        .init(x: x - 2 - away, y: y - away, anchor: .end, above: true, cost: cost),
        .init(x: x + 2 + away, y: y + away, cost: cost),
      ]
    }
    let name = LabelBoard.Line("Used up", bold: true, paint: .ink)
    for lines in [[name, LabelBoard.Line(moment, paint: .ink2)], [name]] {
      if frame.board.place(lines, at: places, below: PlotFrame.dataCost) {
        return frame.leader(from: point, radius: 4)
      }
    }
    return []
  }

  mutating func nameGrounds(_ shade: Box?, _ under: Box?) {
    if let under {
      let (bottom, top) = (under.bottom - 5, under.top + 5)
      frame.board.place(
        [LabelBoard.Line("overspent", bold: true, paint: .badText)],
        at: [
          .init(x: under.left + 8, y: bottom, above: true), .init(x: under.left + 8, y: top),
          .init(x: under.right - 8, y: bottom, anchor: .end, above: true),
          .init(x: under.right - 8, y: top, anchor: .end),
        ], below: PlotFrame.dataCost)
    }
    if let shade {
      frame.board.place(
        [LabelBoard.Line("still to come", paint: .ink2)],
        at: [
          .init(x: shade.left + 8, y: shade.top + 6),
          .init(x: shade.left + 8, y: shade.bottom - 6, above: true),
        ], below: PlotFrame.dataCost)
    }
  }

  /// Names the dashed line where its label covers nothing at all.
  mutating func nameEvenSpending() {
    guard chart.even, !covered.isEmpty, line.steps.count > 1 else { return }
    let places = [0.3, 0.2, 0.4, 0.15, 0.5, 0.6, 0.7, 0.8].flatMap { part -> [LabelBoard.Place] in
      let x = plot.left + part * plot.width
      let y = y(1 - part)
      return [
        .init(x: x - 2, y: y + 2, anchor: .end), .init(x: x + 2, y: y - 2, above: true),
      ]
    }
    frame.board.place([LabelBoard.Line("even spending", paint: .ink2)], at: places, below: 1)
  }
}
