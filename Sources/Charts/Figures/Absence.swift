/// What the plot says when there is nothing to draw.
public struct Absence: Hashable, Sendable {
  /// "No data", "No requests".
  public let title: String
  /// "21 Sep – 18 Oct", "nothing to judge".
  public let detail: String
  /// Missing data are hatched; time in which nothing happened is not.
  public let isMissing: Bool

  public init(title: String, detail: String, isMissing: Bool) {
    self.title = title
    self.detail = detail
    self.isMissing = isMissing
  }
}
