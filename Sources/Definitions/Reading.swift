import Model

/// What is known while a file is read: the findings so far, and the names that can be referred to.
struct Reading {
  let environment: [String: String]
  var findings: [Finding] = []
  var sources: [SourceDefinition] = []
  var queries: [QueryDefinition] = []
  /// What words for states mean, by source or feed.
  var states: [String: [String: CheckState]] = [:]
  /// The objectives so far, and where they are.
  var seen: [ObjectiveKey: (name: String, line: Int)] = [:]

  init(environment: [String: String]) { self.environment = environment }

  mutating func note(_ problem: Problem, at position: Position) {
    findings.append(Finding(problem, at: position))
  }
}

/// A mapping whose keys have been checked.
struct Section {
  let position: Position
  let entries: [Entry]
  /// Keys that a misspelt one was probably meant to be: they are not reported as missing too.
  let suspected: [String]

  subscript(key: String) -> Entry? { entries.first { $0.key == key } }
}

/// A text as it was written, and with the environment's values in it.
struct ExpandedText {
  let raw: String
  let value: String
}

extension Reading {
  /// The mapping, or `nil` with a finding when it is none.
  mutating func section(_ value: Value, at position: Position, keys: [String]) -> Section? {
    guard let all = entries(value) else { return nil }
    var allowed: [Entry] = []
    var suspected: [String] = []
    for entry in all {
      if keys.contains(entry.key) {
        allowed.append(entry)
      } else {
        let nearest = Spelling.nearest(to: entry.key, among: keys)
        note(.unknownKey(entry.key, nearest: nearest), at: entry.position)
        if let nearest { suspected.append(nearest) }
      }
    }
    return Section(position: position, entries: allowed, suspected: suspected)
  }

  mutating func entries(_ value: Value) -> [Entry]? {
    switch value.content {
    case .nothing: return []
    case .mapping(let entries): return entries
    case .text, .list:
      note(.wrongType(expected: .mapping), at: value.position)
      return nil
    }
  }

  mutating func required(_ key: String, of section: Section) -> Entry? {
    if let entry = section[key] { return entry }
    if !section.suspected.contains(key) { note(.missingKey(key), at: section.position) }
    return nil
  }

  /// The one of these keys that is there; a finding when there is none, or more than one.
  mutating func one(of keys: [String], in section: Section) -> Entry? {
    let present = section.entries.filter { keys.contains($0.key) }
    if present.count > 1 {
      note(.conflictingKeys(present.map(\.key)), at: present[1].position)
    } else if present.isEmpty, !section.suspected.contains(where: keys.contains) {
      note(.missingOneOf(keys), at: section.position)
    }
    return present.count == 1 ? present[0] : nil
  }

  /// The entries of a mapping from names; a name that comes again, if only in another case, is left out.
  mutating func named(_ entry: Entry) -> [Entry] {
    var first: [String: Int] = [:]
    var kept: [Entry] = []
    for entry in entries(entry.value) ?? [] {
      let name = entry.key
      if name.isEmpty || name.utf8.count > 100
        || name.unicodeScalars.contains(where: {
          $0 == "/" || $0.properties.generalCategory == .control
        })
      {
        note(.badName(name), at: entry.position)
      }
      // Swift takes texts as equal that differ only in how an accent is composed.
      if let line = first[name.lowercased()] {
        note(.duplicate(name, firstLine: line), at: entry.position)
      } else {
        first[name.lowercased()] = entry.position.line
        kept.append(entry)
      }
    }
    return kept
  }

  /// The text as written, for findings.
  func rawText(_ value: Value) -> String {
    if case .text(let raw) = value.content { raw } else { "" }
  }

  mutating func text(_ value: Value) -> ExpandedText? {
    guard case .text(let raw) = value.content, !raw.isEmpty else {
      note(.wrongType(expected: .text), at: value.position)
      return nil
    }
    var missing: [String] = []
    let expanded = ScalarText.expanded(raw, environment: environment, missing: &missing)
    for name in missing { note(.missingVariable(name), at: value.position) }
    return missing.isEmpty ? ExpandedText(raw: raw, value: expanded) : nil
  }

  mutating func choice(_ value: Value, _ choices: [String]) -> String? {
    guard let text = text(value) else { return nil }
    if choices.contains(text.value) { return text.value }
    let nearest = Spelling.nearest(to: text.raw, among: choices)
    note(.badChoice(text.raw, choices: choices, nearest: nearest), at: value.position)
    return nil
  }

  static let longest = Duration.days(3650)

  mutating func duration(_ value: Value, least: Duration = .seconds(1)) -> Duration? {
    guard let text = text(value) else { return nil }
    do throws(ScalarText.Failure) {
      let length = try ScalarText.duration(text.value)
      if least <= length, length <= Reading.longest { return length }
      note(.outOfRange(text.raw, .between(least, Reading.longest)), at: value.position)
    } catch {
      switch error {
      case .missingUnit: note(.missingUnit(text.raw), at: value.position)
      case .malformed, .needsPercentSign: note(.badDuration(text.raw), at: value.position)
      }
    }
    return nil
  }

  /// The length of slices: they must fall alike into each day.
  mutating func slice(_ value: Value) -> Duration? {
    guard let length = duration(value) else { return nil }
    let (seconds, rest) = length.components
    if rest == 0, seconds % 60 == 0, 86_400 % seconds == 0 { return length }
    note(.outOfRange(rawText(value), .minutesDividingADay), at: value.position)
    return nil
  }

  /// A share in parts per billion, from 0 % to 100 %.
  mutating func share(_ value: Value) -> Int64? {
    guard let parts = anyShare(value) else { return nil }
    if parts <= 1_000_000_000 { return parts }
    note(.outOfRange(rawText(value), .share), at: value.position)
    return nil
  }

  mutating func target(_ value: Value) -> Target? {
    guard let parts = anyShare(value) else { return nil }
    do throws(TargetError) {
      return try Target(partsPerBillion: parts)
    } catch {
      note(.outOfRange(rawText(value), .objective), at: value.position)
      return nil
    }
  }

  private mutating func anyShare(_ value: Value) -> Int64? {
    guard let text = text(value) else { return nil }
    do throws(ScalarText.Failure) {
      return try ScalarText.share(text.value)
    } catch {
      switch error {
      case .needsPercentSign(let suggestion) where text.raw == text.value:
        note(.needsPercentSign(suggestion: suggestion), at: value.position)
      case .malformed, .missingUnit, .needsPercentSign:
        note(.badPercentage(text.raw), at: value.position)
      }
      return nil
    }
  }

  mutating func number(_ value: Value) -> Double? {
    guard let text = text(value) else { return nil }
    if let number = ScalarText.number(text.value) { return number }
    note(.badNumber(text.raw), at: value.position)
    return nil
  }
}
