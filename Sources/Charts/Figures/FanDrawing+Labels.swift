import Model

/// What is said inside and beside the plot.
extension FanDrawing {
  /// The name of a limit, in its colour.
  static func name(_ level: Level) -> LabelBoard.Line {
    LabelBoard.Line(CleanText.of(level.label), bold: true, paint: level.limit.kind.paint.text)
  }

  static func end(_ chart: FanChart, _ metrics: any TextMetrics) -> [LabelBoard.Line] {
    guard let end = chart.end else { return [] }
    return [
      LabelBoard.Line(
        metrics.shortened(end.label, to: 120, size: 13, bold: true), size: 13, bold: true,
        paint: .s1),
      LabelBoard.Line(
        metrics.shortened(end.detail, to: 120, size: 11, bold: false), paint: .ink2),
    ]
  }

  private func isAtAxis(_ level: Level) -> Bool {
    level.isFirst && isShown(level.value)
      && frame.board.width(Self.name(level)) <= Self.longestName
  }

  // MARK: - Limits

  /// Names at the axis the limits that begin there.
  mutating func nameAtAxis() {
    for level in levels where isAtAxis(level) {
      let y = y(level.value)
      frame.board.place(
        [Self.name(level)],
        at: [0.0, -4, 4, -8, 8].map {
          .init(x: plot.left - 6, y: y + $0, anchor: .end, centred: true)
        })
    }
  }

  /// Names the limits beyond the axis in lanes at its edges, with an arrow to each.
  mutating func nameBeyond() -> [Mark] {
    var marks: [Mark] = []
    for isUp in [true, false] {
      let y = isUp ? plot.top + Self.lane / 2 - 1 : plot.bottom - Self.lane / 2
      var left = plot.left + 6
      var named: Set<String> = []
      for level in levels where !isShown(level.value) && isAbove(level.value) == isUp {
        let name = level.limit.crossing?.words.label ?? level.label
        guard named.insert(name).inserted else { continue }
        let text = frame.board.metrics.shortened(
          name, to: plot.width - 32, size: 11, bold: true)
        let start = max(left, frame.scale.x(level.window.start) + 6)
        let paint = level.limit.kind.paint
        let placed = frame.board.place(
          [LabelBoard.Line(text, bold: true, paint: paint.text)],
          at: [
            .init(x: start + 14, y: y, centred: true),
            .init(x: left + 14, y: y, centred: true, cost: 1),
          ])
        guard placed, let box = frame.board.placed.last?.box, box.right <= plot.right else {
          continue
        }
        let (tip, base) = isUp ? (y - 4, y + 4) : (y + 4, y - 4)
        let x = box.left - 8
        frame.board.take(Box(left: x - 5, top: y - 4, right: x + 5, bottom: y + 4))
        marks.append(.polygon([Point(x - 5, base), Point(x + 5, base), Point(x, tip)], paint))
        left = box.right + 10
      }
    }
    return marks
  }

  /// Names on its line each limit that is not named at the axis, and each level after the first.
  mutating func nameLevels() {
    for level in levels where isShown(level.value) && !isAtAxis(level) {
      let (from, to) = (frame.scale.x(level.window.start), frame.scale.x(level.window.end))
      let y = y(level.value)
      let text = frame.board.metrics.shortened(
        level.label, to: plot.width - 20, size: 11, bold: true)
      let up: [LabelBoard.Place] = [
        .init(x: from + 5, y: y - 4, above: true),
        .init(x: (from + to) / 2, y: y - 4, anchor: .middle, above: true, cost: 1),
        .init(x: to - 5, y: y - 4, anchor: .end, above: true, cost: 2),
      ]
      let down: [LabelBoard.Place] = [
        .init(x: from + 5, y: y + 4, cost: 3),
        .init(x: (from + to) / 2, y: y + 4, anchor: .middle, cost: 4),
        .init(x: to - 5, y: y + 4, anchor: .end, cost: 5),
      ]
      frame.board.place(
        [LabelBoard.Line(text, bold: true, paint: level.limit.kind.paint.text)], at: up + down,
        below: PlotFrame.dataCost)
    }
  }

  /// Says at the hollow dot, or at the bar, when the limit is met; at the line's start when that was before the axis.
  mutating func name(_ meeting: Meeting) -> [Mark] {
    guard let y = meeting.y else { return [] }
    let paint = meeting.limit.kind.paint.text
    func line(_ text: String, bold: Bool, _ paint: Paint) -> LabelBoard.Line {
      LabelBoard.Line(
        frame.board.metrics.shortened(text, to: plot.width * 0.8, size: 11, bold: bold),
        bold: bold, paint: paint)
    }
    let label = line(meeting.words.label, bold: true, paint)
    let detail = line(meeting.words.detail, bold: false, .ink2)
    let target = meeting.at ?? meeting.bar.map { Point(max($0.left, plot.left), y) }
    guard let target else {
      let places = [4.0, 18].flatMap { away -> [LabelBoard.Place] in
        [
          .init(x: plot.left + 6, y: y - away, above: true),
          .init(x: plot.left + 6, y: y + away),
        ]
      }
      frame.board.place([label], at: places, below: PlotFrame.dataCost)
      return []
    }
    return name(
      [[label, detail], [label]], at: target, radius: 5, up: meeting.limit.bad == .above)
  }

