import Model

extension Reading {
  /// Warns of what an objective can never decide.
  ///
  /// - Parameters:
  ///   - objective: as it was read.
  ///   - section: where its keys are.
  ///   - staleAfter: what the file says of all objectives.
  mutating func warn(about objective: Objective, in section: Section, staleAfter: Duration) {
    func place(_ key: String) -> Position { section[key]?.value.position ?? section.position }
    if objective.missing == .bad, objective.countsEvents {
      warn(.missingWithoutEffect, at: place("missing"))
    }
    if objective.target.allowance == 0, objective.policy.bands.contains(where: \.closesGate) {
      warn(.nothingAllowed, at: place("objective"))
    }
    if objective.minimumCoverage == 0 { warn(.coverageUnchecked, at: place("minimum_coverage")) }
    if objective.minimumHistory < min(.hours(1), objective.window.longest) {
      warn(.historyUnchecked(objective.minimumHistory), at: place("minimum_history"))
    }
    let window = objective.window.longest
    if window < staleAfter {
      warn(.neverStale(after: staleAfter, window: window), at: place("window"))
    }
    if let slice = objective.slice, window < slice {
      warn(.sliceBeyondWindow(slice, window: window), at: place("window"))
    }
    if let exclusion = objective.exclusions.first(where: { $0.covers(window) }) {
      warn(.excludesWindow(reason: exclusion.reason), at: place("window"))
    }
    let key = ObjectiveKey(objective)
    if let first = seen[key] {
      warn(.sameObjective(first.name, firstLine: first.line), at: section.position)
    } else {
      seen[key] = (objective.name, section.position.line)
    }
  }

  mutating func warn(_ warning: Warning, at position: Position) {
    note(.warning(warning), at: position)
  }

  /// Warns of a selector that no series can meet.
  mutating func warn(about selector: Selector, at position: Position) {
    if let label = selector.contradiction { warn(.contradiction(label: label), at: position) }
    for matcher in selector.matchers {
      switch matcher.condition {
      case .equal(let text) where Reading.isPattern(text):
        warn(.patternAsText(label: matcher.label, text: text, isNegative: false), at: position)
      case .notEqual(let text) where Reading.isPattern(text):
        warn(.patternAsText(label: matcher.label, text: text, isNegative: true), at: position)
      case .equal, .notEqual, .like, .notLike: break
      }
    }
  }

  private static func isPattern(_ text: String) -> Bool {
    ["..", ".*", ".+", "|", "[0-9"].contains { text.contains($0) }
  }

  mutating func warn(aboutGood good: Selector, of total: Selector, at position: Position) {
    guard good.name == total.name else { return }
    if Set(good.matchers) == Set(total.matchers) {
      warn(.goodIsTotal, at: position)
    } else if let label = good.labelBeyond(total) {
      warn(.goodBeyondTotal(label: label), at: position)
    }
  }

  mutating func warn(about policy: BudgetPolicy, at position: Position) {
    if !policy.bands.contains(where: \.closesGate) {
      warn(.gateNeverCloses(policy: policy.name), at: position)
    } else if policy.bands.last?.closesGate == true {
      warn(.gateNeverOpens(policy: policy.name), at: position)
    }
  }

  /// What makes two objectives of a service ask for the same.
  struct ObjectiveKey: Hashable {
    let service: String
    let indicator: Indicator
    let target: Target
    let window: WindowRule
    let method: BudgetingMethod
    let missing: Objective.MissingRule
    let exclusions: [Exclusion]

    fileprivate init(_ objective: Objective) {
      service = objective.service
      indicator = objective.indicator
      target = objective.target
      window = objective.window
      method = objective.method
      missing = objective.missing
      exclusions = objective.exclusions
    }
  }
}

extension Objective {
  /// Events are counted, and time is not.
  fileprivate var countsEvents: Bool {
    switch (method, indicator) {
    case (.occurrences, .ratio), (.occurrences, .ratioRows), (.occurrences, .latency): true
    case (.occurrences, .slices), (.occurrences, .freshness), (.occurrences, .heartbeat),
      (.occurrences, .uptime), (.occurrences, .states), (.occurrences, .incidents),
      (.timeslices, _), (.ratioTimeslices, _):
      false
    }
  }

  fileprivate var slice: Duration? {
    switch (method, indicator) {
    case (.timeslices(let every, _), _), (.ratioTimeslices(let every), _),
      (.occurrences, .slices(_, _, let every)):
      every
    case (.occurrences, _): nil
    }
  }
}

extension Exclusion {
  /// Whether some window of a length is entirely in it.
  fileprivate func covers(_ window: Duration) -> Bool {
    switch time {
    case .once(let agreed): return agreed.length >= window
    // One that ends when it begins lasts to the next day.
    case .weekly(let weekly):
      return weekly.days.count == 7 && (weekly.to - weekly.from).isMultiple(of: 1440)
    }
  }
}

extension Selector {
  /// A label whose conditions exclude each other.
  fileprivate var contradiction: String? {
    for matcher in matchers {
      let others = matchers.filter { $0.label == matcher.label }
      switch matcher.condition {
      case .equal(let value):
        let label = Label(matcher.label, value)
        if !Selector(source: source, name: name, matchers: others).matches(labels: [label]) {
          return matcher.label
        }
      case .like(let pattern):
        if others.contains(where: { $0.condition == .notLike(pattern) }) { return matcher.label }
      case .notEqual, .notLike: break
      }
    }
    return nil
  }

  /// A label by which these series are certainly more than those of `total`, which has the same name.
  fileprivate func labelBeyond(_ total: Selector) -> String? {
    total.matchers.first { condition in
      let own = matchers.filter { $0.label == condition.label }
      if own.isEmpty { return true }
      // What else a pattern matches is not known.
      return own.contains { matcher in
        guard case .equal(let value) = matcher.condition else { return false }
        return !Selector(source: source, name: name, matchers: [condition])
          .matches(labels: [Label(matcher.label, value)])
      }
    }?.label
  }
}
