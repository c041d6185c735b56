/// A state as a shape, so that colour is never the only sign.
public enum StatusIcon: Hashable, Sendable, CaseIterable {
  /// A circle with a tick.
  case ok
  /// A triangle with an exclamation mark.
  case warn
  /// An octagon with a cross.
  case bad
  /// A circle with a dash.
  case none

  /// The sign in it, as text.
  private var sign: String {
    switch self {
    case .ok: "✓"
    case .warn: "!"
    case .bad: "✕"
    case .none: "–"
    }
  }

  /// The drawing, 18 × 18 pixels: decoration beside a word.
  public func scene() -> Scene {
    let white = Stroke(.page, width: 2)
    let marks: [Mark]
    switch self {
    case .ok:
      marks = [
        .circle(Point(9, 9), radius: 8.5, .ok, edge: nil),
        .lines([[Point(5.2, 9.4), Point(7.9, 12), Point(12.8, 6.4)]], white),
      ]
    case .warn:
      marks = [
        .polygon([Point(9, 1), Point(17.6, 16.6), Point(0.4, 16.6)], .warn),
        .lines([[Point(9, 6.6), Point(9, 10.6)]], white),
        .circle(Point(9, 13.7), radius: 1.2, .page, edge: nil),
      ]
    case .bad:
      let corners = [
        Point(5.5, 0.5), Point(12.5, 0.5), Point(17.5, 5.5), Point(17.5, 12.5), Point(12.5, 17.5),
        Point(5.5, 17.5), Point(0.5, 12.5), Point(0.5, 5.5),
      ]
      let cross = [[Point(6, 6), Point(12, 12)], [Point(12, 6), Point(6, 12)]]
      marks = [.polygon(corners, .bad), .lines(cross, white)]
    case .none:
      marks = [
        .circle(Point(9, 9), radius: 8.5, .none, edge: nil),
        .lines([[Point(5.5, 9), Point(12.5, 9)]], white),
      ]
    }
    return Scene(
      width: 18, height: 18, title: sign, description: "", isDecoration: true, marks: marks)
  }
}
