/// Which of a chart's two drawings.
///
/// Both are laid out by themselves: one scaled to the other's width could not be read.
public enum ChartSize: Hashable, Sendable, CaseIterable {
  /// 680 pixels wide, for a page and paper.
  case wide
  /// 342 pixels wide, for a phone: fewer labels, the same data.
  case narrow

  /// Pixels.
  public var width: Double { self == .wide ? 680 : 342 }
}
