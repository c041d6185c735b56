import Model

/// The layout of one ``DayGrid``.
struct DayGridDrawing {
  let grid: DayGrid
  let wide: Bool
  let metrics: any TextMetrics
  /// Where the first cell starts, and from one to the next.
  private let left: Double
  private let pitch: Double
  /// Where the summaries may start.
  private let right: Double
  private let width: Double

  init(grid: DayGrid, size: ChartSize, metrics: any TextMetrics) {
    self.grid = grid
    self.metrics = metrics
    wide = size == .wide
    width = size.width
    let days = Double(max(grid.days.count, 1))
    var summary = metrics.width(of: grid.summaryHeading, size: 10.5, bold: false)
    for row in grid.rows {
      summary = max(summary, metrics.width(of: row.summary, size: 11, bold: true))
    }
    right = size.width - min(summary.rounded(.up), 110)
    guard wide else {
      left = 0
      pitch = min(size.width / days, 40)
      return
    }
    let titles = grid.rows.reduce(0) { max($0, metrics.width(of: $1.title, size: 11, bold: false)) }
    // A month's cells hold two figures of the widest font.
    let least = days <= 31 ? 14.1 : 7
    left = min(titles.rounded(.up), max(right - 12 - days * least - 8, 60)) + 8
    pitch = min((right - 12 - left) / days, 40)
  }

  private var header: Double { wide ? 34 : 18 }
  private var row: Double { wide ? 23 : 38 }

  func scene(title: String, description: String) -> Scene {
    var cells = CellDrawing(metrics: metrics)
    var labels: [Mark] = []
    for (index, row) in grid.rows.enumerated() {
      let top = header + Double(index) * self.row
      let baseline = top + (wide ? 15.5 : 13)
      // Above the strip the summary alone limits the title.
      let room = wide ? left - 8 : right - 8
      labels.append(
        .text(
          Label(
            metrics.shortened(row.title, to: room, size: 11, bold: false),
            at: Point(0, baseline), paint: .ink)))
      let isOver = row.cells.contains { if case .load(let load) = $0 { load > 1 } else { false } }
      labels.append(
        .text(
          Label(
            metrics.shortened(row.summary, to: width - right, size: 11, bold: isOver),
            at: Point(width, baseline), bold: isOver, anchor: .end,
            paint: isOver ? .ink : .ink2)))
      for (day, cell) in zip(grid.days.indices, row.cells) {
        let strip = Box(
          left: 0, top: top + (wide ? 3.5 : 18), right: 0, bottom: top + (wide ? 19.5 : 34))
        cells.add(cell, in: column(day, of: strip), numberFrom: wide ? 2 : .infinity)
      }
    }
    let foot = header + row * Double(grid.rows.count) + 10
    let key = cells.key(of: Set(grid.rows.flatMap(\.cells)), top: foot, width: width)
    return Scene(
      width: width, height: foot + key.height, title: title, description: description,
      marks: head() + cells.marks + labels + key.marks)
  }

  /// The cell of a day in a strip over all of them.
  private func column(_ day: Int, of strip: Box) -> Box {
    let from = left + Double(day) * pitch
    let gap = min(2, pitch / 4)
    return Box(
      left: from + gap / 2, top: strip.top, right: from + pitch - gap / 2, bottom: strip.bottom)
  }

  /// Shaded weekends, and names for the first day and the Mondays as far as they find room.
  private func head() -> [Mark] {
    let weekends = grid.days.indices.filter { grid.days[$0].weekday > 5 }.map { day in
      let from = left + Double(day) * pitch
      return Box(left: from, top: 0, right: from + pitch, bottom: header - 2)
    }
    var board = LabelBoard(
      bounds: Box(left: 0, top: 0, right: width, bottom: header), metrics: metrics)
    if wide {
      let heading = metrics.shortened(
        grid.summaryHeading, to: width - right, size: 10.5, bold: false)
      board.place(
        [.init(heading, size: 10.5, paint: .axis)],
        at: [.init(x: width, y: header - 19, anchor: .end)])
    }
    for (index, day) in grid.days.enumerated() where index == 0 || day.weekday == 1 {
      let lines: [LabelBoard.Line] =
        wide
        ? [
          .init(String(day.weekdayName.prefix(1)), size: 9.5, paint: .axis),
          .init("\(day.day)", bold: true, paint: .ink2),
        ]
        : [
          .init(index == 0 ? Wording.date(day) : "\(day.day)", size: 10.5, paint: .axis)
        ]
      let from = left + Double(index) * pitch
      let middle = LabelBoard.Place(x: from + pitch / 2, y: 2, anchor: .middle)
      board.place(
        lines,
        at: index == 0
          ? [middle, .init(x: from, y: 2)]
          : [middle, .init(x: from + pitch, y: 2, anchor: .end, cost: 1)])
    }
    return [.boxes(weekends, .surface, edge: nil, radius: 0)]
      + board.placed.flatMap { $0.labels.map { .text($0) } }
  }
}
