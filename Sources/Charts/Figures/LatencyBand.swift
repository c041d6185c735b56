public import Model

/// How slow things were for how many, day by day: lines that half, 95 % and 99 % stayed under.
public struct LatencyBand: Hashable, Sendable {
  public struct Period: Hashable, Sendable {
    public let window: Window
    /// In seconds; `nil` where it is larger than can be told.
    public let half: Double?
    public let most: Double?
    public let nearlyAll: Double?

    public init(window: Window, half: Double?, most: Double?, nearlyAll: Double?) {
      self.window = window
      self.half = half
      self.most = most
      self.nearlyAll = nearlyAll
    }
  }

  public let domain: Window
  /// Those in which something happened, in order of time.
  public let periods: [Period]
  public let gaps: [Window]
  /// The objective's, in seconds, and its name: "400 ms".
  public let limit: Double
  public let limitLabel: String
  /// At the right end, beside the lines: "95 %" and "322 ms", the last of all, half of them.
  public let mostDetail: String?
  public let halfDetail: String?
  /// "Wed 14 Oct: 95 % under 880 ms".
  public let worstLabel: String?
  public let absence: Absence
  public let zone: ZoneOffsets

  public init(
    domain: Window, periods: [Period], gaps: [Window], limit: Double, limitLabel: String,
    mostDetail: String?, halfDetail: String?, worstLabel: String?, absence: Absence,
    zone: ZoneOffsets
  ) {
    self.domain = domain
    self.periods = periods
    self.gaps = gaps
    self.limit = limit
    self.limitLabel = limitLabel
    self.mostDetail = mostDetail
    self.halfDetail = halfDetail
    self.worstLabel = worstLabel
    self.absence = absence
    self.zone = zone
  }

  private var top: Double {
    let most = periods.flatMap { [$0.most, $0.nearlyAll] }.compactMap(\.self).filter(\.isFinite)
    return max(limit * 1.25, (most.max() ?? 0) * 1.05)
  }

  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    let height = 200.0
    let end = wide ? 96.0 : 62
    var frame = PlotFrame(
      canvas: Box(left: 0, top: 0, right: size.width, bottom: height),
      plot: Box(left: 58, top: 8, right: size.width - end, bottom: height - 28), domain: domain,
      zone: zone, metrics: metrics)
    let (plot, top) = (frame.plot, self.top)
    func y(_ seconds: Double?) -> Double {
      plot.bottom - min(max((seconds ?? top) / top, 0), 1) * plot.height
    }
    // The limit's name first: no tick is near it.
    frame.board.place(
      [.init(limitLabel, bold: true, paint: .ink)],
      at: [.init(x: plot.left - 6, y: y(limit), anchor: .end, centred: true)])
    let scale = top < 1 ? 1000.0 : 1
    let ticks = Ticks.over(0...top * scale, about: 5)
    let numbers = AxisNumbers(ticks, unit: top < 1 ? "ms" : "s")
    let levels = ticks.values.filter { abs(y($0 / scale) - y(limit)) > 14 && $0 <= top * scale }
      .map { PlotFrame.Level(y: y($0 / scale), label: numbers.text($0)) }
    var marks = frame.grid(levels)
    for run in runs {
      func line(_ value: (Period) -> Double?) -> [Point] {
        run.map { period in
          Point(frame.box(of: period.window).centre.x, y(value(period)))
        }
      }
      let (half, most, all) = (line(\.half), line(\.most), line(\.nearlyAll))
      if run.count == 1 {
        marks += [
          .circle(most[0], radius: 3, .s1, edge: nil),
          .circle(half[0], radius: 1.5, .s1, edge: nil),
        ]
        continue
      }
      marks += [
        .polygon(most + all.reversed(), .s1c), .polygon(half + most.reversed(), .s1b),
        .lines([half], Stroke(.s1)), .lines([most], Stroke(.s1, width: 2.5)),
      ]
      frame.avoid(most, cost: PlotFrame.dataCost)
    }
    marks += frame.hatching(gaps)
    marks.append(.lines([frame.across(y(limit))], Stroke(.ink, width: 1.2)))
    marks += frame.timeAxis(withClocks: false)
    if periods.isEmpty {
      frame.nameAbsence(absence.title, absence.detail, in: plot)
    } else {
      nameEnds(on: &frame, y: y, wide: wide)
      nameWorst(on: &frame, y: y)
      frame.nameGaps(gaps)
    }
    return Scene(
      width: size.width, height: height, title: title, description: description,
      marks: marks + frame.words())
  }

  /// Periods that follow each other.
  private var runs: [[Period]] {
    periods.reduce(into: [[Period]]()) { runs, period in
      if let last = runs.last?.last, last.window.end == period.window.start {
        runs[runs.count - 1].append(period)
      } else {
        runs.append([period])
      }
    }
  }

  private func nameEnds(on frame: inout PlotFrame, y: (Double?) -> Double, wide: Bool) {
    guard let last = periods.last else { return }
    let x = frame.plot.right + 8
    func place(_ lines: [LabelBoard.Line], at height: Double) {
      frame.board.place(
        lines,
        at: [0, -12, 12, -24, 24, -36, 36].map {
          LabelBoard.Place(x: x, y: height + $0, centred: true, cost: Int(abs($0)))
        })
    }
    var most: [LabelBoard.Line] = [.init("95\u{A0}%", bold: true, paint: .s1)]
    if let mostDetail { most.append(.init(mostDetail, paint: .ink2)) }
    place(most, at: y(last.most))
    place([.init("limit", bold: true, paint: .ink)], at: y(limit))
    place(
      [.init(halfDetail.map { wide ? "half, \($0)" : "half" } ?? "half", paint: .ink2)],
      at: y(last.half))
    place([.init(wide ? "99\u{A0}% of events" : "99\u{A0}%", paint: .ink2)], at: y(last.nearlyAll))
  }

  private func nameWorst(on frame: inout PlotFrame, y: (Double?) -> Double) {
    let worst = periods.max { ($0.most ?? .infinity) < ($1.most ?? .infinity) }
    guard let worst, let worstLabel else { return }
    let at = Point(frame.box(of: worst.window).centre.x, y(worst.most))
    frame.board.place(
      [.init(worstLabel, bold: true, paint: .badText)],
      at: [
        .init(x: at.x + 8, y: at.y, centred: true),
        .init(x: at.x - 8, y: at.y, anchor: .end, centred: true),
        .init(x: at.x + 8, y: at.y - 12, centred: true, cost: 1),
        .init(x: at.x - 8, y: at.y - 12, anchor: .end, centred: true, cost: 1),
        .init(x: at.x, y: frame.plot.top, anchor: .middle, cost: 2),
      ])
  }
}
