import Analytics
public import Model

/// All that a report says, before it is put into words: what is stored when a period is closed, and what the
/// JSON file holds beside the words.
public struct ReportFacts: Codable, Hashable, Sendable {
  /// The version of this layout.
  public var layout = 1
  public let kind: ReportKind
  public let title: String
  public let period: Period
  public let made: Instant
  public let program: String
  /// The newest measured instant of any objective.
  public let dataEnd: Instant?
  /// Worst first, not judged last.
  public internal(set) var objectives: [ObjectiveFacts]
  /// Sources that could not be read, each with the reason.
  public let incomplete: [Failure]
  /// Changes of the clocks in the period and the week after it.
  public let clockChanges: [ClockChange]
  public let revision: Revision?
  /// Incidents that lie in the period, in order of their start; `nil` where no service reports any.
  public let incidents: [IncidentFacts]?
  /// The share of the period for which incidents are known, and the rows of incidents that could not be used.
  public let incidentsKnown: Double?
  public let incidentsUnusable: Int64?
  /// What was accepted in spite of a fault while collecting.
  public let sourceNotes: [SourceNote]?
  /// Incidents that began in the period before this one, where they are known.
  public let incidentsBefore: Int?
  /// What can fill up, worst first; `nil` where no item is configured.
  public let capacity: [CapacityFacts]?
  /// Sources of capacity that could not be read; a period is closed without them.
  public let capacityIncomplete: [Failure]?
  /// Closed incidents of twelve periods, oldest first, the last the report's; where objectives are judged over the period.
  public let restores: [RestoreFacts]?
  /// The services, in the order of the configuration.
  public let services: [ServiceFacts]?

  public struct ServiceFacts: Codable, Hashable, Sendable {
    public let name: String
    public let title: String
    public let owner: String?
    /// A source reports its incidents.
    public let tellsIncidents: Bool

    public init(name: String, title: String, owner: String?, tellsIncidents: Bool) {
      self.name = name
      self.title = title
      self.owner = owner
      self.tellsIncidents = tellsIncidents
    }
  }

  /// Something about a source that a reader should know.
  public struct SourceNote: Codable, Hashable, Sendable {
    public let source: String
    public let text: String

    public init(source: String, text: String) {
      self.source = source
      self.text = text
    }
  }

  public struct Period: Codable, Hashable, Sendable {
    public let name: String
    public let start: Instant
    public let end: Instant
    public let zone: String
    public let zoneRelease: String?

    public init(name: String, start: Instant, end: Instant, zone: String, zoneRelease: String?) {
      self.name = name
      self.start = start
      self.end = end
      self.zone = zone
      self.zoneRelease = zoneRelease
    }

    var window: Window { Window(start: start, end: max(start, end)) }
  }

  public struct Failure: Codable, Hashable, Sendable {
    public let source: String
    public let reason: String

    public init(source: String, reason: String) {
      self.source = source
      self.reason = reason
    }
  }

  public struct ClockChange: Codable, Hashable, Sendable {
    public let at: Instant
    /// Seconds that the clocks go forward (positive) or back.
    public let shift: Int64

    public init(at: Instant, shift: Int64) {
      self.at = at
      self.shift = shift
    }
  }

  /// What late data changed in a closed period.
  public struct Revision: Codable, Hashable, Sendable {
    public let number: Int
    public let changes: [Change]

    public struct Change: Codable, Hashable, Sendable {
      public let objective: String
      public let before: Counts?
      public let after: Counts?
    }
  }

  public init(
    kind: ReportKind, title: String, period: Period, made: Instant, program: String,
    objectives: [ObjectiveFacts], incomplete: [Failure], clockChanges: [ClockChange],
    revision: Revision? = nil, incidents: [IncidentFacts]? = nil, incidentsKnown: Double? = nil,
    incidentsUnusable: Int64? = nil, sourceNotes: [SourceNote]? = nil,
    incidentsBefore: Int? = nil, services: [ServiceFacts]? = nil,
    capacity: [CapacityFacts]? = nil, capacityIncomplete: [Failure]? = nil,
    restores: [RestoreFacts]? = nil
  ) {
    self.kind = kind
    self.title = title
    self.period = period
    self.made = made
    self.program = program
    var sorted = objectives.sorted { $0.rank < $1.rank }
    let looked = (sorted.first { $0.state != .notJudged } ?? sorted.first)?.name
    for index in sorted.indices where sorted[index].name != looked { sorted[index].hours = nil }
    for index in sorted.indices.dropFirst(2) {
      (sorted[index].burnLines, sorted[index].latency) = (nil, nil)
    }
    // Two of one name are distinguished by their services.
    let titles = Dictionary(grouping: sorted, by: \.title).filter { $0.value.count > 1 }.keys
    for index in sorted.indices where titles.contains(sorted[index].title) {
      let name = sorted[index].service
      let service = services?.first { $0.name == name }?.title ?? name
      guard !sorted[index].title.hasPrefix(service + ": ") else { continue }
      sorted[index].title = "\(service): \(sorted[index].title)"
    }
    self.objectives = sorted
    dataEnd = objectives.compactMap(\.dataEnd).max()
    self.incomplete = incomplete
    self.clockChanges = clockChanges
    self.revision = revision
    self.incidents = incidents
    self.incidentsKnown = incidentsKnown
    self.incidentsUnusable = incidentsUnusable
    self.sourceNotes = sourceNotes
    self.incidentsBefore = incidentsBefore
    self.services = services
    self.capacity = capacity?.sorted { $0.rank < $1.rank }
    self.capacityIncomplete = capacityIncomplete
    self.restores = restores
  }