  /// Names a mark where that covers least, near it and on the asked side if possible.
  ///
  /// - Returns: a thin line to the mark, where the words are off it.
  private mutating func name(
    _ variants: [[LabelBoard.Line]], at point: Point, radius: Double, up: Bool
  ) -> [Mark] {
    var places: [LabelBoard.Place] = []
    for (step, away) in stride(from: 8.0, through: plot.height, by: 12).enumerated() {
      for isUp in [up, !up] {
        let y = point.y + (isUp ? -away : away)
        let cost = 2 * step + (isUp == up ? 0 : 1)
        places += [
          .init(x: point.x - 3, y: y, anchor: .end, above: isUp, cost: cost),
          .init(x: point.x + 3, y: y, above: isUp, cost: cost + 1),
          .init(x: point.x - 14, y: y, anchor: .end, above: isUp, cost: cost + 1),
          .init(x: plot.right - 4, y: y, anchor: .end, above: isUp, cost: cost + 6),
        ]
      }
    }
    for lines in variants {
      if frame.board.place(lines, at: places, below: PlotFrame.dataCost) {
        return frame.leader(from: point, radius: radius)
      }
    }
    return []
  }

  // MARK: - Values

  mutating func nameLast() -> [Mark] {
    guard let last = days.last, !chart.last.isEmpty else { return [] }
    let text = frame.board.metrics.shortened(
      chart.last, to: plot.width * 0.7, size: 11, bold: true)
    return name(
      [[LabelBoard.Line(text, bold: true, paint: .s1)]], at: point(last), radius: 4, up: true)
  }

  /// The value and the range on the last day, beside the plot or, on a narrow drawing, at its edge.
  mutating func nameEnd() -> [Mark] {
    let lines = Self.end(chart, frame.board.metrics)
    guard let end = chart.expected.last, !lines.isEmpty else { return [] }
    let at = Point(plot.right, y(end.mean))
    if wide {
      frame.board.place(
        lines,
        at: [0.0, 6, -6, 12, -12, 20, -20].map {
          .init(x: plot.right + 8, y: at.y + $0, centred: true)
        })
      return []
    }
    let (top, bottom) = (y(end.range95.upperBound), y(end.range95.lowerBound))
    let places = stride(from: 5.0, through: plot.height, by: 12).enumerated().flatMap {
      step, away -> [LabelBoard.Place] in
      [
        .init(x: plot.right - 3, y: bottom + away, anchor: .end, cost: 2 * step),
        .init(x: plot.right - 3, y: top - away, anchor: .end, above: true, cost: 2 * step + 1),
      ]
    }
    frame.board.place(lines, at: places, below: PlotFrame.dataCost)
    return []
  }

  /// Says in the shade why there is no date, or what is likely instead.
  mutating func nameNote() {
    guard let note = chart.note else { return }
    let box = shade ?? plot
    let metrics = frame.board.metrics
    let room = max(box.width - 12, 110)
    let title = LabelBoard.Line(
      metrics.shortened(note.label, to: plot.width - 12, size: 11, bold: true), bold: true,
      paint: .ink)
    let detail = metrics.wrapped(note.detail, to: room, size: 11, bold: false, lines: 4).map {
      LabelBoard.Line($0, paint: .ink2)
    }
    let parts: [Double] = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]
    for lines in [[title] + detail, [title]] {
      let half = frame.board.width(lines) / 2
      let middle = min(max(box.centre.x, plot.left + half + 4), plot.right - half - 4)
      let places = parts.enumerated().map { index, part in
        LabelBoard.Place(
          x: middle, y: plot.top + part * plot.height, anchor: .middle, centred: true,
          cost: index)
      }
      if frame.board.place(lines, at: places, below: PlotFrame.dataCost) { return }
    }
  }

  /// Names both sides of the shade's edge.
  mutating func nameGrounds() {
    guard let shade, !chart.expected.isEmpty, !days.isEmpty else { return }
    for (text, bold, x, anchor) in [
      ("forecast", true, shade.left + 5, Label.Anchor.start),
      ("measured", false, shade.left - 5, .end),
    ] {
      frame.board.place(
        [LabelBoard.Line(text, bold: bold, paint: .ink2)],
        at: [
          .init(x: x, y: plot.bottom - 5, anchor: anchor, above: true),
          .init(x: x, y: plot.top + 5, anchor: anchor),
        ], below: 20)
    }
  }

  /// Marks where the fit starts, and says so where that covers nothing else.
  mutating func nameFit() -> [Mark] {
    guard let fit = chart.fit, let start = chart.fitted.first, chart.days.contains(start.day)
    else { return [] }
    let at = point(start)
    let text = frame.board.metrics.shortened(
      fit.label, to: plot.width * 0.7, size: 11, bold: false)
    let line = LabelBoard.Line(text, paint: .ink2)
    let places = stride(from: 8.0, through: plot.height / 2, by: 10).enumerated().flatMap {
      step, away -> [LabelBoard.Place] in
      [
        .init(x: at.x, y: at.y + away, cost: 2 * step),
        .init(x: at.x + 4, y: at.y + away, anchor: .end, cost: 2 * step + 1),
        .init(x: at.x, y: at.y - away, above: true, cost: 2 * step + 1),
        .init(x: at.x + 4, y: at.y - away, anchor: .end, above: true, cost: 2 * step + 1),
      ]
    }
    let placed = frame.board.place([line], at: places, below: PlotFrame.dataCost)
    let dot = Mark.circle(at, radius: 2.6, .prev, edge: nil)
    return placed ? frame.leader(from: at, radius: 3) + [dot] : [dot]
  }
}
