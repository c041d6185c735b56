public import Model

/// Rows that may have been added up twice.
public enum RepeatedRows {
  /// How many rows of a window came again after later ones; `nil` where they are less than a twentieth of all.
  ///
  /// Where a clock is set back, an hour of them is right.
  public static func count(in series: [Series], window: Window) -> Int64? {
    var (repeated, all) = (Int64(0), Int64(0))
    for cell in series.lazy.filter({ $0.kind == .rows }).flatMap(\.cells)
    where window.contains(Instant(minute: cell.minute)) {
      repeated += cell.duplicates
      all += cell.count
    }
    return repeated > 0 && repeated * 20 >= all ? repeated : nil
  }
}
