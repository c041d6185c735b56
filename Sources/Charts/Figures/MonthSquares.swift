/// Verdicts of a few periods as squares, for a table row.
public struct MonthSquares: Hashable, Sendable {
  public enum Square: Hashable, Sendable {
    case met, narrow, missed, notJudged
  }

  /// Oldest first; the last eight are drawn.
  public let squares: [Square]

  public init(_ squares: [Square]) { self.squares = squares.suffix(8) }

  /// The drawing, 13 pixels a square and 16 high.
  public func scene(title: String, description: String = "") -> Scene {
    var marks: [Mark] = []
    for (index, square) in squares.enumerated() {
      let left = Double(index) * 13 + 1
      let box = Box(left: left, top: 2.5, right: left + 11, bottom: 13.5)
      let middle = box.centre
      switch square {
      case .met: marks.append(Self.filled(box, .d2, edge: .d1Edge))
      case .narrow:
        marks += [
          Self.filled(box, .d3, edge: .d3Edge),
          .lines([[Point(middle.x, 5), Point(middle.x, 8.7)]], Stroke(.d3Text, width: 1.5)),
          .circle(Point(middle.x, 11), radius: 0.9, .d3Text, edge: nil),
        ]
      case .missed:
        let (near, far) = (-2.5, 2.5)
        marks += [
          Self.filled(box, .bad, edge: .bad),
          .lines(
            [
              [Point(middle.x + near, middle.y + near), Point(middle.x + far, middle.y + far)],
              [Point(middle.x + far, middle.y + near), Point(middle.x + near, middle.y + far)],
            ], Stroke(.page, width: 1.5)),
        ]
      case .notJudged:
        marks += [
          .rectangle(box, .noneTint), .lines(box.hatching(every: 4), Stroke(.none, width: 0.8)),
        ]
      }
    }
    return Scene(
      width: Double(squares.count) * 13, height: 16, title: title, description: description,
      marks: marks)
  }

  private static func filled(_ box: Box, _ paint: Paint, edge: Paint) -> Mark {
    .boxes([box], paint, edge: Stroke(edge, width: 0.8), radius: 1.5)
  }
}
