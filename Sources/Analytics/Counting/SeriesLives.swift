public import Model

/// Series of an objective that began and that ended, and what is known about why.
///
/// Counters that begin change the figures; series that end leave doubts. Both are judged by the target that they belong to.
public struct SeriesLives: Hashable, Sendable {
  /// What a series, or all series of a target, had counted at its first reading.
  public struct Birth: Hashable, Sendable {
    public enum Counting: Hashable, Sendable {
      /// So much that it may be older than its first reading: counted, but no verdict rests on it alone.
      case implausible
      /// Too much for a target that has just started: not part of the figures.
      case leftOut
      /// Goes on where the series of that name ended.
      case renamed(from: String)
      /// No birth but a fall, after which more counts at once than in any such time: counted, but no verdict rests on it;
      /// as are these.
      case fallen
      /// One step that is a hundred times as large as usual ones.
      case risen
      /// Said to have begun anew, though it did not fall, and so large that it hardly did.
      case restarted
    }

    public let at: Instant
    public let text: String
    public let series: Int
    public let total: Double
    /// Negative where only good ones were counted, as a part of others.
    public let bad: Double
    public let counting: Counting

    /// The start of the minute in which it counts.
    var minute: Instant { Instant(minute: Cell.minute(ofSample: at.nanoseconds)) }
  }

  /// A last reading, while others of the source go on.
  public struct End: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
      /// Its target restarted.
      case restart
      case renamed(to: String)
      /// Its exporter leaves out what is idle, and brings it back.
      case expires
      /// A copy of the target is still read.
      case copy(String)
      /// Another target began.
      case successor(String)
      /// Nothing bad is counted in it, or the others took over what it did.
      case harmless
      /// A series that counts bad events, while its target goes on.
      case badSeries
      /// A target, while it failed.
      case failing
      /// Targets with a large part of the traffic, which the others did not take over.
      case traffic
      /// A whole source, or one of its origins.
      case silent

      /// Whether it may hide bad events.
      public var isDoubt: Bool {
        switch self {
        case .restart, .renamed, .expires, .copy, .successor, .harmless: false
        case .badSeries, .failing, .traffic, .silent: true
        }
      }
    }

    public let at: Instant
    /// The first reading that is missing: an interval later, for so much is lost with any restart.
    public let missing: Instant
    /// When it was read again, or its target restarted; `nil` while neither happened.
    public let until: Instant?
    public let text: String
    /// How many series ended.
    public let series: Int
    public let reason: Reason
    /// The events of a second before the end, of its target; less those that were seen when it was read again.
    public let rate: Double
    /// The good events that its target counted after the end.
    public let goodSince: Double
  }

  public internal(set) var births: [Birth] = []
  public internal(set) var ends: [End] = []
  /// The values from which the first readings count, by series.
  var bases: [SeriesID: [CounterStarts.Start]] = [:]

  public init(births: [Birth] = [], ends: [End] = []) {
    self.births = births
    self.ends = ends
  }

  /// What is known about the series beside their readings.
  public struct Setting: Sendable {
    /// By source; where there is none, the rule holds.
    public let targets: [String: TargetLabels]
    /// Series that were read before the cells that are there, or before `since`.
    public let older: Set<SeriesID>
    /// From when on lives are judged, where there are older cells.
    public let since: Instant?

    public init(
      targets: [String: TargetLabels] = [:], older: Set<SeriesID> = [], since: Instant? = nil
    ) {
      self.targets = targets
      self.older = older
      self.since = since
    }

    fileprivate func judged(_ series: Series) -> Series { since.map(series.since) ?? series }
  }

  init(
    good: [Series], total: [Series], starts: CounterStarts, target: Target, setting: Setting
  ) {
    let goods = Set(good.map(\.id))
    let isPart = total.contains { goods.contains($0.id) }
    let totals = Set(total.map(\.id))
    let lives =
      total.compactMap {
        SeriesLife(setting.judged($0), goods.contains($0.id) ? .good : isPart ? .bad : .mixed)
      }
      + good.compactMap {
        totals.contains($0.id) ? nil : SeriesLife(setting.judged($0), .goodPart)
      }
    self.init(LivesReading(lives, starts: starts, target: target, setting: setting))
  }

  /// Of gauges.
  init(of series: [Series], _ role: SeriesLife.Role, target: Target, setting: Setting) {
    self.init(
      LivesReading(
        series.compactMap { SeriesLife(setting.judged($0), role) }, starts: CounterStarts(),
        target: target,
        setting: setting))
  }

  private init(_ reading: LivesReading?) {
    guard var reading else { return }
    reading.readBirths()
    reading.readJumps()
    reading.readEnds()
    births = reading.births.sorted { ($0.at, $0.text) < ($1.at, $1.text) }
    ends = reading.ends.sorted { ($0.at, $0.text) < ($1.at, $1.text) }
    bases = reading.bases
  }
}

