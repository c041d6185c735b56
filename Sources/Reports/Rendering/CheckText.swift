public import Model

/// The answer of `check` for a terminal: the first line is the verdict.
public struct CheckText {
  public let check: CheckFacts
  public let zone: ZoneOffsets
  /// Signs of ASCII only.
  public let ascii: Bool

  public init(_ check: CheckFacts, zone: ZoneOffsets, ascii: Bool) {
    self.check = check
    self.zone = zone
    self.ascii = ascii
  }

  public func text() -> String {
    var lines = [headline, ""]
    let width = min(40, check.objectives.map { Escape.cleaned($0.title).count }.max() ?? 0)
    for objective in check.objectives { lines.append(line(objective, width: width)) }
    for failure in check.incomplete {
      lines.append(Escape.cleaned("Source \(failure.source): \(failure.reason)").ended)
    }
    let closing = check.objectives.filter { $0.band?.gateClosed == true }
    lines += closing.isEmpty ? [] : [""]
    for objective in closing {
      guard let action = objective.band?.action else { continue }
      lines.append("Policy for \(Escape.cleaned(objective.title)): \(Escape.cleaned(action))")
    }
    return Wording.plain(lines.joined(separator: "\n")) + "\n"
  }

  private var story: WeeklyStory {
    let period = ReportFacts.Period(
      name: "", start: check.asOf, end: check.asOf, zone: zone.name, zoneRelease: nil)
    return WeeklyStory(
      facts: ReportFacts(
        kind: "check", title: "", period: period, made: check.asOf, program: "",
        objectives: check.objectives, incomplete: [], clockChanges: []), zone: zone)
  }

  private var headline: String {
    switch check.gate {
    case .open: return "Release gate OPEN."
    case .closed:
      guard let first = check.objectives.first(where: { $0.band?.gateClosed == true }) else {
        return "Release gate CLOSED."
      }
      let bound = first.band?.gateClosesBelow.map { " (closes below \(Wording.left($0)))" } ?? ""
      let name = Escape.cleaned(first.title)
      let budget = story.budgetName(first)
      let others = check.objectives.count { $0.band?.gateClosed == true } - 1
      let more = others > 0 ? " \(others) other\(others > 1 ? "s close" : " closes") it too." : ""
      return first.state == .overspent
        ? "Release gate CLOSED. \(name) has overspent its \(budget).\(more)"
        : "Release gate CLOSED. \(name) has \(Wording.left(first.budget?.left)) of its \(budget) left\(bound).\(more)"
    case .undecided:
      guard let first = check.objectives.first(where: { $0.state == .notJudged }) else {
        return "Release gate CLOSED: nothing to decide on."
      }
      return
        "Release gate CLOSED: cannot decide. \(Escape.cleaned(first.title)): \(story.doubts(first))."
    }
  }

  private func line(_ objective: ObjectiveFacts, width: Int) -> String {
    let judged = objective.state != .notJudged
    let closed = objective.band?.gateClosed == true
    let sign =
      judged ? (closed ? (ascii ? "XX" : "✕") : (ascii ? "OK" : "✓")) : (ascii ? "--" : "–")
    let word = Table.padded(judged ? (closed ? "closed" : "open") : "no data", to: 8)
    let title = Table.padded(String(Escape.cleaned(objective.title).prefix(40)), to: width)
    guard judged else { return "\(sign) \(word) \(title)   not judged: \(story.doubts(objective))" }
    let burn = objective.burnRates.first { $0.long != nil }.map {
      "\(Wording.duration(.seconds($0.longSeconds))) burn \(Wording.rate($0.long))"
    }
    let left = Table.padded("\(Wording.left(objective.budget?.left)) left", to: 10, right: true)
    let parts = [
      "\(sign) \(word) \(title)", left,
      Table.padded(
        objective.window.counts.map { Wording.percent($0, target: objective.target) } ?? "–", to: 9,
        right: true), burn ?? "no burn rate",
    ]
    return parts.joined(separator: "   ")
  }
}
