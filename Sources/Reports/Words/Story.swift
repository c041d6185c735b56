import Model

/// The facts of a report with the words for them, whatever the report is called.
struct Story {
  let facts: ReportFacts
  let zone: ZoneOffsets

  var period: PeriodWords { PeriodWords(period: facts.period, kind: facts.kind, zone: zone) }

  func words(_ objective: ObjectiveFacts) -> ObjectiveWords { ObjectiveWords(objective, in: zone) }

  func all(_ state: ObjectiveFacts.State) -> [ObjectiveFacts] {
    facts.objectives.filter { $0.state == state }
  }

  /// The objective that the report looks at closely: the worst that is judged.
  var worst: ObjectiveFacts? { facts.objectives.first { $0.state != .notJudged } }

  /// The objective of a figure on its own: the worst, judged or not.
  var subject: ObjectiveFacts? { worst ?? facts.objectives.first }

  /// Objectives are judged over a period that has ended.
  var isOver: Bool { facts.kind.judgesItself && !facts.isRunning }

  /// "Shop, week 42".
  var heading: String { "\(facts.title), \(period.name)\(facts.isRunning ? " so far" : "")" }

  /// The file that holds all numbers: "weekly.json".
  var numbers: String { "\(facts.kind.rawValue).json" }

  /// What can fill up, worst first.
  var capacity: [CapacityFacts] { facts.capacity ?? [] }

  /// Incidents that lie in the period, in order of their start.
  var incidents: [IncidentFacts] { facts.incidents ?? [] }
}
