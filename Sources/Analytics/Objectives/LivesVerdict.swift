import Model

/// What series that began and ended mean for a verdict.
///
/// What is certainly bad decides first: no doubt of this kind hides a budget that is spent without it.
struct LivesVerdict {
  private(set) var doubts: [Caveat] = []
  private(set) var notes: [Caveat] = []

  /// - Formula: the gate must be open with all events counted as bad that may have happened unseen, or the doubts stay. A
  ///   series has not been seen since its first missing reading: at the rate that its target had before it; of a series of
  ///   bad events the good ones of its target, where they are more.
  init(
    _ measurement: Measurement, of objective: Objective, budget: ErrorBudget?, in elapsed: Window
  ) {
    let lives = measurement.lives
    let births = lives.births.filter { elapsed.contains($0.minute) }
    let ends = lives.ends.filter { end in
      end.at < elapsed.end
        && (end.reason.isDoubt
          ? end.until ?? elapsed.end > elapsed.start : elapsed.contains(end.at))
    }
    // An origin whose next rows were due before the window is not part of what is judged.
    let open = ends.filter {
      $0.reason.isDoubt && objective.series == .explained
        && ($0.reason != .silent || elapsed.start < $0.missing)
    }
    let scale = Scale(measurement.unit, objective)
    func closes(bad: Double, total: Double) -> Bool {
      guard let budget else { return false }
      let with = ErrorBudget(
        bad: max(0, budget.bad.addingClamped(Int64(clamping: bad.rounded(.up)))),
        of: max(1, budget.total.addingClamped(Int64(clamping: total.rounded(.up)))),
        target: budget.target)
      return with.isOverspent || with.band(of: objective.policy).closesGate
    }
    let sudden = births.filter { $0.counting == .implausible || $0.isJump }
    let bads = scale.amount(sudden.map(\.bad).filter { $0 > 0 })
    let isCertain = closes(bad: -bads, total: -bads)
    let isClosed = closes(bad: 0, total: 0)
    let fallen = sudden.filter(\.isJump)
    let isSudden =
      isClosed ? !isCertain && !sudden.isEmpty : !fallen.isEmpty && scale.hide(fallen, closes)
    let failing = births.filter { $0.counting == .leftOut && $0.failed(objective.target) }
    let isBornFailing =
      !isCertain
      && closes(bad: scale.amount(failing.map(\.bad)), total: scale.amount(failing.map(\.total)))
    let unseen = scale.unseen(open, in: elapsed, of: measurement)
    let isHidden = !isCertain && closes(bad: unseen, total: unseen)

    let named = Caveat.endings(ends.filter { !open.contains($0) })
    let doubtful = Caveat.endings(open)
    if isHidden { doubts += doubtful } else { notes += doubtful }
    let appeared = Caveat.appearances(sudden)
    if isSudden { doubts += appeared } else { notes += appeared }
    let others = births.filter { !sudden.contains($0) }
    if isBornFailing {
      doubts += Caveat.appearances(failing)
      notes += Caveat.appearances(others.filter { !failing.contains($0) })
    } else {
      notes += Caveat.appearances(others)
    }
    if !open.isEmpty, !isHidden, !isCertain {
      notes.append(.unseen(scale.events(unseen)))
    }
    notes += named
  }

  /// From events to what the objective counts.
  private struct Scale {
    let unit: CountedUnit
    /// The nanoseconds of a slice.
    let slice: Double

    init(_ unit: CountedUnit, _ objective: Objective) {
      self.unit = unit
      switch (objective.method, objective.indicator) {
      case (.timeslices(let every, _), _), (.ratioTimeslices(let every), _),
        (.occurrences, .slices(_, _, let every)):
        slice = Double(max(1, every.nanoseconds))
      case (.occurrences, _): slice = 1
      }
    }

    /// Each a slice at least, where slices count.
    func amount(_ events: [Double]) -> Double {
      switch unit {
      case .events, .checks: events.reduce(0, +)
      case .millionths: events.reduce(0, +) * 1e6
      case .slices: Double(events.count)
      case .billionths: Double(events.count) * 1e9
      case .time: 0
      }
    }

    /// Whether the gate would close without the good events of falls; with a slice that may have been bad for each.
    func hide(_ falls: [SeriesLives.Birth], _ closes: (_ bad: Double, _ total: Double) -> Bool)
      -> Bool
    {
      switch unit {
      case .events, .checks, .millionths:
        let alone = falls.map { max(0, -$0.bad) }
        return closes(amount(alone), -amount(falls.map { min($0.total, $0.total - $0.bad) }))
      case .slices, .billionths: return closes(amount(falls.map(\.total)), 0)
      case .time: return false
      }
    }

