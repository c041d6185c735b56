public import Model

/// A year of days: a column a week, a row a weekday, stronger for more of the day's allowance.
public struct YearCalendar: Hashable, Sendable {
  /// The first day.
  public let first: CivilDate
  /// One for each day from it on.
  public let cells: [LoadCell]

  public init(first: CivilDate, cells: [LoadCell]) {
    self.first = first
    self.cells = cells
  }

  private struct Week {
    let monday: CivilDate
    let cells: [LoadCell]
  }

  private var weeks: [Week] {
    let lead = first.weekday - 1
    let all = Array(repeating: LoadCell.blank, count: lead) + cells
    let monday = first.adding(days: -lead)
    return stride(from: 0, to: all.count, by: 7).map { start in
      Week(
        monday: monday.adding(days: start), cells: Array(all[start..<min(all.count, start + 7)]))
    }
  }

  /// All weeks in one band, on the narrow drawing in two, with the key of the cells below.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    let weeks = weeks
    let perBand = wide ? max(weeks.count, 1) : max((weeks.count + 1) / 2, 1)
    let left = 34.0
    let pitch = min((size.width - left) / Double(perBand), 13)
    let band = 20 + 7 * pitch + 8
    var cells = CellDrawing(metrics: metrics)
    var labels: [Mark] = []
    var start = 0
    var top = 0.0
    while start < weeks.count {
      let shown = weeks[start..<min(weeks.count, start + perBand)]
      var board = LabelBoard(
        bounds: Box(left: 0, top: top, right: size.width, bottom: top + band), metrics: metrics)
      for (day, name) in ["Mon", "Wed", "Fri", "Sun"].enumerated() {
        board.place(
          [.init(name, size: 9.5, paint: .axis)],
          at: [
            .init(x: 0, y: top + 18 + (Double(day * 2) + 0.5) * pitch, centred: true)
          ])
      }
      for (column, week) in shown.enumerated() {
        let x = left + Double(column) * pitch
        let last = week.monday.adding(days: 6)
        // A month's name stands over the week that holds its first day; the first week has its own.
        if column == 0 || last.day <= 7 {
          let date = column == 0 && last.day > 7 ? week.monday : last
          let name =
            date.month == 1 || start + column == 0
            ? "\(date.shortMonthName)\u{A0}\(date.year)" : String(date.shortMonthName)
          board.place(
            [.init(name, size: 10.5, paint: .ink2)], at: [.init(x: x, y: top + 2)])
        }
        for (day, cell) in week.cells.enumerated() {
          let y = top + 18 + Double(day) * pitch
          cells.add(
            cell,
            in: Box(left: x + 0.8, top: y + 0.8, right: x + pitch - 0.8, bottom: y + pitch - 0.8))
        }
      }
      labels += board.placed.flatMap { $0.labels.map { .text($0) } }
      top += band
      start += perBand
    }
    let key = cells.key(of: Set(self.cells), top: top, width: size.width)
    return Scene(
      width: size.width, height: top + key.height, title: title, description: description,
      marks: cells.marks + labels + key.marks)
  }
}
