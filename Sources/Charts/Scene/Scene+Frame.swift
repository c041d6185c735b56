extension Scene {
  /// The scene on a page of its own, with 20 pixels around it, a heading and a line below that.
  ///
  /// Both are wrapped to the scene's width and cut with "…"; empty ones take no room.
  func framed(heading: String, subheading: String) -> Scene {
    let padding = 20.0
    let metrics = FixedTextMetrics()
    var labels: [Mark] = []
    var down = padding
    for line in metrics.wrapped(heading, to: width, size: 15, bold: true, lines: 2) {
      let place = Point(padding, down + 14)
      labels.append(.text(Label(line, at: place, size: 15, bold: true, paint: .ink)))
      down += 20
    }
    for line in metrics.wrapped(subheading, to: width, size: 12, bold: false, lines: 3) {
      labels.append(.text(Label(line, at: Point(padding, down + 12), size: 12, paint: .ink2)))
      down += 17
    }
    if !labels.isEmpty { down += 8 }
    let (wide, high) = (width + 2 * padding, down + height + padding)
    let page = Mark.rectangle(Box(left: 0, top: 0, right: wide, bottom: high), .page)
    return Scene(
      width: wide, height: high, title: title, description: description, isDecoration: isDecoration,
      marks: [page] + labels + marks.map { $0.moved(right: padding, down: down) })
  }
}

extension Mark {
  /// The mark at another place.
  func moved(right: Double, down: Double) -> Mark {
    func moved(_ point: Point) -> Point { Point(point.x + right, point.y + down) }
    func moved(_ box: Box) -> Box {
      Box(
        left: box.left + right, top: box.top + down, right: box.right + right,
        bottom: box.bottom + down)
    }
    func moved(_ label: Label) -> Label { label.saying(label.text, at: moved(label.at)) }
    switch self {
    case .rectangle(let box, let paint): return .rectangle(moved(box), paint)
    case .circle(let centre, let radius, let paint, let edge):
      return .circle(moved(centre), radius: radius, paint, edge: edge)
    case .polygon(let points, let paint): return .polygon(points.map(moved), paint)
    case .lines(let lines, let stroke): return .lines(lines.map { $0.map(moved) }, stroke)
    case .columns(let runs, let stroke):
      let moved = runs.map { run in
        Columns(
          left: run.left + right, step: run.step,
          spans: run.spans.map { Columns.Span(from: $0.from + down, to: $0.to + down) })
      }
      return .columns(moved, stroke)
    case .text(let label): return .text(moved(label))
    case .boxes(let boxes, let paint, let edge, let radius):
      return .boxes(boxes.map(moved), paint, edge: edge, radius: radius)
    case .texts(let labels): return .texts(labels.map(moved))
    }
  }
}
