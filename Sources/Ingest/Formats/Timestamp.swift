import Model

/// Times as tables and file names write them, in nanoseconds since the epoch.
enum Timestamp {
  /// Reads ISO 8601 with `Z` or an offset (`2026-10-18T06:00:00.5+02:00`, also with a space), or
  /// Unix seconds.
  ///
  /// A time without a zone is not one. Places beyond nanoseconds are cut off, numbers out of range
  /// clamped.
  static func read(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
    if let seconds = Decimal(text, range) { return seconds.scaled(by: 9) }
    var cursor = Cursor(index: range.lowerBound, end: range.upperBound)
    guard let day = cursor.date(text, separated: true) else { return nil }
    guard cursor.take(84, text) || cursor.take(32, text) || cursor.take(116, text),
      let clock = cursor.clock(text, separated: true)
    else { return nil }
    var fraction: Int64 = 0
    if cursor.take(46, text) {
      var scale: Int64 = 100_000_000
      let start = cursor.index
      while let digit = cursor.number(1, text) {
        fraction += digit * scale
        scale /= 10
      }
      guard cursor.index > start else { return nil }
    }
    guard let offset = cursor.offset(text), cursor.index == cursor.end else { return nil }
    // Four digits of year span 10,000 years, which as nanoseconds would not fit.
    return Instant(seconds: day * 86_400 + clock - offset).nanoseconds.addingClamped(fraction)
  }

  /// The UTC stamp at the end of a file's name, before its endings:
  /// `metrics-20261018T060000Z.om.gz`.
  static func ofFile(_ path: String) -> Int64? {
    var name = Array((path.split(separator: "/").last ?? "").utf8)
    for _ in 0..<2 where name.last != 90 {
      if let dot = name.lastIndex(of: 46) { name.removeSubrange(dot...) }
    }
    guard name.count >= 16, name.last == 90 else { return nil }
    let text = name.span
    var cursor = Cursor(index: name.count - 16, end: name.count - 1)
    guard let day = cursor.date(text, separated: false), cursor.take(84, text),
      let clock = cursor.clock(text, separated: false), cursor.index == cursor.end
    else { return nil }
    return Instant(seconds: day * 86_400 + clock).nanoseconds
  }

  private struct Cursor {
    var index: Int
    let end: Int

    mutating func take(_ byte: UInt8, _ text: borrowing Span<UInt8>) -> Bool {
      guard index < end, text[index] == byte else { return false }
      index += 1
      return true
    }

    /// So many digits; nothing is taken when there are fewer.
    mutating func number(_ digits: Int, _ text: borrowing Span<UInt8>) -> Int64? {
      guard index + digits <= end else { return nil }
      var value: Int64 = 0
      for place in index..<index + digits {
        guard text[place] &- 48 < 10 else { return nil }
        value = value * 10 + Int64(text[place] &- 48)
      }
      index += digits
      return value
    }

    /// Days since the epoch.
    mutating func date(_ text: borrowing Span<UInt8>, separated: Bool) -> Int64? {
      guard let year = number(4, text), !separated || take(45, text),
        let month = number(2, text), !separated || take(45, text), let day = number(2, text),
        CivilDate.exists(year: Int(year), month: Int(month), day: Int(day))
      else { return nil }
      return CivilDate(year: Int(year), month: Int(month), day: Int(day)).dayNumber
    }

    /// Seconds of the day; separated ones may be left out.
    mutating func clock(_ text: borrowing Span<UInt8>, separated: Bool) -> Int64? {
      guard let hour = number(2, text), hour < 24, !separated || take(58, text),
        let minute = number(2, text), minute < 60
      else { return nil }
      if separated, !take(58, text) { return hour * 3600 + minute * 60 }
      guard let second = number(2, text), second < 60 else { return nil }
      return hour * 3600 + minute * 60 + second
    }

    /// Seconds east of Greenwich: `Z`, `+02:00`, `+0200`, `+02`.
    mutating func offset(_ text: borrowing Span<UInt8>) -> Int64? {
      if take(90, text) || take(122, text) { return 0 }
      let west = take(45, text)
      guard west || take(43, text), let hour = number(2, text), hour < 24 else { return nil }
      var minute: Int64 = 0
      if index < end {
        _ = take(58, text)
        guard let read = number(2, text), read < 60 else { return nil }
        minute = read
      }
      return (west ? -1 : 1) * (hour * 3600 + minute * 60)
    }
  }
}
