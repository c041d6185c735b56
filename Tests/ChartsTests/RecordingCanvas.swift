import Charts
import Foundation

/// Writes one line of text for each thing drawn.
struct RecordingCanvas: Canvas {
  private(set) var lines: [String] = []

  static func text(of scene: Scene) -> String {
    var canvas = RecordingCanvas()
    scene.draw(on: &canvas)
    return (["scene \(number(scene.width)) × \(number(scene.height))"] + canvas.lines)
      .joined(separator: "\n") + "\n"
  }

  mutating func rectangle(_ box: Box, _ paint: Paint) {
    lines.append("rectangle \(text(box)) \(paint)")
  }

  mutating func circle(_ centre: Point, radius: Double, _ paint: Paint, edge: Stroke?) {
    lines.append("circle \(text(centre)) radius \(Self.number(radius)) \(paint)\(text(edge))")
  }

  mutating func polygon(_ points: [Point], _ paint: Paint) {
    lines.append("polygon \(text(points)) \(paint)")
  }

  mutating func lines(_ lines: [[Point]], _ stroke: Stroke) {
    self.lines.append("lines \(lines.map(text).joined(separator: " | "))\(text(stroke))")
  }

  mutating func columns(_ runs: [Columns], _ stroke: Stroke) {
    let texts = runs.map { run in
      "from \(Self.number(run.left)) by \(Self.number(run.step)): "
        + run.spans.map { "\(Self.number($0.from))…\(Self.number($0.to))" }.joined(separator: " ")
    }
    lines.append("columns \(texts.joined(separator: " | "))\(text(stroke))")
  }

  mutating func text(_ label: Label) { lines.append("text \(text(label))") }

  mutating func boxes(_ boxes: [Box], _ paint: Paint, edge: Stroke?, radius: Double) {
    let rounded = radius > 0 ? " radius \(Self.number(radius))" : ""
    lines.append(
      "boxes \(boxes.map(text).joined(separator: " | "))\(rounded) \(paint)\(text(edge))")
  }

  mutating func texts(_ labels: [Label]) {
    lines.append("texts \(labels.map(text).joined(separator: " | "))")
  }

  private static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value == 0 ? 0 : value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private func text(_ point: Point) -> String { "\(Self.number(point.x)),\(Self.number(point.y))" }

  private func text(_ points: [Point]) -> String { points.map(text).joined(separator: " ") }

  private func text(_ box: Box) -> String {
    text([Point(box.left, box.top), Point(box.right, box.bottom)])
  }

  private func text(_ stroke: Stroke?) -> String {
    guard let stroke else { return "" }
    let dash = stroke.dash == .solid ? "" : " \(stroke.dash)"
    return " stroke \(stroke.paint) \(Self.number(stroke.width))\(dash)"
  }

  private func text(_ label: Label) -> String {
    "\"\(label.text)\" \(label.anchor) at \(text(label.at)) size \(Self.number(label.size))"
      + (label.bold ? " bold" : "") + " \(label.paint)"
  }
}
