import Model

extension WeeklyStory {
  /// What an incident used of a budget.
  struct Toll {
    let objective: ObjectiveFacts
    let consumed: Double
  }

  /// What an incident used of the budgets of its service, the most first.
  func tolls(of incident: IncidentFacts) -> [Toll] {
    facts.objectives.filter {
      incident.isOf($0.service) && $0.state != .notJudged
    }.compactMap { objective in
      objective.attribution?.incidents.first { $0.incident == incident.id }?.consumed
        .map { Toll(objective: objective, consumed: $0) }
    }.sorted { ($1.consumed, $0.objective.name) < ($0.consumed, $1.objective.name) }
  }

  static let incidentHead = [
    "Incident", "Started", "Lasted", "Severity", "Cause", "Budget used",
  ]

  /// A row of the table: what happened, when, how long, how bad, why, what it cost.
  func incidentRow(_ incident: IncidentFacts) -> [String] {
    let name = incident.title == incident.id ? incident.id : "\(incident.id) \(incident.title)"
    return [
      incident.touched.isEmpty || incident.touched == [incident.service]
        ? name : "\(name) (\(incident.touched.joined(separator: ", ")))",
      Wording.moment(incident.started, in: zone),
      IncidentWords.length(incident, asOf: facts.period.end), Wording.severity(incident.severity),
      incident.cause ?? "–", cost(incident),
    ]
  }

  /// "23 points of Run success, 4 of Run duration".
  private func cost(_ incident: IncidentFacts) -> String {
    let tolls = tolls(of: incident).filter { $0.consumed > 0 }
    guard let first = tolls.first else { return "–" }
    let others = tolls.dropFirst().prefix(tolls.count == 3 ? 2 : 1).map {
      ", \(Wording.points($0.consumed)) of \($0.objective.title)"
    }
    let rest = tolls.count > 3 ? ", and \(tolls.count - 2) budgets more" : ""
    return
      "\(Wording.pointCount(first.consumed)) of \(first.objective.title)\(others.joined())\(rest)"
  }

  /// What is said below the table of the first twenty.
  var incidentRest: String? {
    incidents.count > 20 ? "And \(incidents.count - 20) more: see weekly.json." : nil
  }

  /// The incidents of the period, in order of their start.
  var incidents: [IncidentFacts] { facts.incidents ?? [] }

  /// What was spent outside of any incident, of an overspent or risky budget.
  private var outside: String? {
    guard
      let worst = facts.objectives.first(where: { $0.state == .overspent || $0.state == .atRisk }),
      let outside = worst.attribution?.outside.consumed, let consumed = worst.budget?.consumed,
      consumed > 0
    else { return nil }
    let known = worst.attribution?.known ?? 1
    return
      "Of the \(Wording.pointCount(consumed)) that \(worst.title) has used, \(Wording.points(max(0, outside))) were outside of any incident"
      + (known < 0.9999
        ? " that is known; incidents are known for \(Wording.coverage(known)) of its window." : ".")
  }

  var incidentsNote: String {
    if facts.incidentsAreUnknown {
      return "Nothing is known of incidents in this week: they were not collected for it."
    }
    let known = facts.incidentsKnown ?? 1
    var doubts: [String] = []
    if !facts.incidentsAreAllKnown {
      doubts.append("Incidents are known for \(Wording.coverage(known)) of the week.")
    }
    if let unusable = facts.incidentsUnusable, unusable > 0 {
      doubts.append(
        "\(counted(Int(clamping: unusable), "row")) could not be used: there may have been more.")
    }
    let note =
      incidents.isEmpty
      ? doubts.isEmpty ? "No incidents this week." : "No incidents are known this week."
      : "Budgets over each objective’s own window. A minute in several incidents counts for the worst one."
    return ([note] + doubts + [outside].compactMap(\.self)).joined(separator: " ")
  }

  var incidentTile: Tile? {
    guard facts.incidents != nil else { return nil }
    if facts.incidentsAreDoubtful, incidents.isEmpty {
      return Tile(
        label: "Incidents", value: "–", unit: "", detail: "not known", tone: Tone.unknown)
    }
    let began = incidents.filter { facts.period.window.contains($0.started) }
    let open = incidents.count { $0.resolved == nil }
    let lengths = began.filter { $0.resolved != nil }.map { $0.length(asOf: facts.period.end) }
      .sorted()
    let middle =
      lengths.isEmpty
      ? nil
      : (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2
    let lastWeek = zone.date(at: facts.period.start).adding(days: -1).isoWeek.week
    let detail =
      !facts.incidentsAreAllKnown
      ? "known for \(Wording.coverage(facts.incidentsKnown ?? 1))"
      : open > 0
        ? "\(open) still open"
        : facts.incidentsBefore.map { "week \(lastWeek): \($0)" } ?? middle.map {
          "restored in \(Wording.duration($0)) (median)"
        } ?? "nothing to restore"
    return Tile(
      label: "Incidents", value: "\(began.count)", unit: "this week", detail: detail,
      tone: began.isEmpty && open == 0 ? .ok : .warn)
  }

  /// The incident of the week that cost the worst objective most, as a sentence.
  var costliest: String? {
    for objective in facts.objectives
    where objective.indicator.kind != "incidents" && objective.state != .notJudged {
      let costs = (objective.attribution?.incidents ?? []).compactMap { share in
        incidents.first {
          $0.id == share.incident && $0.isOf(objective.service)
            && facts.period.window.contains($0.started)
        }.map { ($0, share.consumed ?? 0) }
      }
      guard let (incident, consumed) = costs.max(by: { $0.1 < $1.1 }), consumed >= 0.05 else {
        continue
      }
      let name =
        incident.title == incident.id ? incident.id : "\(incident.id) (\(incident.title))"
      return "\(name) used \(Wording.pointCount(consumed)) of \(objective.title)’s budget."
    }
    return nil
  }

  /// Agreed time that was left out of figures, one sentence an objective.
  func exclusions(of objective: ObjectiveFacts) -> [String] {
    guard let excluded = objective.excluded else { return [] }
    let reasons = excluded.reasons.map { reason in
      let when =
        reason.spans.count == 1
        ? reason.spans.first.map { moments($0.window) } ?? ""
        : "\(reason.spans.count) times"
      let who = reason.author.map { ", by \($0)" } ?? ""
      return "\(reason.reason) (\(when)\(who)\(reason.late ? ", entered late" : ""))"
    }
    let raw = excluded.windowCounts.map { Wording.percent($0, target: objective.target) }
    return [
      "\(Wording.duration(.seconds(excluded.seconds))) of agreed time left out: \(listed(reasons))"
        + (raw.map { "; with it \($0)" } ?? "")
    ]
  }
}