    /// What may have happened unseen after ends, less agreed time; a slice, or a moment, is bad only once.
    func unseen(
      _ ends: [SeriesLives.End], in window: Window, of measurement: Measurement
    ) -> Double {
      let parts = ends.map { end in
        let until = end.until ?? window.end
        let part = end.missing < until ? Window(start: end.missing, end: until) : nil
        return part?.clipped(to: window).map(measurement.counted) ?? WindowSet()
      }
      let time = parts.reduce(WindowSet()) { $0.union($1) }.length
      switch unit {
      case .events, .checks, .millionths:
        let events = zip(ends, parts).reduce(0) { sum, each in
          let (end, length) = (each.0, Double(each.1.length.nanoseconds))
          let whole = Double(max(1, ((end.until ?? window.end) - end.missing).nanoseconds))
          return sum + max(end.rate * length / 1e9, end.goodSince * min(1, length / whole))
        }
        return unit == .millionths ? events * 1e6 : events
      case .slices: return Double(time.nanoseconds) / slice
      case .billionths: return Double(time.nanoseconds) / slice * 1e9
      case .time: return Double(time.nanoseconds)
      }
    }

    /// How many events an amount is; none where time or slices count.
    func events(_ amount: Double) -> Int64 {
      switch unit {
      case .events, .checks: Int64(clamping: amount)
      case .millionths: Int64(clamping: amount / 1e6)
      case .slices, .billionths, .time: 0
      }
    }
  }
}

extension Caveat {
  /// One for each reason, of the latest end.
  fileprivate static func endings(_ ends: [SeriesLives.End]) -> [Caveat] {
    var found: [Caveat] = []
    for end in ends.reversed() {
      let isSaid = found.contains { caveat in
        if case .ended(let said, _, _, _) = caveat { said.isLike(end.reason) } else { false }
      }
      guard !isSaid else { continue }
      let series = ends.filter { $0.reason.isLike(end.reason) }.reduce(0) { $0 + $1.series }
      found.append(.ended(end.reason, end.text, at: end.at, series: series))
    }
    return found
  }

  /// One for each way of counting, of the largest.
  fileprivate static func appearances(_ births: [SeriesLives.Birth]) -> [Caveat] {
    var found: [Caveat] = []
    for birth in births.sorted(by: { ($0.bad, $0.total) > ($1.bad, $1.total) }) {
      let isSaid = found.contains { caveat in
        if case .appeared(let said, _, _, _, _) = caveat {
          said.isLike(birth.counting)
        } else {
          false
        }
      }
      guard !isSaid else { continue }
      let like = births.filter { $0.counting.isLike(birth.counting) }
      found.append(
        .appeared(
          birth.counting, birth.text, at: birth.at,
          series: like.reduce(0) { $0 + $1.series },
          events: Int64(clamping: birth.events)))
    }
    return found
  }
}

extension SeriesLives.End.Reason {
  /// The same but for what explains it.
  fileprivate func isLike(_ other: Self) -> Bool { word == other.word }

  private var word: Int {
    switch self {
    case .silent: 0
    case .failing: 1
    case .badSeries: 2
    case .traffic: 3
    case .harmless: 4
    case .expires: 5
    case .copy: 6
    case .successor: 7
    case .renamed: 8
    case .restart: 9
    }
  }
}

extension SeriesLives.Birth {
  /// No birth, but a step of a series.
  fileprivate var isJump: Bool {
    switch counting {
    case .fallen, .risen, .restarted: true
    case .implausible, .leftOut, .renamed: false
    }
  }

  /// Whether what it had counted burned fast.
  fileprivate func failed(_ target: Target) -> Bool { LivesReading.failed(bad, of: total, target) }

  /// Those in its caveat.
  fileprivate var events: Double {
    switch counting {
    case .implausible: bad
    case .leftOut, .renamed: total
    case .fallen, .risen, .restarted: max(total, total - bad)
    }
  }
}

extension SeriesLives.Birth.Counting {
  fileprivate func isLike(_ other: Self) -> Bool {
    switch (self, other) {
    case (.renamed, .renamed): true
    case (.implausible, _), (.leftOut, _), (.renamed, _), (.fallen, _), (.risen, _),
      (.restarted, _):
      self == other
    }
  }
}
