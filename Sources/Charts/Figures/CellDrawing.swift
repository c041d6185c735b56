/// The cells of a grid with the numbers in them, gathered so that each look is one mark.
struct CellDrawing {
  /// One step of the ramp from faint to strong, for loads up to `atMost`.
  struct Step {
    let atMost: Double
    let fill: Paint
    /// The fill itself where it stands out from the page.
    let edge: Paint
    /// What a number on the fill is painted in.
    let number: Paint
    let key: String
  }

  static let ramp = [
    Step(atMost: 0.5, fill: .d1, edge: .d1Edge, number: .ink, key: "≤\u{A0}½"),
    Step(atMost: 1, fill: .d2, edge: .d1Edge, number: .ink, key: "≤\u{A0}1"),
    Step(atMost: 3, fill: .d3, edge: .d3Edge, number: .d3Text, key: "≤\u{A0}3×"),
    Step(atMost: 10, fill: .d4, edge: .d4, number: .page, key: "≤\u{A0}10×"),
    Step(atMost: .infinity, fill: .d5, edge: .d5, number: .page, key: ">\u{A0}10×"),
  ]

  let metrics: any TextMetrics
  private var filled = ramp.map { _ in [Box]() }
  private var numbers = ramp.map { _ in [Label]() }
  private var hatched: [Box] = []
  private var empty: [Box] = []
  private var dotted: [Box] = []

  init(metrics: any TextMetrics) { self.metrics = metrics }

  /// Adds one cell, its load as a number if it is `least` or more and fits.
  mutating func add(_ cell: LoadCell, in box: Box, numberFrom least: Double = .infinity) {
    switch cell {
    case .load(let load):
      // A load that is no number is on no step.
      guard let step = Self.ramp.firstIndex(where: { load <= $0.atMost }) else {
        return hatched.append(box)
      }
      filled[step].append(box)
      guard load >= least, let number = number(load, in: box) else { return }
      let baseline = Point(box.centre.x, box.centre.y + 0.365 * Self.size)
      numbers[step].append(
        Label(
          number, at: baseline, size: Self.size, bold: true, anchor: .middle,
          paint: Self.ramp[step].number))
    case .missing: hatched.append(box)
    case .idle: empty.append(box)
    case .planned:
      empty.append(box)
      dotted.append(box)
    case .blank: break
    }
  }

  var marks: [Mark] {
    var found: [Mark] = [
      .boxes(hatched, .noneTint, edge: nil, radius: 1),
      .lines(hatched.flatMap { $0.hatching(every: 5) }, Stroke(.none, width: 0.8)),
      .boxes(empty, .page, edge: Stroke(.rule, width: 0.8), radius: 1.5),
      .boxes(dotted.map { Box(around: $0.centre, radius: 1.5) }, .axis, edge: nil, radius: 1.5),
    ]
    for (step, boxes) in zip(Self.ramp, filled) {
      found.append(
        .boxes(boxes, step.fill, edge: Stroke(step.edge, width: Self.edge), radius: 1.5))
    }
    return found + numbers.map { .texts($0) }
  }

  /// A sample of each look with its meaning below it, and the height of all.
  mutating func key(
    of used: Set<LoadCell>, top: Double, width: Double
  ) -> (marks: [Mark], height: Double) {
    var samples: [(cell: LoadCell, name: String, space: Double)] = CellDrawing.ramp.map {
      (.load(min($0.atMost, 100)), $0.key, 3)
    }
    samples.append((.missing, "no data", 14))
    if used.contains(.planned) { samples.append((.planned, "planned", 3)) }
    if used.contains(.idle) { samples.append((.idle, "no traffic", 3)) }
    var labels: [Label] = []
    var (across, down) = (0.0, top)
    for sample in samples {
      let word = metrics.width(of: sample.name, size: 10.5, bold: false)
      let room = max(42, word + 4)
      if across > 0 { across += sample.space }
      if across + room > width { (across, down) = (0, down + 34) }
      let middle = across + room / 2
      add(
        sample.cell,
        in: Box(left: middle - 20.5, top: down + 0.5, right: middle + 20.5, bottom: down + 13.5))
      labels.append(
        Label(sample.name, at: Point(middle, down + 27), size: 10.5, anchor: .middle, paint: .ink2))
      across += room
    }
    return ([.texts(labels)], down + 34 - top)
  }

  private static let size = 9.5
  private static let edge = 0.8

  /// The load rounded up, so that "3" is never on a cell for more than 3; thousands as "2k".
  ///
  /// What does not fit becomes "99+", or "+" alone.
  private func number(_ load: Double, in box: Box) -> String? {
    guard load < 1e6 else { return nil }
    let whole = Int(load.rounded(.up))
    let exact = whole < 1000 ? "\(whole)" : "\((whole + 999) / 1000)k"
    // A figure's own margins may lie on the edge.
    let room = box.width + 1.5 * Self.edge
    return (whole < 99 ? [exact] : [exact, "99+", "+"]).first {
      metrics.width(of: $0, size: Self.size, bold: true) <= room
    }
  }
}
