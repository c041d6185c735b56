import Model

extension Story {
  /// What an incident used of the budgets of its service, the most first.
  private func costs(of incident: IncidentFacts) -> [(title: String, consumed: Double)] {
    facts.objectives.filter {
      incident.isOf($0.service) && $0.state != .notJudged
    }.compactMap { objective in
      objective.attribution?.incidents.first { $0.incident == incident.id }?.consumed
        .map { (objective, $0) }
    }.sorted { ($1.1, $0.0.name) < ($0.1, $1.0.name) }.map { ($0.title, $1) }
  }

  /// "23 points of Run success, 4 of Run duration".
  func cost(of incident: IncidentFacts) -> String {
    let costs = costs(of: incident).filter { $0.consumed > 0 }
    guard let first = costs.first else { return "–" }
    let others = costs.dropFirst().prefix(costs.count == 3 ? 2 : 1).map {
      ", \(Wording.points($0.consumed)) of \($0.title)"
    }
    let rest = costs.count > 3 ? ", and \(costs.count - 2) budgets more" : ""
    return "\(Wording.pointCount(first.consumed)) of \(first.title)\(others.joined())\(rest)"
  }

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
        ? "; incident data cover \(Wording.coverage(known)) of its window." : ".")
  }

  var incidentsNote: String {
    if facts.incidentsAreUnknown {
      return "Incidents of \(period.this) are unknown: they were not collected."
    }
    let known = facts.incidentsKnown ?? 1
    var doubts: [String] = []
    if !facts.incidentsAreAllKnown {
      doubts.append("Incident data cover \(Wording.coverage(known)) of the \(period.noun).")
    }
    if let unusable = facts.incidentsUnusable, unusable > 0 {
      doubts.append(
        "\(Wording.counted(unusable, "row")) could not be used: there may have been more incidents."
      )
    }
    let note =
      incidents.isEmpty
      ? doubts.isEmpty
        ? "No incidents \(period.this)." : "No known incidents \(period.this)."
      : "Shares of each objective’s budget over \(facts.kind.judgesItself ? "the \(period.noun)" : "its own window"). A minute in several incidents counts for the worst of them."
    return ([note] + doubts + [outside].compactMap(\.self)).joined(separator: " ")
  }

  /// The incident of the period that cost the worst objective most, as a sentence.
  var costliest: String? {
    for objective in facts.objectives
    where objective.indicator.kind != .incidents && objective.state != .notJudged {
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
}
