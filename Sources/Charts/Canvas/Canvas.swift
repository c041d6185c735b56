/// What a scene is drawn on: one call for each kind of mark.
public protocol Canvas: ~Copyable {
  mutating func rectangle(_ box: Box, _ paint: Paint)
  mutating func circle(_ centre: Point, radius: Double, _ paint: Paint, edge: Stroke?)
  mutating func polygon(_ points: [Point], _ paint: Paint)
  mutating func lines(_ lines: [[Point]], _ stroke: Stroke)
  mutating func columns(_ runs: [Columns], _ stroke: Stroke)
  mutating func text(_ label: Label)
  mutating func boxes(_ boxes: [Box], _ paint: Paint, edge: Stroke?, radius: Double)
  mutating func texts(_ labels: [Label])
}

extension Scene {
  /// Draws every mark in order.
  public func draw(on canvas: inout some Canvas & ~Copyable) {
    for mark in marks {
      switch mark {
      case .rectangle(let box, let paint): canvas.rectangle(box, paint)
      case .circle(let centre, let radius, let paint, let edge):
        canvas.circle(centre, radius: radius, paint, edge: edge)
      case .polygon(let points, let paint): canvas.polygon(points, paint)
      case .lines(let lines, let stroke): canvas.lines(lines, stroke)
      case .columns(let runs, let stroke): canvas.columns(runs, stroke)
      case .text(let label): canvas.text(label)
      case .boxes(let boxes, let paint, let edge, let radius):
        canvas.boxes(boxes, paint, edge: edge, radius: radius)
      case .texts(let labels): canvas.texts(labels)
      }
    }
  }
}
