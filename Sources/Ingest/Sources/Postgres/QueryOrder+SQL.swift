public import Model

extension QueryOrder {
  /// Of `:from` and `:to` those that the query lacks; none where it cannot be read at all.
  public var missingBounds: [String] {
    do throws(PostgresFault) {
      let there = try SQLText(sql).parameters
      return [SQLText.Parameter.from, .to].filter { !there.contains($0) }.map { ":\($0.rawValue)" }
    } catch {
      return []
    }
  }

  /// It tells only what is measured now, whatever time it is asked for.
  public var tellsOnlyNow: Bool { shape == .levels && missingBounds.count == 2 }

  /// How far the query was answered as it reads now.
  ///
  /// - Parameter mark: that of its feed in the history.
  /// - Returns: `nil` where it was never asked so.
  public func progress(_ mark: QueryMark?) -> QueryProgress? {
    mark?.checksum == checksum ? mark?.progress : nil
  }

  func mark(_ progress: QueryProgress) -> QueryMark {
    QueryMark(path: path, checksum: checksum, progress: progress)
  }

  /// That of what is asked, and of how its rows are read.
  private var checksum: UInt32 {
    var checksum = Checksum()
    var rules = mapping.map { "\(shape.rawValue) \(Checksum.of($0))" } ?? shape.rawValue
    if states != StateWords() { rules += " \(Checksum.of(TableForm(states: states)))" }
    for part in [SQLText.meaning(of: sql), Array(" \(rules)".utf8)] {
      part.withUnsafeBytes { checksum.add($0) }
    }
    return checksum.value
  }
}
