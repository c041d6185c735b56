import Glibc
import Model

/// How long each incident took to be over, a column a period.
public struct RestoreChart: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    /// "Oct".
    public let title: String
    /// Of each closed incident, in seconds.
    public let lengths: [Double]
    /// Nothing is known of the period.
    public let isMissing: Bool

    public init(title: String, lengths: [Double], isMissing: Bool = false) {
      self.title = title
      self.lengths = lengths
      self.isMissing = isMissing
    }
  }

  /// Oldest first; the last is the report's.
  public let columns: [Column]
  /// Beside the last median: "42 min".
  public let median: String?

  public init(columns: [Column], median: String?) {
    self.columns = columns
    self.median = median
  }

  /// The lengths that the axis may name, in seconds.
  private static let ticks: [Double] = [
    1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 259_200, 604_800, 2_592_000,
    31_536_000,
  ]

  /// The middle of sorted lengths; of three and more.
  private static func middle(_ lengths: [Double]) -> Double? {
    guard lengths.count >= 3 else { return nil }
    let sorted = lengths.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    let height = 150.0
    let all = columns.flatMap(\.lengths).filter { $0.isFinite && $0 > 0 }
    let (low, high) = (max(1, all.min() ?? 600), max(1, all.max() ?? 14_400))
    let from = Self.ticks.last { $0 <= min(low, high / 4) } ?? 1
    let to = max(high * 1.15, from * 4)
    let end = median.map { metrics.width(of: $0, size: 11, bold: true) + 14 } ?? 0
    let plot = Box(
      left: 62, top: 8, right: size.width - max(end, wide ? 60 : 10), bottom: height - 38)
    func y(_ seconds: Double) -> Double {
      let share = log(max(seconds, from) / from) / log(to / from)
      return plot.bottom - min(max(share, 0), 1) * plot.height
    }
    var board = LabelBoard(
      bounds: Box(left: 0, top: 0, right: size.width, bottom: height), metrics: metrics)
    var rules: [[Point]] = []
    var before = plot.bottom + 16
    for tick in Self.ticks where from...to ~= tick && before - y(tick) >= 16 {
      before = y(tick)
      rules.append([Point(plot.left, before), Point(plot.right, before)])
      board.place(
        [.init(Wording.duration(.seconds(tick)), paint: .axis)],
        at: [.init(x: plot.left - 8, y: before, anchor: .end, centred: true)])
    }
    let step = plot.width / Double(max(1, columns.count))
    var marks: [Mark] = [.lines(rules, Stroke(.grid))]
    var hatched: [Box] = []
    board.place(
      [.init("closed", size: 10.5, paint: .axis)],
      at: [.init(x: plot.left - 8, y: plot.bottom + 22, anchor: .end)])
    for (index, column) in columns.enumerated() {
      let middle = plot.left + (Double(index) + 0.5) * step
      let isLast = index == columns.count - 1
      // The last one's name first, then each for which there is room.
      board.place(
        [
          .init(column.title, size: wide ? 11 : 9.5, bold: isLast, paint: isLast ? .ink : .axis)
        ],
        at: [.init(x: middle, y: plot.bottom + 5, anchor: .middle)])
      board.place(
        [
          .init(
            column.isMissing ? "–" : "\(column.lengths.count)", size: wide ? 11 : 9.5,
            paint: .ink2)
        ], at: [.init(x: middle, y: plot.bottom + 22, anchor: .middle)])
      if column.isMissing {
        hatched.append(
          Box(
            left: middle - step * 0.35, top: plot.top, right: middle + step * 0.35,
            bottom: plot.bottom))
      }
      let bar = Self.middle(column.lengths)
      if let bar {
        marks.append(
          .lines(
            [[Point(middle - step * 0.36, y(bar)), Point(middle + step * 0.36, y(bar))]],
            Stroke(.ink, width: 2.5)))
      }
      marks += Self.swarm(column.lengths.map(y), around: middle, room: step * 0.42).map { point in
        .circle(
          point, radius: 3.5, isLast ? .s1 : .page, edge: isLast ? nil : Stroke(.s1, width: 1.4))
      }
      if isLast, let median, let bar {
        board.place(
          [.init(median, bold: true, paint: .ink), .init("median", paint: .ink2)],
          at: [
            .init(x: plot.right + 4, y: y(bar), centred: true),
            .init(x: plot.right + 4, y: plot.top),
          ])
      }
    }
    marks += [
      .lines(hatched.flatMap { $0.hatching() }, Stroke(.none, width: 0.8)),
      .lines([[Point(plot.left, plot.bottom), Point(plot.right, plot.bottom)]], Stroke(.axis)),
    ]
    return Scene(
      width: size.width, height: height, title: title, description: description,
      marks: marks + board.placed.flatMap { $0.labels.map { .text($0) } })
  }

  /// Dots at their heights, moved aside so that none hides another as long as there is room.
  private static func swarm(_ heights: [Double], around middle: Double, room: Double) -> [Point] {
    var placed: [Point] = []
    for height in heights.sorted() {
      let offsets = [0.0] + stride(from: 4.0, through: max(4, room), by: 4).flatMap { [$0, -$0] }
      let free = offsets.first { offset in
        abs(offset) <= room
          && !placed.contains {
            let (across, down) = ($0.x - middle - offset, $0.y - height)
            return across * across + down * down < 56
          }
      }
      placed.append(Point(middle + (free ?? 0), height))
    }
    return placed
  }
}
