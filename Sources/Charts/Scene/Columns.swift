/// An unbroken line with so many points that it is drawn as one upright stroke in each narrow column.
public struct Columns: Hashable, Sendable {
  /// What the line covers inside a column, from the extreme that comes first to the one that comes last.
  public struct Span: Hashable, Sendable {
    public let from: Double
    public let to: Double

    public init(from: Double, to: Double) {
      self.from = from
      self.to = to
    }
  }

  /// The left edge of the first column.
  public let left: Double
  /// How wide each column is: a pixel, or half of one.
  public let step: Double
  public let spans: [Span]

  public init(left: Double, step: Double, spans: [Span]) {
    self.left = left
    self.step = step
    self.spans = spans
  }

  /// The line through the middles of the columns.
  var points: [Point] {
    spans.enumerated().flatMap { index, span -> [Point] in
      let x = left + (Double(index) + 0.5) * step
      return [Point(x, span.from), Point(x, span.to)]
    }
  }

  /// The columns as boxes that touch their neighbours, for a line of the given width.
  func boxes(width: Double) -> [Box] {
    let drawn = spans.map { span in
      (top: min(span.from, span.to) - width / 2, bottom: max(span.from, span.to) + width / 2)
    }
    var edges = drawn
    for index in drawn.indices.dropFirst() {
      let (one, two) = (drawn[index - 1], drawn[index])
      // The way between two columns is shared by both.
      if one.bottom < two.top {
        let middle = (one.bottom + two.top) / 2
        edges[index - 1].bottom = max(edges[index - 1].bottom, middle)
        edges[index].top = middle
      } else if two.bottom < one.top {
        let middle = (two.bottom + one.top) / 2
        edges[index - 1].top = min(edges[index - 1].top, middle)
        edges[index].bottom = middle
      }
    }
    return edges.enumerated().map { index, edge in
      let x = left + Double(index) * step
      return Box(left: x, top: edge.top, right: x + step, bottom: edge.bottom)
    }
  }
}
