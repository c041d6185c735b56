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

  mutating func placeEnd(beside end: Point) {
    let (x, y) = (end.x, end.y)
    var places: [LabelBoard.Place] = []
    if chart.now >= chart.domain.end, wide {
      places += [0, -8, 8, -16].map { .init(x: x + 9, y: y + $0, centred: true) }
    }
    for (lift, cost) in [(6.0, 0), (18, 2), (30, 4), (44, 6), (60, 8)] {
      places += [
        .init(x: x + 10, y: y - lift, above: true, cost: cost),
        .init(x: x - 8, y: y - lift, anchor: .end, above: true, cost: cost),
        .init(x: x + 10, y: y + lift, cost: cost),
        .init(x: x - 8, y: y + lift, anchor: .end, cost: cost),
      ]
    }
    places.append(.init(x: plot.right, y: y - 8, anchor: .end, above: true, cost: 50))
    places.append(.init(x: plot.right, y: y + 8, anchor: .end, cost: 50))
    board.place(Self.endLines(chart, board.metrics), at: places)
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
      board.place(
        Self.lines(threshold, board.metrics),
        at: shifts.map { .init(x: plot.right + 8, y: y + $0, centred: true) })
    } else {
      for text in ["\(threshold.label) \(threshold.detail)", threshold.label] {
        let short = board.metrics.shortened(text, to: plot.width - 20, size: 11, bold: true)
        let done = board.place(
          [LabelBoard.Line(short, bold: true, paint: .warnText)],
          at: [
            .init(x: plot.left + 6, y: y - 4, above: true),
            .init(x: plot.right - 6, y: y - 4, anchor: .end, above: true),
            .init(x: plot.left + 6, y: y + 4), .init(x: plot.right - 6, y: y + 4, anchor: .end),
          ], below: Self.dataCost)
        if done { break }
      }
    }
    return [.lines([level(threshold.share)], Stroke(.warn, width: 1.3))]
  }

  mutating func highlight() -> [Mark] {
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

  mutating func noData(in box: Box) {
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
  mutating func nameGaps() {
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

  mutating func nameDrops() {
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
      let width = board.width(LabelBoard.Line(text, bold: true, paint: .ink))
      let cost = right + width > plot.right ? 5 : 0
      var places: [LabelBoard.Place] = []
      for part in [0.4, 0.6, 0.25, 0.75, 0.1, 0.9] {
        let y = high + part * (low - high)
        places.append(.init(x: right, y: y, centred: true, cost: cost))
        places.append(.init(x: left, y: y, anchor: .end, centred: true))
      }
      places.append(.init(x: right - 8, y: high - 5, above: true, cost: cost))
      places.append(.init(x: left, y: low + 5, anchor: .end))
      board.place(
        [LabelBoard.Line(text, bold: true, paint: .ink)], at: places, below: Self.dataCost)
    }
  }
}
