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
    /// From Monday on.
    let cells: [LoadCell]
    /// "Nov 2025", if a month starts in it: over the first week and each January with the year.
    let name: String?
  }

  private var weeks: [Week] {
    let lead = first.weekday - 1
    let all = Array(repeating: LoadCell.blank, count: lead) + cells
    let days = all.indices.map { first.adding(days: $0 - lead) }
    return stride(from: 0, to: all.count, by: 7).map { start in
      let week = start..<min(all.count, start + 7)
      // The days before the first one are of no month.
      let shown = days[max(week.lowerBound, lead)..<max(week.upperBound, lead)]
      let named = shown.first { $0.day == 1 } ?? (start == 0 ? shown.first : nil)
      let name = named.map { date in
        date.month == 1 || start == 0
          ? "\(date.shortMonthName)\u{A0}\(date.year)" : String(date.shortMonthName)
      }
      return Week(cells: Array(all[week]), name: name)
    }
  }

  /// The drawing: all weeks of a year in one band, on the narrow one in two, with the key of the cells below.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    // A year has at most 54 weeks; more years are more bands.
    let most = size == .wide ? 54 : 27
    let weeks = weeks
    let count = max((weeks.count + most - 1) / most, 1)
    let perBand = max((weeks.count + count - 1) / count, 1)
    let left = 34.0
    let pitch = min((size.width - left) / Double(perBand), 13)
    let height = 18 + 7 * pitch + 8
    var cells = CellDrawing(metrics: metrics)
    var labels: [Mark] = []
    for band in 0..<count {
      let top = Double(band) * height
      let shown = weeks.dropFirst(band * perBand).prefix(perBand)
      var board = LabelBoard(
        bounds: Box(left: 0, top: top, right: size.width, bottom: top + height), metrics: metrics)
      for (row, name) in ["Mon", "Wed", "Fri", "Sun"].enumerated() {
        board.place(
          [.init(name, size: 9.5, paint: .axis)],
          at: [.init(x: 0, y: top + 18 + (Double(row * 2) + 0.5) * pitch, centred: true)])
      }
      for (column, week) in shown.enumerated() {
        let x = left + Double(column) * pitch
        if let name = week.name {
          // Four weeks of the narrow drawing have room for this size of "Jan 2026".
          board.place(
            [.init(name, size: 9.5, paint: .ink2)],
            at: [
              .init(x: x, y: top + 3), .init(x: size.width, y: top + 3, anchor: .end, cost: 1),
            ])
        }
        func box(_ days: Range<Int>) -> Box {
          let y = top + 18
          return Box(
            left: x + 0.8, top: y + Double(days.lowerBound) * pitch + 0.8, right: x + pitch - 0.8,
            bottom: y + Double(days.upperBound) * pitch - 0.8)
        }
        var missing = 0..<0
        for (day, cell) in week.cells.enumerated() where cell == .missing {
          // Missing days of a week are one box, or a year of them would be large.
          missing = (missing.upperBound == day ? missing.lowerBound : day)..<day + 1
          if day + 1 == week.cells.count || week.cells[day + 1] != .missing {
            cells.add(cell, in: box(missing))
          }
        }
        for (day, cell) in week.cells.enumerated() where cell != .missing {
          cells.add(cell, in: box(day..<day + 1))
        }
      }
      labels += board.placed.flatMap { $0.labels.map { .text($0) } }
    }
    let foot = Double(count) * height
    let key = cells.key(of: Set(self.cells), top: foot, width: size.width)
    return Scene(
      width: size.width, height: foot + key.height, title: title, description: description,
      marks: cells.marks + labels + key.marks)
  }
}
