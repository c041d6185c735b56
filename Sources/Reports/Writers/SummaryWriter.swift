import Model

extension Report {
  /// What is printed when a report is written: the verdict, where it is, and what to try next.
  public func summary(page: String, program: String, config: String) -> String {
    let option = config == "sloreport.yaml" ? "" : " -c \(config)"
    let story = story
    let word =
      switch Gate(facts.objectives) {
      case .open: "open"
      case .closed: "closed"
      case .undecided: "closed, because it cannot be decided"
      }
    var lines =
      story.isOver
      ? ["\(story.heading): \(story.results)", story.resultsDetail]
      : [
        "\(story.heading): \(story.verdict)", story.verdictDetail,
        "Release gate at the end of the \(story.period.noun): \(word).",
      ]
    if let revised = story.revised { lines.append(revised) }
    if !story.incomplete.isEmpty { lines += ["The report is incomplete."] + story.incomplete }
    lines += ["", "Report: \(page)", "Next:   \(program) check\(option)"]
    return Wording.plain(lines.map(Escape.cleaned).joined(separator: "\n")) + "\n"
  }
}