/// The series of an objective by target, while they are judged.
struct LivesReading {
  var targets: [TargetLife]
  let starts: CounterStarts
  let target: Target
  let older: Set<SeriesID>
  /// The first and the last reading of each source.
  let reach: [[UInt8]: (first: Int64, last: Int64)]
  let newest: Int64
  /// The last reading of each origin.
  let lastOf: [[[UInt8]]: Int64]

  var births: [SeriesLives.Birth] = []
  var ends: [SeriesLives.End] = []
  var bases: [SeriesID: [CounterStarts.Start]] = [:]
  /// By target.
  private var restartsOf: [Int: [TargetLife.Restart]] = [:]
  /// Series that ended under one name and went on under another.
  var renamed: [SeriesID: (at: Int64, to: String)] = [:]
  private var largest: Double?
  /// How often series of a target came back after an absence, and the longest one.
  var absences: (count: Int, longest: Int64)?

  init?(
    _ lives: [SeriesLife], starts: CounterStarts, target: Target, setting: SeriesLives.Setting
  ) {
    guard !lives.isEmpty else { return nil }
    let intervals = lives.compactMap { $0.runs.last?.interval }.sorted()
    guard !intervals.isEmpty else { return nil }
    let usual = intervals[(intervals.count - 1) / 2]
    var groups: [TargetLabels.Key: [SeriesLife]] = [:]
    for life in lives {
      let labels = setting.targets[life.id.source] ?? TargetLabels()
      groups[labels.key(of: life.id), default: []].append(life)
    }
    targets = groups.map { TargetLife($0.key, $0.value.sorted { $0.id < $1.id }, usual: usual) }
      .sorted { $0.children[0].id < $1.children[0].id }
    var reach: [[UInt8]: (first: Int64, last: Int64)] = [:]
    for target in targets {
      let old = reach[target.key.origin[0]] ?? (.max, .min)
      reach[target.key.origin[0]] = (min(old.first, target.start), max(old.last, target.end))
    }
    self.reach = reach
    lastOf = targets.reduce(into: [:]) { last, target in
      last[target.key.origin] = max(last[target.key.origin] ?? .min, target.end)
    }
    newest = reach.values.map(\.last).max() ?? .min
    self.starts = starts
    self.target = target
    older = setting.older
  }

  func reach(of target: TargetLife) -> (first: Int64, last: Int64) {
    reach[target.key.origin[0]] ?? (target.start, target.end)
  }

  mutating func restarts(of place: Int) -> [TargetLife.Restart] {
    if let found = restartsOf[place] { return found }
    let target = targets[place]
    let mayRestart = !starts.isEmpty || target.children.contains { $0.role.isCounter && $0.falls }
    let found = mayRestart ? target.restarts(by: starts) : []
    restartsOf[place] = found
    return found
  }

  /// - Formula: the largest step of each child, added up over the children of a target; of the targets the most.
  mutating func largestStep() -> Double {
    if let largest { return largest }
    let found =
      targets.map { target in
        target.children.reduce(0) { $0 + ($1.role == .goodPart ? 0 : $1.steps.largest) }
      }.max() ?? 0
    largest = found
    return found
  }
}
