/// The forecasts of a series at origins a week apart, chosen and measured as they would have been.
struct BackTest {
  private let days: CleanedDays
  private let sums: WindowSums
  let horizon: Int
  /// Newest first; `nil` where too little was known.
  private(set) var origins: [ChosenFit?] = []
  /// Miss, its square, promised variance and 1, by origin and day ahead; all 0 where a day does not count.
  private var misses: [Double]
  private var squares: [Double]
  private var promises: [Double]
  private var counts: [Double]
  /// Sums of absolute misses: of what was chosen, and of *stays*.
  private(set) var missed = 0.0
  private(set) var missedByStaying = 0.0

  private static let trials = 8

  init(_ days: CleanedDays, horizon: Int) {
    self.days = days
    self.horizon = horizon
    sums = WindowSums(days.values, isPresent: days.isPresent)
    let count = days.count < 20 ? 1 : (days.count - 20) / 7 + 1
    misses = [Double](repeating: 0, count: count * horizon)
    (squares, promises, counts) = (misses, misses, misses)
    origins.reserveCapacity(count)
    let errors = Errors(days, sums, origins: count, horizon: horizon)
    for place in 0..<count { origins.append(choose(place, errors)) }
    for place in 1..<max(1, count) { measure(place) }
  }

  /// The first day of the fit at an origin: after the only jump, once 14 days and 12 values of the new level are known.
  private static func cut(_ days: CleanedDays, at seen: Int) -> Int {
    guard days.jumps.count == 1, days.isSettled(days.jumps[0], at: seen) else { return 0 }
    return days.jumps[0]
  }

  /// The end of the days on which a forecast of an origin counts: the only jump, where it came too late to be known.
  private static func end(_ days: CleanedDays, at seen: Int) -> Int {
    days.jumps.count == 1 && !days.isSettled(days.jumps[0], at: seen)
      ? days.jumps[0] : days.count
  }

  /// What each of the four missed at each origin, on average over the first 7, 14, … 56 days.
  private struct Errors {
    var cuts: [Int] = []
    /// By origin and line.
    var fits: [ChosenFit.Fit?] = []
    /// By origin, line and trial; `nil` without a day to compare.
    var means: [Double?]

    init(_ days: CleanedDays, _ sums: WindowSums, origins: Int, horizon: Int) {
      let lines = Forecast.Line.allCases
      means = [Double?](repeating: nil, count: origins * lines.count * BackTest.trials)
      cuts.reserveCapacity(origins)
      fits.reserveCapacity(origins * lines.count)
      for place in 0..<origins {
        let seen = days.count - 7 * place
        let cut = BackTest.cut(days, at: seen)
        cuts.append(cut)
        let end = min(BackTest.end(days, at: seen), seen + horizon)
        for (index, line) in lines.enumerated() {
          let fit = BackTest.fit(line, sums, from: cut, seen: seen)
          fits.append(fit)
          guard let fit, place > 0, seen < end else { continue }
          let first = (place * lines.count + index) * BackTest.trials
          add(days, seen: seen, end: end, fit, at: first)
        }
      }
    }

    /// Fills the means of one fit.
    ///
    /// Where the horizon or the days that count end before a trial does, it has those there are.
    private mutating func add(
      _ days: CleanedDays, seen: Int, end: Int, _ fit: ChosenFit.Fit, at first: Int
    ) {
      var (sum, count, trial) = (0.0, 0.0, 0)
      fit.forEach(end - seen) { ahead, expected, _ in
        let day = seen + ahead - 1
        if days.isPresent[day] {
          sum += abs(days.values[day] - expected)
          count += 1
        }
        if ahead == 7 * (trial + 1), trial < BackTest.trials {
          if count > 0 { means[first + trial] = sum / count }
          trial += 1
        }
      }
      guard count > 0 else { return }
      for rest in trial..<max(trial, BackTest.trials) { means[first + rest] = sum / count }
    }
  }

  private static func fit(
    _ line: Forecast.Line, _ sums: WindowSums, from cut: Int, seen: Int
  ) -> ChosenFit.Fit? {
    switch line {
    case .stays: return sums.level(from: cut, to: seen).map(ChosenFit.Fit.level)
    case .days28, .days90, .allDays:
      return sums.line(from: line.start(after: cut, seen: seen), to: seen)
        .map(ChosenFit.Fit.line)
    }
  }

