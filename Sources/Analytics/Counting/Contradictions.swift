public import Model

/// The series whose files contradict each other in the most minutes of a window.
///
/// A later export corrects a row or two of an earlier one; so rows count from three minutes on.
public struct Contradictions: Hashable, Sendable {
  public let id: SeriesID
  public let minutes: Int64
  public let first: Instant

  /// `nil` where none do.
  public init?(in series: [Series], window: Window) {
    var worst: (id: SeriesID, minutes: Int64, first: Int64)?
    for series in series {
      var (minutes, first) = (Int64(0), Int64.max)
      for cell in series.cells
      where cell.conflicts > 0 && window.contains(Instant(minute: cell.minute)) {
        minutes += cell.conflicts
        first = min(first, cell.minute)
      }
      guard minutes > worst?.minutes ?? 0, series.kind == .samples || minutes >= 3 else { continue }
      worst = (series.id, minutes, first)
    }
    guard let worst else { return nil }
    (id, minutes, first) = (worst.id, worst.minutes, Instant(minute: worst.first))
  }
}