  /// The earlier facts with what late data changed in them, or `nil` when no count and no incident changed.
  ///
  /// Only objectives that are still defined as they were are looked at: another definition does not rewrite the past.
  public func revising(_ earlier: ReportFacts) -> ReportFacts? {
    var changes: [Revision.Change] = []
    let revised = earlier.objectives.map { old in
      guard let new = objectives.first(where: { $0.hasDefinition(of: old) }) else { return old }
      if old.period != new.period {
        changes.append(
          Revision.Change(objective: new.name, before: old.period, after: new.period))
      } else if old.window.counts != new.window.counts {
        changes.append(
          Revision.Change(
            objective: new.name, before: old.window.counts, after: new.window.counts))
      } else {
        return old
      }
      return new
    }
    // Other bounds, from another zone, do not rewrite the past either.
    guard !changes.isEmpty || earlier.incidents.map({ $0 != incidents }) == true,
      period.start == earlier.period.start,
      period.end == earlier.period.end
    else { return nil }
    return ReportFacts(
      kind: kind, title: title, period: earlier.period, made: made, program: program,
      objectives: revised, incomplete: [], clockChanges: earlier.clockChanges,
      revision: Revision(number: (earlier.revision?.number ?? 0) + 1, changes: changes),
      incidents: incidents, incidentsKnown: incidentsKnown, incidentsUnusable: incidentsUnusable,
      sourceNotes: sourceNotes, incidentsBefore: incidentsBefore, services: services,
      capacity: earlier.capacity, capacityIncomplete: earlier.capacityIncomplete,
      restores: restores)
  }

  /// A draft: the period is not over yet.
  public var isRunning: Bool { made < period.end }

  /// The name of the objective that is looked at first, where one is judged.
  public var first: String? { objectives.first { $0.state != .notJudged }?.name }

  /// Adds the days of the year that ends with the period, of one objective.
  public mutating func add(year: [StretchFacts], of objective: String) {
    for index in objectives.indices where objectives[index].name == objective {
      objectives[index].year = year
    }
  }

  /// Services report incidents, but none were collected for this period, or not all could be used.
  public var incidentsAreDoubtful: Bool {
    incidents != nil && (incidentsAreUnknown || (incidentsUnusable ?? 0) > 0)
  }

  /// Whether the figures are what they will be: nothing that a later pull may read belongs to the period, as far as is known.
  public var isSettled: Bool {
    incomplete.isEmpty && !objectives.contains { $0.doubts.contains(where: \.isOfNow) }
  }

  /// What is true now, and not in the facts of a closed period: what is defined otherwise, and what keeps figures of now from
  /// being judged, but for sources that fail.
  public func trueOnlyNow(beside closed: ReportFacts, in zone: ZoneOffsets) -> [String] {
    let changed = closed.objectives.filter { old in
      !objectives.contains { $0.hasDefinition(of: old) }
    }.map { "\($0.name) stays as it was defined then" }
    let added = objectives.filter { new in !closed.objectives.contains { $0.name == new.name } }
      .map { "\($0.name) is not in it" }
    let doubts = objectives.flatMap { objective in
      objective.doubts.filter { $0.isOfNow && !$0.isFailure }
        .map { "\(objective.name): \(Wording.caveat($0, in: zone))" }
    }
    let items = (capacity ?? []).compactMap { item -> String? in
      guard let old = closed.capacity?.first(where: { $0.name == item.name }) else {
        return "the capacity item \(item.name) is not in it"
      }
      return item.needsAction && !old.needsAction
        ? "the capacity item \(item.name) needs action by what is known now" : nil
    }
    return changed + added + doubts + items
  }

  /// Nothing is known of incidents in the period.
  var incidentsAreUnknown: Bool { incidentsKnown ?? 1 <= 0 }

  /// Incidents are known for the whole period, but for a minute of a week.
  var incidentsAreAllKnown: Bool { incidentsKnown ?? 1 >= 0.9999 }
}

/// Good out of total, in the objective's unit.
public struct Counts: Codable, Hashable, Sendable {
  public let good: Int64
  public let total: Int64

  public init(good: Int64, total: Int64) {
    self.good = good
    self.total = total
  }

  init(_ level: ServiceLevel) { self.init(good: level.good, total: level.total) }
}
