import Model

/// What a report that judges objectives over its period explains.
extension Section {
  /// The objectives that a figure each is drawn of: at most two, missed ones first.
  private static func looked(at story: Story) -> [ObjectiveFacts] {
    let missed = story.all(.overspent)
    return Array((missed.isEmpty ? story.all(.atRisk) : missed).prefix(2))
  }

  /// Two figures of one kind have names of their own.
  private static func name(_ name: String, _ index: Int) -> String {
    index == 0 ? name : "\(name)-\(index + 1)"
  }

  /// How much was allowed, how much was used, and when.
  static func budgets(_ story: Story) -> Section? {
    let missed = Array(story.all(.overspent).filter { !$0.allowsNothing }.prefix(2))
    let figures =
      missed.enumerated().map { index, objective in
        BurnDown().figure(story, of: objective, named: name(BurnDown().name, index))
      }
      + [Budgets().others(story, beside: missed), DayLoads().figure(story)].compactMap(\.self)
    guard !figures.isEmpty else { return nil }
    return Section(
      name: .budgets, heading: "Error budgets",
      blocks: [.aside("How much failure was allowed, how much was used, and when.")]
        + figures.map { .figure($0) })
  }

  /// Day by day, for objectives that were missed or met narrowly; one sentence where there are none.
  static func levels(_ story: Story) -> Section? {
    let looked = looked(at: story)
    guard !looked.isEmpty else { return nil }
    let figures = looked.enumerated().flatMap { index, objective in
      [
        Levels().figure(story, of: objective, named: name(Levels().name, index)),
        BurnRates().figure(story, of: objective, named: name(BurnRates().name, index)),
        Latencies().figure(story, of: objective, named: name(Latencies().name, index)),
      ].compactMap(\.self)
    }
    let why = looked[0].state == .overspent ? "missed" : "met only narrowly"
    return Section(
      name: .levels, heading: "Service levels",
      blocks: [
        .aside(
          "What users met, day by day. Shown because \(looked.count == 1 ? "it was" : "they were") \(why): \(Wording.listed(looked.map(\.title)))."
        )
      ] + figures.map { .figure($0) })
  }

  /// The budgets beside those of the period before, and the year that it ends.
  static func compared(_ story: Story) -> Section? {
    let year = story.facts.objectives.lazy.compactMap { Year().figure(story, of: $0) }.first
    let figures = [Compared().figure(story), year].compactMap(\.self)
    guard !figures.isEmpty else { return nil }
    return Section(
      name: .compared, heading: "Compared with \(story.period.before)",
      blocks: figures.map { .figure($0) })
  }
}
