public import Model

/// What `weekly` prints when the report is written: the verdict, where it is, and what to try next.
public struct WeeklySummary {
  private let story: WeeklyStory

  public init(_ facts: ReportFacts, zone: ZoneOffsets) {
    story = WeeklyStory(facts: facts, zone: zone)
  }

  public func text(page: String, program: String, config: String) -> String {
    let option = config == "sloreport.yaml" ? "" : " -c \(config)"
    let word =
      switch Gate(story.facts.objectives) {
      case .open: "open"
      case .closed: "closed"
      case .undecided: "closed, because it cannot be decided"
      }
    var lines = [
      "\(story.heading): \(story.verdict)", story.verdictDetail,
      "Release gate at the end of the week: \(word).",
    ]
    if let revised = story.revised { lines.append(revised) }
    if !story.incomplete.isEmpty { lines += ["The report is incomplete."] + story.incomplete }
    lines += ["", "Report: \(page)", "Next:   \(program) check\(option)"]
    return Wording.plain(lines.map(Escape.cleaned).joined(separator: "\n")) + "\n"
  }
}
