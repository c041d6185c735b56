public import Model

/// Whether a release may go out.
public enum Gate: String, Codable, Hashable, Sendable {
  case open, closed, undecided

  /// Closed where any policy closes it; else undecided where any objective is not judged, or there is none.
  init(_ objectives: [ObjectiveFacts]) {
    if objectives.contains(where: { $0.band?.gateClosed == true }) {
      self = .closed
    } else if objectives.isEmpty || objectives.contains(where: { $0.state == .notJudged }) {
      self = .undecided
    } else {
      self = .open
    }
  }
}

/// What `check` finds: the gate, and why.
public struct CheckFacts: Codable, Hashable, Sendable {
  /// The version of this layout.
  public let layout: Int
  public let gate: Gate
  public let asOf: Instant
  /// Where the data of the objective end whose data end first; `nil` where any has none.
  public let dataEnd: Instant?
  public let objectives: [ObjectiveFacts]
  public let incomplete: [ReportFacts.Failure]

  /// Judges the objectives that were asked for; none of them leaves the gate undecided.
  public init(asOf: Instant, objectives: [ObjectiveFacts], incomplete: [ReportFacts.Failure]) {
    layout = 1
    self.asOf = asOf
    self.objectives = objectives.sorted { $0.rank < $1.rank }
    self.incomplete = incomplete
    gate = Gate(objectives)
    let ends = objectives.compactMap(\.dataEnd)
    dataEnd = ends.count == objectives.count ? ends.min() : nil
  }
}
