import Model

extension Section {
  /// What rises, falls, jumped or was unusual, each only where a rule proves it; `nil` where nothing was looked at.
  static func trends(_ story: Story) -> Section? {
    let looked = story.facts.objectives.compactMap(\.trend) + story.capacity.compactMap(\.trend)
    guard !looked.isEmpty else { return nil }
    let lines = story.trends
    let isShort = looked.allSatisfy { $0.answer == .tooFewValues }
    let none =
      isShort
      ? "Not yet a trend: fewer than 14 days were measured."
      : "Not yet a trend: no rise, fall or other level of these weeks is proved."
    return Section(
      name: .trends, heading: "Trends",
      blocks: [
        lines.isEmpty ? .text(none) : .list(lines, name: "trends"),
        story.changes.map { .note($0) },
      ].compactMap(\.self))
  }
}
