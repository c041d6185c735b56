/// What made up a whole, largest first, with its share and the running total as text.
public struct ParetoChart: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let title: String
    /// What the bar's length stands for; not negative.
    public let amount: Double
    /// "40.6 k", "64 %", "64 %".
    public let count: String
    public let share: String
    public let running: String
    /// Not one of the causes: what is outside of any.
    public let isRest: Bool

    public init(
      title: String, amount: Double, count: String, share: String, running: String,
      isRest: Bool = false
    ) {
      self.title = title
      self.amount = amount
      self.count = count
      self.share = share
      self.running = running
      self.isRest = isRest
    }
  }

  /// As they are drawn, from the top.
  public let rows: [Row]
  /// Over the counts: "bad requests".
  public let countHeading: String

  public init(rows: [Row], countHeading: String) {
    self.rows = rows
    self.countHeading = countHeading
  }

  /// 22 pixels high and 22 more a row; on the narrow one 38 a row, the name above its bar.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    let headings = [countHeading, "share", wide ? "running total" : "in all"]
    let columns = [rows.map(\.count), rows.map(\.share), rows.map(\.running)]
    let widths = zip(headings, columns).map { heading, texts in
      texts.reduce(metrics.width(of: heading, size: 10.5, bold: false)) {
        max($0, metrics.width(of: $1, size: 11, bold: true))
      }
    }
    // The right edges of the three columns.
    let edges = [size.width - widths[2] - widths[1] - 28, size.width - widths[2] - 14, size.width]
    let titles = rows.reduce(0) { max($0, metrics.width(of: $1.title, size: 11, bold: false)) }
    let left = wide ? min(titles.rounded(.up), 230) + 12 : 0
    let right = edges[0] - widths[0] - 12
    let largest = rows.map(\.amount).filter(\.isFinite).max() ?? 0
    var marks: [Mark] = [
      .texts(
        zip(headings, edges).map {
          Label($0, at: Point($1, 12), size: 10.5, anchor: .end, paint: .axis)
        })
    ]
    let (step, top) = (wide ? 22.0 : 38, 22.0)
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * step
      let share = largest > 0 && row.amount.isFinite ? max(0, row.amount) / largest : 0
      let bar = wide ? (y + 3, y + 19) : (y + 19, y + 33)
      if share > 0 {
        marks.append(
          .rectangle(
            Box(
              left: left, top: bar.0, right: left + max(1, share * (right - left)), bottom: bar.1),
            row.isRest ? .prev : .s1))
      }
      let base = wide ? y + 15 : y + 13
      let room = wide ? left - 12 : right - 8
      marks.append(
        .text(
          Label(
            metrics.shortened(row.title, to: room, size: 11, bold: false), at: Point(0, base),
            paint: .ink)))
      let values = [
        (row.count, true, Paint.ink), (row.share, false, .ink), (row.running, false, .ink2),
      ]
      for ((text, bold, paint), edge) in zip(values, edges) {
        marks.append(
          .text(Label(text, at: Point(edge, base), bold: bold, anchor: .end, paint: paint)))
      }
    }
    let bottom = top + step * Double(rows.count)
    marks.append(.lines([[Point(left, top), Point(left, bottom)]], Stroke(.ink)))
    return Scene(
      width: size.width, height: bottom + 4, title: title, description: description, marks: marks)
  }
}
