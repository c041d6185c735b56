import Model

/// The used share of each budget, beside the period before.
public struct DumbbellChart: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let title: String
    /// 1 is the whole budget; `nil` where there is nothing to compare with.
    public let before: Double?
    public let now: Double
    /// "58 → 131 %".
    public let label: String

    public init(title: String, before: Double?, now: Double, label: String) {
      self.title = title
      self.before = before
      self.now = now
      self.label = label
    }
  }

  public let rows: [Row]
  /// Over the first row's dots: "Sep" and "Oct".
  public let beforeName: String
  public let nowName: String

  public init(rows: [Row], beforeName: String, nowName: String) {
    self.rows = rows
    self.beforeName = beforeName
    self.nowName = nowName
  }

  /// The share at which the scale ends: beyond it an arrow says that there is more.
  private var end: Double {
    let all = rows.flatMap { [$0.now, $0.before ?? 0] }.filter(\.isFinite)
    return min(2, max(1.25, (all.max() ?? 0) * 1.08))
  }

  /// 50 pixels high and 25 more a row; on the narrow one 40 a row, the name above its line.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    let titles = rows.reduce(0) { max($0, metrics.width(of: $1.title, size: 11, bold: false)) }
    let labels = rows.reduce(0) { max($0, metrics.width(of: $1.label, size: 11, bold: true)) }
    let left = wide ? min(titles.rounded(.up), 200) + 20 : 8
    let right = wide ? size.width - min(labels.rounded(.up), 130) - 20 : size.width - 12
    let (step, top, end) = (wide ? 25.0 : 40, 26.0, self.end)
    let bottom = top + step * Double(rows.count)
    func x(_ share: Double) -> Double { left + min(max(share, 0), end) / end * (right - left) }
    var board = LabelBoard(
      bounds: Box(left: 0, top: 0, right: size.width, bottom: bottom + 22), metrics: metrics)
    board.place(
      [.init("whole budget", bold: true, paint: .ink)], at: [.init(x: x(1), y: 0, anchor: .middle)])
    let ticks = stride(from: 0.0, through: end, by: wide ? 0.25 : 0.5).map { $0 }
    for tick in ticks {
      board.place(
        [.init(Wording.percent(Int(tick * 100)), paint: .axis)],
        at: [.init(x: x(tick), y: bottom + 5, anchor: .middle)])
    }
    var marks: [Mark] = [
      .rectangle(Box(left: x(1), top: top - 8, right: right, bottom: bottom), .badTint),
      .lines(
        ticks.filter { $0 != 1 }.map { [Point(x($0), top - 8), Point(x($0), bottom)] },
        Stroke(.grid)),
      .lines([[Point(x(1), top - 8), Point(x(1), bottom)]], Stroke(.ink, width: 1.4)),
    ]
    for (index, row) in rows.enumerated() where row.now.isFinite {
      let y = top + Double(index) * step + (wide ? step / 2 : 27)
      let base = wide ? y + 4 : y - 13
      marks.append(
        .text(
          Label(
            metrics.shortened(
              row.title, to: wide ? left - 20 : size.width - labels - 16, size: 11, bold: false),
            at: Point(0, base), paint: .ink)))
      let isOver = row.now > 1
      marks.append(
        .text(
          Label(
            row.label, at: Point(size.width, base), bold: true, anchor: .end,
            paint: isOver ? .badText : .ink)))
      let paint: Paint = isOver ? .bad : row.now > row.before ?? row.now ? .s2 : .s3
      let point = Point(x(row.now), y)
      if let before = row.before, before.isFinite {
        let from = Point(x(before), y)
        marks.append(.lines([[from, point]], Stroke(paint, width: 2.5)))
        marks.append(.circle(from, radius: 4.5, .page, edge: Stroke(.prev, width: 2)))
        if index == 0 {
          name(beforeName, over: from, of: row, on: &board)
        }
      }
      if row.now > end {
        marks.append(
          .polygon([Point(right + 7, y), Point(right - 3, y - 6), Point(right - 3, y + 6)], paint))
      } else {
        marks.append(.circle(point, radius: 5.5, paint, edge: nil))
      }
      if index == 0 { name(nowName, over: point, of: row, on: &board) }
    }
    return Scene(
      width: size.width, height: bottom + 22, title: title, description: description,
      marks: marks + board.placed.flatMap { $0.labels.map { .text($0) } })
  }

  /// The name of a period over its dot, where nothing is in its way.
  private func name(_ text: String, over point: Point, of row: Row, on board: inout LabelBoard) {
    board.place(
      [.init(text, size: 10, paint: .ink2)],
      at: [.init(x: point.x, y: point.y - 6, anchor: .middle, above: true)])
  }
}
