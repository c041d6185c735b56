/// Finds what a misspelt word was meant to be.
public enum Spelling {
  /// The nearest of the words within two slips (a letter added, dropped, changed, or two swapped).
  ///
  /// The first one wins among equals; case does not count as a slip. Words under four letters
  /// forgive one slip. Only the first thousand words are looked at.
  public static func nearest(to word: String, among words: some Sequence<String>) -> String? {
    var best: (word: String, slips: Int)?
    let wanted = Array(word.lowercased().utf8)
    guard wanted.count <= 200 else { return nil }
    for candidate in words.prefix(1000) {
      let letters = Array(candidate.lowercased().utf8)
      let allowed = min(letters.count, wanted.count) < 4 ? 1 : 2
      guard abs(letters.count - wanted.count) <= allowed else { continue }
      let slips = slips(from: wanted, to: letters)
      if slips <= allowed, slips < best?.slips ?? .max { best = (candidate, slips) }
    }
    return best?.word
  }

  /// The optimal string alignment distance (restricted Damerau–Levenshtein).
  static func slips(from one: [UInt8], to other: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        let change = last[column] + (one[row] == other[column] ? 0 : 1)
        var cost = min(last[column + 1] + 1, current[column] + 1, change)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
