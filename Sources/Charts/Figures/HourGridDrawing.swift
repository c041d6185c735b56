import Model

/// The layout of one ``HourGrid``.
struct HourGridDrawing {
  let grid: HourGrid
  let wide: Bool
  let metrics: any TextMetrics
  private let width: Double
  private let left: Double
  private let pitch: Double
  private static let header = 20.6
  private static let row = 19.2

  init(grid: HourGrid, size: ChartSize, metrics: any TextMetrics) {
    self.grid = grid
    self.metrics = metrics
    wide = size == .wide
    width = size.width
    var (titles, totals) = (0.0, 0.0)
    for row in grid.rows {
      titles = max(titles, metrics.width(of: row.title, size: 11, bold: false))
      totals = max(totals, metrics.width(of: row.total, size: 11, bold: true))
    }
    left = min(titles.rounded(.up), wide ? 110 : 72) + 8
    pitch = (width - left - min(totals.rounded(.up) + 1, wide ? 90 : 64) - 8) / 24
  }

  func scene(title: String, description: String) -> Scene {
    var cells = CellDrawing(metrics: metrics)
    var labels: [Mark] = []
    let right = left + 24 * pitch + 8
    for (index, row) in grid.rows.enumerated() {
      let top = Self.header + Double(index) * Self.row
      labels.append(
        .text(
          Label(
            metrics.shortened(row.title, to: left - 8, size: 11, bold: false),
            at: Point(0, top + 12.5), paint: .ink)))
      labels.append(
        .text(
          Label(
            metrics.shortened(row.total, to: width - right, size: 11, bold: row.standsOut),
            at: Point(width, top + 12.5), bold: row.standsOut, anchor: .end,
            paint: row.standsOut ? .ink : .ink2)))
      for (hour, parts) in row.hours.prefix(24).enumerated() {
        for (part, cell) in parts.enumerated() {
          cells.add(
            cell, in: box(hour, top: top, part: part, of: parts.count),
            numberFrom: wide ? 10 : .infinity)
        }
      }
    }
    return Scene(
      width: width, height: Self.header + Self.row * Double(grid.rows.count), title: title,
      description: description, marks: head() + cells.marks + labels)
  }

  /// An hour's cell; one that comes twice is split from left to right.
  private func box(_ hour: Int, top: Double, part: Int, of count: Int) -> Box {
    let gap = wide ? 2 : 1.6
    let from = left + Double(hour) * pitch + gap / 2
    let step = (pitch - gap + 1) / Double(count)
    return Box(
      left: from + Double(part) * step, top: top + 1, right: from + Double(part + 1) * step - 1,
      bottom: top + Self.row - 1.8)
  }

  /// What the totals are, then the hours as far as they find room.
  private func head() -> [Mark] {
    var board = LabelBoard(
      bounds: Box(left: 0, top: 0, right: width, bottom: Self.header), metrics: metrics)
    let heading = metrics.shortened(
      grid.totalHeading, to: width / 3, size: 10.5, bold: false)
    board.place(
      [.init(heading, size: 10.5, paint: .axis)], at: [.init(x: width, y: 3, anchor: .end)])
    for hour in [0, 6, 12, 18] {
      board.place(
        [.init(Wording.clock(second: hour * 3600), size: 10.5, paint: .axis)],
        at: [.init(x: left + Double(hour) * pitch, y: 3)])
    }
    return board.placed.flatMap { $0.labels.map { .text($0) } }
  }
}
