import Model

/// The drawing among others: fewer words, one scale for all.
extension DepletionDrawing {
  mutating func small(title: String, description: String) -> Scene {
    let shade = stillToCome()
    frame.grounds = shade.map { [($0, .surface)] } ?? []
    var background = frame.painted()
    background.append(.lines([frame.across(y(1)), frame.across(y(0.5))], Stroke(.grid)))
    background += timeAxis()
    background += frame.hatching(hatched)

    let base = Mark.lines([frame.across(plot.bottom)], Stroke(.ink, width: 1.2))
    var data: [Mark] = []
    if covered.isEmpty {
      if let elapsed {
        frame.nameAbsence("No data", chart.endDetail ?? "", in: frame.box(of: elapsed))
      }
      data.append(base)
    } else {
      // The line lies on the base, not under it, where nothing is left.
      data += [base] + lines() + endDot()
      nameOneDrop()
    }
    return Scene(
      width: frame.canvas.width, height: frame.canvas.height, title: title,
      description: description, marks: background + data + frame.words())
  }

  /// The first and the last day, and between them at most two of the labels of a large drawing.
  private mutating func timeAxis() -> [Mark] {
    let (domain, zone) = (chart.domain, chart.zone)
    func day(_ date: CivilDate) -> LabelBoard.Line {
      LabelBoard.Line(Wording.date(date), paint: .axis)
    }
    let top = plot.bottom + 8
    let first = day(zone.date(at: domain.start))
    let last = day(zone.date(at: domain.end - .nanoseconds(1)))
    frame.board.place([first], at: [.init(x: plot.left, y: top)])
    frame.board.place([last], at: [.init(x: plot.right, y: top, anchor: .end)])

    let between = (plot.left + frame.board.width(first), plot.right - frame.board.width(last))
    let ticks = TimeTick.ticks(in: domain, zone: zone).compactMap { tick in
      tick.label.map {
        (tick: tick, x: frame.scale.x(tick.at), line: LabelBoard.Line($0, paint: .axis))
      }
    }.filter { tick in
      let room = frame.board.width(tick.line) / 2 + 8
      return between.0 + room <= tick.x && tick.x <= between.1 - room
    }
    var named: [TimeTick] = []
    for third in [1.0, 2] {
      let goal = plot.left + third / 3 * plot.width
      guard let nearest = ticks.min(by: { abs($0.x - goal) < abs($1.x - goal) }),
        !named.contains(nearest.tick),
        frame.board.place([nearest.line], at: [.init(x: nearest.x, y: top, anchor: .middle)])
      else { continue }
      named.append(nearest.tick)
    }
    return [frame.axisLine(named)]
  }

  /// The last value as a dot, and in figures beside it.
  private mutating func endDot() -> [Mark] {
    guard let (end, value) = end else { return [] }
    let radius = 3.5
    frame.board.take(Box(around: end, radius: radius))
    let (x, y) = (end.x + radius + 5, end.y)
    var places: [LabelBoard.Place] = []
    for (shift, cost) in [(0.0, 0), (-8, 1), (-14, 2), (8, 1), (14, 2), (-20, 3)] {
      places.append(.init(x: x, y: y + shift, centred: true, cost: cost))
    }
    for (lift, cost) in [(6.0, 4), (16, 5)] {
      places += [
        .init(x: end.x, y: y - lift, anchor: .end, above: true, cost: cost),
        .init(x: end.x, y: y + lift, anchor: .end, cost: cost),
      ]
    }
    let text = Wording.left(value)
    let detail = line.steps.count == 1 ? chart.endDetail ?? "" : ""
    let width = frame.canvas.right - 10 - x
    frame.board.place(
      [
        LabelBoard.Line(text, size: 12, bold: true, paint: chart.endPaint.text),
        LabelBoard.Line(
          frame.board.metrics.shortened(detail, to: width, size: 11, bold: false), paint: .ink2),
      ], at: places)
    return [.circle(end, radius: radius, chart.endPaint, edge: nil)]
  }

  /// Names the largest drop that has room below the line after it, or before it.
  private mutating func nameOneDrop() {
    for (drop, before, after, left, right) in falls {
      let text = frame.board.metrics.shortened(
        drop.label, to: plot.width * 0.7, size: 11, bold: false)
      let low = y(after)
      let placed = frame.board.place(
        [LabelBoard.Line(text, paint: .ink2)],
        at: [
          .init(x: right, y: low + 5), .init(x: right + 5, y: low - 5, above: true),
          .init(x: left - 6, y: low + 2, anchor: .end, above: true),
          .init(x: right + 5, y: (y(before) + low) / 2, centred: true),
        ], below: PlotFrame.dataCost)
      if placed { return }
    }
  }
}
