/// A drawing laid out as values, for any ``Canvas``.
///
/// Marks are drawn in their order: background, grid, bands, data, thresholds, marks, labels.
public struct Scene: Hashable, Sendable {
  /// Pixels; at most 4096, so that a PNG at double scale stays drawable.
  public let width: Double
  public let height: Double
  /// What is drawn.
  public let title: String
  /// The finding in words, with key numbers, units and dates; may be empty.
  public let description: String
  /// Whether the words beside it say all of it, so that it is hidden from screen readers.
  public let isDecoration: Bool
  public let marks: [Mark]

  /// Drops what cannot be drawn: points that are not finite, control characters, empty marks.
  public init(
    width: Double, height: Double, title: String, description: String, isDecoration: Bool = false,
    marks: [Mark]
  ) {
    func side(_ value: Double) -> Double { value.isFinite ? min(max(value, 1), 4096) : 1 }
    self.width = side(width)
    self.height = side(height)
    self.title = CleanText.of(title)
    self.description = CleanText.of(description, atMost: 2000)
    self.isDecoration = isDecoration
    self.marks = marks.compactMap(\.drawable)
  }
  /// The words for who does not see it.
  public var alternative: String {
    guard !description.isEmpty else { return title }
    return title.isEmpty ? description : "\(title). \(description)"
  }
}
