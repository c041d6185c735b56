/// A place in a drawing: pixels right and down from its top left corner.
public struct Point: Hashable, Sendable {
  public let x: Double
  public let y: Double

  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// An upright rectangle in pixels.
public struct Box: Hashable, Sendable {
  public let left: Double
  public let top: Double
  public let right: Double
  public let bottom: Double

  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// The square that a circle touches.
  init(around centre: Point, radius: Double) {
    self.init(
      left: centre.x - radius, top: centre.y - radius, right: centre.x + radius,
      bottom: centre.y + radius)
  }

  public var width: Double { right - left }
  public var height: Double { bottom - top }
  var centre: Point { Point((left + right) / 2, (top + bottom) / 2) }

  func grown(by margin: Double) -> Box {
    Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
  }

  func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// The part inside `other`, or `nil` when nothing is shared.
  func clipped(to other: Box) -> Box? {
    guard overlaps(other) else { return nil }
    return Box(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }

  func holds(_ other: Box) -> Bool {
    left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
  }

  /// The corners in turn, each one rounded off by a few points on a quarter of a circle.
  func outline(rounded radius: Double) -> [Point] {
    let radius = min(radius, width / 2, height / 2)
    let inner = grown(by: -radius)
    // The cosines of 0, 30, 60 and 90 degrees.
    let turn = radius > 0 ? [1, 0.866, 0.5, 0].map { $0 * radius } : [0]
    return zip(turn, turn.reversed()).map { Point(inner.right + $1, inner.top - $0) }
      + zip(turn, turn.reversed()).map { Point(inner.right + $0, inner.bottom + $1) }
      + zip(turn, turn.reversed()).map { Point(inner.left - $1, inner.bottom + $0) }
      + zip(turn, turn.reversed()).map { Point(inner.left - $0, inner.top - $1) }
  }

  /// The diagonal lines that hatch the box, cut at its edges by calculation.
  ///
  /// The lines of all boxes lie on one grid, so neighbouring boxes join without a seam.
  func hatching(every step: Double = 6) -> [[Point]] {
    guard width > 0, height > 0, width <= 4096, height <= 4096 else { return [] }
    var lines: [[Point]] = []
    var sum = ((left + top) / step).rounded(.down) * step + step
    while sum < right + bottom {
      let low = Point(max(left, sum - bottom), min(bottom, sum - left))
      let high = Point(min(right, sum - top), max(top, sum - right))
      if high.x > low.x { lines.append([low, high]) }
      sum += step
    }
    return lines
  }
}
