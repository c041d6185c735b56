public import Model

/// What `check --format json` prints: the facts, and under "words" what the text says about them.
public struct CheckDocument: Encodable {
  private let check: CheckFacts
  private let words: Words

  public init(_ check: CheckFacts, zone: ZoneOffsets) {
    self.check = check
    let story = CheckStory(check: check, zone: zone)
    words = Words(
      headline: Wording.plain(story.headline), instant: Wording.plain(story.instant),
      caveats: story.caveats.map {
        Words.Caveat(
          objective: $0.objective, closes: $0.closes, text: Wording.plain($0.text))
      })
  }

  private enum Key: String, CodingKey { case words }

  public func encode(to encoder: any Encoder) throws {
    try check.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(words, forKey: .words)
  }

  private struct Words: Encodable {
    let headline: String
    let instant: String
    let caveats: [Caveat]

    struct Caveat: Encodable {
      let objective: String?
      let closes: Bool
      let text: String
    }
  }
}
