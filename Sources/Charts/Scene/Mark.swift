/// How a line is drawn.
public struct Stroke: Hashable, Sendable {
  public enum Dash: Hashable, Sendable {
    case solid, dashed, dotted
  }

  public let paint: Paint
  /// Pixels.
  public let width: Double
  public let dash: Dash

  public init(_ paint: Paint, width: Double = 1, dash: Dash = .solid) {
    self.paint = paint
    self.width = width
    self.dash = dash
  }

  /// Lengths of dash and gap in pixels; empty for a solid line.
  var dashes: [Double] {
    switch dash {
    case .solid: []
    case .dashed: [5, 4]
    case .dotted: [2, 3]
    }
  }
}

/// One line of text at a place.
public struct Label: Hashable, Sendable {
  public enum Anchor: Hashable, Sendable {
    case start, middle, end
  }

  public let text: String
  /// On the baseline, at the side that `anchor` names.
  public let at: Point
  /// The font's size in pixels.
  public let size: Double
  public let bold: Bool
  public let anchor: Anchor
  public let paint: Paint

  public init(
    _ text: String, at: Point, size: Double = 11, bold: Bool = false, anchor: Anchor = .start,
    paint: Paint
  ) {
    self.text = text
    self.at = at
    self.size = size
    self.bold = bold
    self.anchor = anchor
    self.paint = paint
  }

  /// Other words at another place that look the same.
  func saying(_ text: String, at place: Point) -> Label {
    Label(text, at: place, size: size, bold: bold, anchor: anchor, paint: paint)
  }
}

/// A shape with its paint, laid out in pixels.
public enum Mark: Hashable, Sendable {
  case rectangle(Box, Paint)
  /// A disc, with an edge if `edge` is given.
  case circle(Point, radius: Double, Paint, edge: Stroke?)
  case polygon([Point], Paint)
  /// Open lines that share one stroke, with round ends and joins.
  case lines([[Point]], Stroke)
  case columns([Columns], Stroke)
  case text(Label)
  /// Boxes of one paint and edge, their corners rounded off by `radius`.
  case boxes([Box], Paint, edge: Stroke?, radius: Double)
  /// Labels that look like the first of them.
  case texts([Label])

  /// The mark as every canvas can draw it, or `nil` when nothing of it is left.
  ///
  /// Cairo accepts a NaN without an error and draws nothing after it, so points that are not finite are
  /// dropped here, the others clamped to 10 000 pixels around the drawing.
  var drawable: Mark? {
    func clamped(_ value: Double) -> Double { min(max(value, -10_000), 10_000) }
    func clamped(_ point: Point) -> Point { Point(clamped(point.x), clamped(point.y)) }
    func size(_ value: Double, atMost limit: Double) -> Double? {
      value.isFinite && value > 0 ? min(value, limit) : nil
    }
    func usable(_ stroke: Stroke) -> Stroke? {
      size(stroke.width, atMost: 100).map { Stroke(stroke.paint, width: $0, dash: stroke.dash) }
    }
    func usable(_ box: Box) -> Box? {
      guard [box.left, box.top, box.right, box.bottom].allSatisfy(\.isFinite), box.width > 0,
        box.height > 0
      else { return nil }
      return Box(
        left: clamped(box.left), top: clamped(box.top), right: clamped(box.right),
        bottom: clamped(box.bottom))
    }
    func usable(_ label: Label) -> Label? {
      let text = CleanText.of(label.text)
      guard !text.isEmpty, label.at.isFinite, let size = size(label.size, atMost: 200) else {
        return nil
      }
      return Label(
        text, at: clamped(label.at), size: size, bold: label.bold, anchor: label.anchor,
        paint: label.paint)
    }
    switch self {
    case .rectangle(let box, let paint): return usable(box).map { .rectangle($0, paint) }
    case .circle(let centre, let radius, let paint, let edge):
      guard centre.isFinite, let radius = size(radius, atMost: 1000) else { return nil }
      return .circle(clamped(centre), radius: radius, paint, edge: edge.flatMap(usable))
    case .polygon(let points, let paint):
      let kept = points.filter(\.isFinite).map(clamped)
      return kept.count >= 3 ? .polygon(kept, paint) : nil
    case .lines(let lines, let stroke):
      let kept = lines.map { $0.filter(\.isFinite).map(clamped) }.filter { $0.count >= 2 }
      guard !kept.isEmpty, let stroke = usable(stroke) else { return nil }
      return .lines(kept, stroke)
    case .columns(let runs, let stroke):
      let kept = runs.filter { run in
        run.left.isFinite && run.step > 0 && run.step <= 100 && !run.spans.isEmpty
          && run.spans.allSatisfy { $0.from.isFinite && $0.to.isFinite }
      }
      guard !kept.isEmpty, let stroke = usable(stroke) else { return nil }
      let clampedRuns = kept.map { run in
        Columns(
          left: clamped(run.left), step: run.step,
          spans: run.spans.map { Columns.Span(from: clamped($0.from), to: clamped($0.to)) })
      }
      return .columns(clampedRuns, stroke)
    case .text(let label): return usable(label).map { .text($0) }
    case .boxes(let boxes, let paint, let edge, let radius):
      let kept = boxes.compactMap(usable)
      guard !kept.isEmpty else { return nil }
      return .boxes(
        kept, paint, edge: edge.flatMap(usable), radius: size(radius, atMost: 1000) ?? 0)
    case .texts(let labels):
      let kept = labels.compactMap(usable)
      guard let first = kept.first else { return nil }
      return .texts(kept.map { first.saying($0.text, at: $0.at) })
    }
  }
}
