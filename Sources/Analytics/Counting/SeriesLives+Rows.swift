import Model

extension SeriesLives {
  /// Of rows, which do not end: a table without rows says that nothing happened.
  ///
  /// But a declared origin without any for long, while others of its source go on, is as a source that is silent.
  ///
  /// - Formula: longer than 10 usual steps and than twice any earlier time without rows of it, while the others have 10
  ///   buckets. The rate is that of the largest of its series, in the hour before.
  init(ofRows series: [Series], setting: Setting) {
    guard setting.targets.values.contains(where: { !$0.origin.isEmpty }) else { return }
    var origins: [TargetLabels.Key: [Series]] = [:]
    for series in series where series.cells.contains(where: { $0.count > 0 }) {
      let key = (setting.targets[series.id.source] ?? TargetLabels()).origin(of: series.id)
      if key.origin.count > 1 { origins[key, default: []].append(series) }
    }
    for (key, own) in origins {
      let minutes = SeriesLives.minutes(of: own)
      let others = SeriesLives.minutes(
        of: origins.filter { $0.key != key && $0.key.origin[0] == key.origin[0] }.flatMap(\.value))
      guard let last = minutes.last, let newest = others.last else { continue }
      let steps = zip(minutes, minutes.dropFirst()).map { $1 - $0 }
      let usual = steps.sorted().dropFirst((steps.count - 1) / 2).first ?? 1
      var longest = usual * 5
      for (from, to) in zip(minutes, minutes.dropFirst() + [max(last, newest)]) {
        defer { longest = max(longest, to - from) }
        guard to - from > longest * 2, others.count(where: { from < $0 && $0 < to }) >= 10
        else { continue }
        let rate =
          own.map { series in
            series.cells.reduce(0) { from - 60 < $1.minute && $1.minute <= from ? $0 + $1.sum : $0 }
          }.max() ?? 0
        ends.append(
          End(
            at: Instant(seconds: from * 60), missing: Instant(seconds: (from + usual) * 60),
            until: to > last ? nil : Instant(seconds: to * 60), text: key.text,
            series: own.count, reason: .silent, rate: rate / 3600, goodSince: 0))
      }
    }
    ends.sort { ($0.at, $0.text) < ($1.at, $1.text) }
  }

  private static func minutes(of series: [Series]) -> [Int64] {
    Set(series.flatMap(\.cells).filter { $0.count > 0 }.map(\.minute)).sorted()
  }
}