  /// The forecast that missed least in the trials before an origin; all days where none is tried enough.
  private func choose(_ place: Int, _ errors: Errors) -> ChosenFit? {
    let lines = Forecast.Line.allCases
    let cut = errors.cuts[place]
    let seen = days.count - 7 * place
    var (trials, totals) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for back in 1...BackTest.trials {
      let tried = place + back
      guard tried < errors.cuts.count, seen - 7 * back >= cut + 21 else { break }
      for index in lines.indices {
        let first = (tried * lines.count + index) * BackTest.trials
        guard let mean = errors.means[first + back - 1] else { continue }
        trials[index] += 1
        totals[index] += mean
      }
    }
    let most = trials.max()
    var best: (index: Int, miss: Double)?
    for (index, line) in lines.enumerated()
    where trials[index] >= 3 && 2 * trials[index] >= most
      && errors.fits[place * lines.count + index] != nil
    {
      let miss = totals[index] / trials[index] * (line == .allDays ? 1 : 1.02)
      // All days come first, and only a smaller miss replaces them.
      if miss < best?.miss ?? .infinity { best = (index, miss) }
    }
    let index = best?.index ?? 0
    guard let fit = errors.fits[place * lines.count + index] else { return nil }
    let start = lines[index].start(after: cut, seen: seen)
    return ChosenFit(seen: seen, line: lines[index], start: start, fit: fit)
  }

  /// Compares what was chosen at an origin with what came.
  private mutating func measure(_ place: Int) {
    guard let origin = origins[place], origin.seen >= 28 else { return }
    let end = min(BackTest.end(days, at: origin.seen), origin.seen + horizon)
    guard origin.seen < end else { return }
    let last = days.values[sums.lastBefore[origin.seen]]
    origin.fit.forEach(end - origin.seen) { ahead, expected, variance in
      let day = origin.seen + ahead - 1
      guard days.isPresent[day] else { return }
      let cell = place * horizon + ahead - 1
      misses[cell] = days.values[day] - expected
      squares[cell] = misses[cell] * misses[cell]
      promises[cell] = variance
      counts[cell] = 1
      missed += abs(misses[cell])
      missedByStaying += abs(days.values[day] - last)
    }
  }

  /// Moves a table on to the next newer origin: what came in the seven days before it is known there.
  func advance(_ table: inout MissTable, to place: Int) {
    table.recent.clear()
    for older in place + 1..<max(place + 1, origins.count) {
      let weeks = older - place
      let (known, row) = (min(horizon, 7 * weeks), older * horizon)
      let new = 7 * (weeks - 1)
      guard 7 * weeks <= 90 || new < horizon else { break }
      if new < known { add(row, new..<known, to: &table.all) }
      if 7 * weeks <= 90 { add(row, 0..<known, to: &table.recent) }
    }
  }

  private func add(_ row: Int, _ range: Range<Int>, to misses: inout MissTable.Misses) {
    misses.add(
      squares[row + range.lowerBound..<row + range.upperBound],
      promises[row + range.lowerBound..<row + range.upperBound],
      counts[row + range.lowerBound..<row + range.upperBound], at: range.lowerBound)
  }

  /// What all misses say, and how often the interval held at the earlier origins.
  func record() -> (misses: MissTable, record: Forecast.Record) {
    var table = MissTable(horizon: horizon)
    var (held, judged) = (0, 0)
    for place in origins.indices.reversed() {
      advance(&table, to: place)
      let cell = place * horizon + horizon - 1
      guard let origin = origins[place], counts[cell] > 0 else { continue }
      var variances = origin.fit.promises(horizon)
      _ = table.widen(&variances, seen: origin.seen)
      judged += 1
      if origin.fit.holds(misses[cell], variance: variances[horizon - 1]) { held += 1 }
    }
    return (table, Forecast.Record(held: held, origins: judged))
  }

  /// Mean absolute miss over that of *stays*; `nil` where nothing could be compared, or *stays* missed nothing.
  var scaledError: Double? { missedByStaying > 0 ? missed / missedByStaying : nil }

  /// Whether what was chosen missed as much as *stays*, by more than rounding.
  var isIrregular: Bool {
    missed >= missedByStaying && missed > 1e-8 * Double(counts.count)
  }

  /// What is forecast now.
  ///
  /// - Parameter mustStay: whether no line is to be trusted.
  /// - Returns: `nil` where too little is known.
  func choice(mustStay: Bool) -> ChosenFit? {
    guard mustStay else { return origins[0] }
    return sums.level(from: 0, to: days.count).map {
      ChosenFit(seen: days.count, line: .stays, start: 0, fit: .level($0))
    }
  }
}
