/// A share of something left, as a bar for a table row.
///
/// The bar starts at a zero line; what is overdrawn runs to its left in ``Paint/bad``. All bars have one
/// scale, from −35 % to 100 %; what lies beyond ends at the edge.
public struct BulletBar: Hashable, Sendable {
  /// 1 is full, 0 is used up; `nil` is not known and draws a hatched track.
  public let left: Double?
  public let paint: Paint

  public init(left: Double?, paint: Paint) {
    self.left = left
    self.paint = paint
  }

  /// The drawing, 100 × 20 pixels.
  public func scene(title: String, description: String = "") -> Scene {
    let zero = 26.0
    func x(_ share: Double) -> Double { zero + min(max(share, -0.35), 1) * 72 }
    let track = Box(left: zero, top: 6, right: x(1), bottom: 14)
    var marks: [Mark] = [.rectangle(track, .noneTint)]
    if let left, left.isFinite {
      let bar = Box(left: min(zero, x(left)), top: 6, right: max(zero, x(left)), bottom: 14)
      marks.append(.rectangle(bar, left < 0 ? .bad : paint))
      marks.append(.lines([[Point(x(0.2), 3), Point(x(0.2), 17)]], Stroke(.axis)))
    } else {
      marks.append(.lines(track.hatching(every: 5), Stroke(.none)))
    }
    marks.append(.lines([[Point(zero, 2), Point(zero, 18)]], Stroke(.ink, width: 1.4)))
    return Scene(width: 100, height: 20, title: title, description: description, marks: marks)
  }
}
