/// Places labels in order of importance, so that none overlaps another or leaves the drawing.
struct LabelBoard {
  /// One line of a label.
  struct Line {
    let text: String
    let size: Double
    let bold: Bool
    let paint: Paint

    init(_ text: String, size: Double = 11, bold: Bool = false, paint: Paint) {
      self.text = text
      self.size = size
      self.bold = bold
      self.paint = paint
    }
  }

  /// Where a label may go: its side or middle at `x`, its top at `y`, or its bottom if `above`.
  struct Place {
    let x: Double
    let y: Double
    var anchor = Label.Anchor.start
    var above = false
    /// Centred on `y` instead.
    var centred = false
    /// What the place costs by itself; the cheapest is taken.
    var cost = 0
  }

  /// Pixels kept free between two labels.
  static let distance = 3.0

  let bounds: Box
  let metrics: any TextMetrics
  /// Marks that no label may touch.
  private var taken: [Box] = []
  /// Marks that a label should not cover, with how much it matters.
  private var obstacles: [(boxes: [Box], cost: Int)] = []
  private(set) var placed: [(box: Box, labels: [Label])] = []

  init(bounds: Box, metrics: any TextMetrics) {
    self.bounds = bounds
    self.metrics = metrics
  }

  mutating func take(_ box: Box) { taken.append(box) }

  /// Adds one mark, as the boxes it covers; a label pays for it once.
  mutating func avoid(_ boxes: [Box], cost: Int) { obstacles.append((boxes, cost)) }

  func width(_ line: Line) -> Double { metrics.width(of: [line]) }

  func width(_ lines: [Line]) -> Double { metrics.width(of: lines) }

  /// Puts the lines below each other where they cover least, the first of equal places.
  ///
  /// `false` when every place is taken, outside, or costs `limit` or more; then nothing is drawn.
  @discardableResult
  mutating func place(_ lines: [Line], at places: [Place], below limit: Int = .max) -> Bool {
    let lines = lines.filter { !$0.text.isEmpty }
    guard !lines.isEmpty else { return false }
    let width = width(lines)
    let height = lines.reduce(0) { $0 + Self.height($1) }
    var best: (box: Box, anchor: Label.Anchor, cost: Int)?
    for place in places {
      let left =
        switch place.anchor {
        case .start: place.x
        case .middle: place.x - width / 2
        case .end: place.x - width
        }
      let top =
        place.centred ? place.y - height / 2 : place.above ? place.y - height : place.y
      let box = Box(left: left, top: top, right: left + width, bottom: top + height)
      guard bounds.holds(box), !taken.contains(where: box.grown(by: Self.distance).overlaps) else {
        continue
      }
      let cost = obstacles.reduce(place.cost) {
        $0 + ($1.boxes.contains(where: box.overlaps) ? $1.cost : 0)
      }
      if cost < best?.cost ?? limit { best = (box, place.anchor, cost) }
    }
    guard let best else { return false }
    taken.append(best.box)
    var labels: [Label] = []
    var down = best.box.top
    for line in lines {
      let x =
        switch best.anchor {
        case .start: best.box.left
        case .middle: best.box.centre.x
        case .end: best.box.right
        }
      // Capitals and figures of the font are 0.73 high; this leaves the same air above and below.
      labels.append(
        Label(
          line.text, at: Point(x, down + 0.97 * line.size), size: line.size, bold: line.bold,
          anchor: best.anchor, paint: line.paint))
      down += Self.height(line)
    }
    placed.append((best.box, labels))
    return true
  }

  private static func height(_ line: Line) -> Double { 1.22 * line.size }
}

extension TextMetrics {
  /// The width of the longest line in pixels.
  func width(of lines: [LabelBoard.Line]) -> Double {
    lines.reduce(0) { max($0, width(of: $1.text, size: $1.size, bold: $1.bold)) }
  }
}
