import Model

extension SeriesLives {
  /// Of rows, which do not end: a table without rows says that nothing happened.
  ///
  /// But a declared origin without any for long, while others of its source go on, is as a source that is silent.
  ///
  /// - Formula: longer than 10 usual steps (2 h at least, 2 days and 2.5 steps at most) and than six times any longer time
  ///   without rows of it before; from three steps and an hour on it is named. Where rows are back, only what is longer than
  ///   any such time is one. An origin that begins within 2.5 steps of the end explains it. The rate is that of the largest of
  ///   its series, in the hour before.
  init(ofRows series: [Series], setting: Setting) {
    guard setting.targets.values.contains(where: { !$0.origin.isEmpty }) else { return }
    var origins: [TargetLabels.Key: [Series]] = [:]
    for series in setting.since.map({ start in series.map { $0.since(start) } }) ?? series
    where series.cells.contains(where: { $0.count > 0 }) {
      let key = (setting.targets[series.id.source] ?? TargetLabels()).origin(of: series.id)
      if key.origin.count > 1 { origins[key, default: []].append(series) }
    }
    let known = origins.map { (key: $0.key, value: SeriesLives.minutes(of: $0.value)) }
      .sorted { $0.key.text < $1.key.text }
    let sources = Dictionary(grouping: known, by: \.key.origin[0])
    let all = sources.mapValues { Set($0.flatMap(\.value)).sorted() }
    for (key, minutes) in known {
      // In a time without any of its own they are those of others.
      let others = all[key.origin[0]] ?? []
      guard let last = minutes.last, let newest = others.last else { continue }
      let steps = zip(minutes, minutes.dropFirst()).map { $1 - $0 }
      let usual = steps.sorted().dropFirst((steps.count - 1) / 2).first ?? 1
      let most = max(120, usual * 5 / 2, min(usual * 10, 2880))
      var longest: Int64 = 0
      for (from, to) in zip(minutes, minutes.dropFirst() + [max(last, newest)]) {
        defer { longest = max(longest, to - from) }
        let isOver = to > last
        guard to - from > max(60, usual * 3) else { continue }
        let first = others.partitioningIndex { $0 > from }
        guard others[first...].prefix(3).count(where: { $0 < to }) == 3 else { continue }
        let isLong = to - from > most && (longest <= most || to - from > longest * 6)
        guard isLong || isOver else { continue }
        let successor = (sources[key.origin[0]] ?? []).first { other in
          other.key != key && (other.value.last ?? 0) > from
            && abs((other.value.first ?? 0) - from) <= max(30, usual * 5 / 2)
        }
        let rate =
          (origins[key] ?? []).map { series in
            series.cells.reduce(0) { from - 60 < $1.minute && $1.minute <= from ? $0 + $1.sum : $0 }
          }.max() ?? 0
        ends.append(
          End(
            at: Instant(minute: from), missing: Instant(minute: from + usual),
            until: isOver ? nil : Instant(minute: to), text: key.text,
            series: origins[key]?.count ?? 1,
            reason: successor.map { .successor($0.key.text) } ?? (isLong ? .silent : .harmless),
            rate: rate / 3600, goodSince: 0))
      }
    }
    ends.sort { ($0.at, $0.text) < ($1.at, $1.text) }
  }

  private static func minutes(of series: [Series]) -> [Int64] {
    Set(series.flatMap(\.cells).filter { $0.count > 0 }.map(\.minute)).sorted()
  }
}
