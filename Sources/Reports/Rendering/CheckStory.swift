import Model

/// What `check` says, in words: the same sentences for a terminal and for JSON.
struct CheckStory {
  let check: CheckFacts
  let zone: ZoneOffsets

  struct Caveat {
    /// The objective's name; `nil` for a source.
    let objective: String?
    /// Leaves no verdict.
    let closes: Bool
    let text: String
  }

  var story: WeeklyStory {
    let period = ReportFacts.Period(
      name: "", start: check.asOf, end: check.asOf, zone: zone.name, zoneRelease: nil)
    return WeeklyStory(
      facts: ReportFacts(
        kind: "check", title: "", period: period, made: check.asOf, program: "",
        objectives: check.objectives, incomplete: [], clockChanges: []), zone: zone)
  }

  var headline: String {
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

  /// The instant of the answer, and where its data end.
  var instant: String {
    let abbreviation = zone.offset(at: check.asOf).abbreviation
    let moment = "For \(Wording.moment(check.asOf, in: zone)) \(abbreviation)"
    guard let first = check.dataEnd, let last = check.objectives.compactMap(\.dataEnd).max() else {
      return "\(moment); not every objective has data."
    }
    return first == last
      ? "\(moment); data end \(Wording.moment(first, in: zone))."
      : "\(moment); data end between \(Wording.moment(first, in: zone)) and \(Wording.moment(last, in: zone))."
  }

  /// All that is known against the figures: what leaves no verdict, sources that failed, and the rest, each by objective.
  var caveats: [Caveat] {
    let story = story
    let doubts = check.objectives.flatMap { objective in
      objective.doubts.map {
        Caveat(objective: objective.name, closes: true, text: Wording.caveat($0, in: zone))
      }
    }
    let failures = check.incomplete.map {
      Caveat(objective: nil, closes: false, text: "source \($0.source): \($0.reason)")
    }
    let notes = check.objectives.flatMap { objective in
      (gaps(of: objective) + story.notes(of: objective)).map {
        Caveat(objective: objective.name, closes: false, text: $0)
      }
    }
    return doubts + failures + notes
  }

  /// How much of a window was not measured, and the longest gap.
  private func gaps(of objective: ObjectiveFacts) -> [String] {
    let gaps = objective.gaps.map(\.window)
    guard objective.dataEnd != nil, let longest = gaps.max(by: { $0.length < $1.length }) else {
      return []
    }
    let moments =
      "\(Wording.moment(longest.start, in: zone)) to \(Wording.moment(longest.end, in: zone))"
    let length = Wording.duration(WindowSet(gaps).length)
    return [
      gaps.count == 1
        ? "\(length) not measured, \(moments)"
        : "\(length) not measured in \(gaps.count) gaps, the longest \(moments)"
    ]
  }
}
