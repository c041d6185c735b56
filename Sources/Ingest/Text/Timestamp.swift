public import Model

/// Times as tables and file names write them, in nanoseconds since the epoch.
enum Timestamp {
  /// A time by the clock on a wall.
  struct Local {
    /// Since 1970 by that clock.
    var seconds: Int64
    /// Nanoseconds.
    var fraction: Int64 = 0
    /// Seconds east of Greenwich; `nil` when it is not said.
    var offset: Int64?

    /// Since the epoch; `nil` if the offset is unknown, or the clocks skipped that time.
    func nanoseconds(in zone: ZoneOffsets?) -> Int64? {
      // Four digits of year span 10,000 years, which as nanoseconds would not fit.
      if let offset {
        return Instant(seconds: seconds - offset).nanoseconds.addingClamped(fraction)
      }
      return zone?.instant(ofLocal: seconds)?.nanoseconds.addingClamped(fraction)
    }
  }

  /// Reads ISO 8601, with or without an offset.
  static func readISO(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Local? {
    var cursor = TimeCursor(index: range.lowerBound, end: range.upperBound)
    guard let day = cursor.date(text, separated: true) else { return nil }
    guard
      cursor.take(UInt8(ascii: "T"), text) || cursor.take(.space, text)
        || cursor.take(UInt8(ascii: "t"), text),
      let clock = cursor.clock(text, separated: true)
    else { return nil }
    var local = Local(seconds: day * 86_400 + clock)
    if cursor.take(.point, text) {
      guard let fraction = cursor.fraction(text) else { return nil }
      local.fraction = fraction
    }
    if cursor.index == cursor.end { return local }
    guard let offset = cursor.offset(text), cursor.index == cursor.end else { return nil }
    local.offset = offset
    return local
  }

  /// The UTC stamp at the end of a file's name, before its endings:
  /// `metrics-20261018T060000Z.om.gz`.
  static func ofFile(_ path: String) -> Int64? {
    var name = Array((path.split(separator: "/").last ?? "").utf8)
    for _ in 0..<2 where name.last != UInt8(ascii: "Z") {
      if let dot = name.lastIndex(of: .point) { name.removeSubrange(dot...) }
    }
    guard name.count >= 16, name.last == UInt8(ascii: "Z") else { return nil }
    let text = name.span
    var cursor = TimeCursor(index: name.count - 16, end: name.count - 1)
    guard let day = cursor.date(text, separated: false), cursor.take(UInt8(ascii: "T"), text),
      let clock = cursor.clock(text, separated: false), cursor.index == cursor.end
    else { return nil }
    return Instant(seconds: day * 86_400 + clock).nanoseconds
  }
}

extension FileMark {
  /// When the file was written, by its name, else its time of change.
  public var written: Instant {
    Instant(nanoseconds: Timestamp.ofFile(path) ?? modified)
  }
}
