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

  /// How far the query was answered, as the history notes it in the mark of its file.
  ///
  /// - Parameter marks: those of the query's feed.
  /// - Returns: the end of what an order that was cut short was answered for, ``QueryProgress/whole`` for one that came
  ///   to its end; `nil` where this was never asked, or was asked in other words.
  public func progress(in marks: [FileMark]) -> QueryProgress? {
    marks.first { $0.path == path && $0.checksum == checksum }.map {
      $0.wanted == 0 ? .whole : .until(Instant(nanoseconds: $0.modified))
    }
  }

  func mark(answeredUntil end: Instant, isLast: Bool) -> FileMark {
    FileMark(
      path: path, bytes: Int64(sql.utf8.count), modified: end.nanoseconds, checksum: checksum,
      wanted: isLast ? 0 : 1)
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
