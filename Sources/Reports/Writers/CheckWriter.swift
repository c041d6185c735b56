public import Model

/// What `check` says, in words: the same sentences for a terminal and for JSON.
public struct CheckWriter {
  let check: CheckFacts
  let zone: ZoneOffsets

  public init(_ check: CheckFacts, zone: ZoneOffsets) { (self.check, self.zone) = (check, zone) }

  struct Caveat: Encodable {
    /// The objective's name; `nil` for a source.
    let objective: String?
    /// Leaves no verdict.
    let closes: Bool
    let text: String
  }

  private func words(_ objective: ObjectiveFacts) -> ObjectiveWords {
    ObjectiveWords(objective, in: zone)
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
      let budget = words(first).budgetName
      let others = check.objectives.count { $0.band?.gateClosed == true } - 1
      let more = others > 0 ? " \(others) other\(others > 1 ? "s close" : " closes") it too." : ""
      return first.state == .overspent
        ? "Release gate CLOSED. \(name) has overspent its \(budget).\(more)"
        : "Release gate CLOSED. \(name) has \(Wording.left(first.budget?.left)) of its \(budget) left\(bound).\(more)"
    case .undecided:
      guard let first = check.objectives.first(where: { $0.state == .notJudged }) else {
        return "Release gate CLOSED: no objectives."
      }
      return
        "Release gate CLOSED: cannot decide. \(Escape.cleaned(first.title)): \(words(first).doubts)."
    }
  }

  /// The instant of the answer, and where its data end.
  var instant: String {
    let abbreviation = zone.offset(at: check.asOf).abbreviation
    let moment = "As of \(Wording.moment(check.asOf, in: zone)) \(abbreviation)"
    guard let first = check.dataEnd, let last = check.objectives.compactMap(\.dataEnd).max() else {
      return "\(moment); not every objective has data."
    }
    return first == last
      ? "\(moment); data end \(Wording.moment(first, in: zone))."
      : "\(moment); data end between \(Wording.moment(first, in: zone)) and \(Wording.moment(last, in: zone))."
  }

  /// All that is known against the figures: what leaves no verdict, sources that failed, and the rest, each by objective.
  var caveats: [Caveat] {
    let doubts = check.objectives.flatMap { objective in
      objective.doubts.map {
        Caveat(objective: objective.name, closes: true, text: Wording.caveat($0, in: zone))
      }
    }
    let failures = check.incomplete.map {
      Caveat(objective: nil, closes: false, text: "source \($0.source): \($0.reason)")
    }
    let notes = check.objectives.flatMap { objective in
      let words = words(objective)
      return ([words.gaps].compactMap(\.self) + words.notes()).map {
        Caveat(objective: objective.name, closes: false, text: $0)
      }
    }
    return doubts + failures + notes
  }

  /// What `check --format json` prints: the facts, and under "words" what the text says about them.
  public var document: some Encodable { Document(self) }

  private struct Document: Encodable {
    let writer: CheckWriter

    init(_ writer: CheckWriter) { self.writer = writer }

    private enum Key: String, CodingKey { case words }

    private struct Words: Encodable {
      let headline: String
      let instant: String
      let caveats: [Caveat]
    }

    func encode(to encoder: any Encoder) throws {
      try writer.check.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      let words = Words(
        headline: Wording.plain(writer.headline), instant: Wording.plain(writer.instant),
        caveats: writer.caveats.map {
          Caveat(objective: $0.objective, closes: $0.closes, text: Wording.plain($0.text))
        })
      try container.encode(words, forKey: .words)
    }
  }
}
