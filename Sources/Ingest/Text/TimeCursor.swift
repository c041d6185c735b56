import Model

/// A place in the text of a time.
struct TimeCursor {
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
      guard text[place].isDigit else { return nil }
      value = value * 10 + Int64(text[place].digit)
    }
    index += digits
    return value
  }

  /// One or two digits.
  mutating func short(_ text: borrowing Span<UInt8>) -> Int64? {
    guard let first = number(1, text) else { return nil }
    return number(1, text).map { first * 10 + $0 } ?? first
  }

  /// A month by its English name, short or whole, in any case.
  mutating func month(_ text: borrowing Span<UInt8>) -> Int64? {
    let start = index
    while index < end, text[index].isLetter { index += 1 }
    let name = String(decoding: text.bytes(start..<index), as: UTF8.self).lowercased()
    let month = TimeCursor.months.firstIndex { $0.prefix(3) == name || $0 == name }
    return (name == "sept" ? 8 : month).map { Int64($0 + 1) }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// Whether it is after noon: `AM` or `PM`, in any case.
  mutating func isAfternoon(_ text: borrowing Span<UInt8>) -> Bool? {
    guard index + 2 <= end, text[index + 1].lowercased == UInt8(ascii: "m") else { return nil }
    defer { index += 2 }
    switch text[index].lowercased {
    case UInt8(ascii: "a"): return false
    case UInt8(ascii: "p"): return true
    default: return nil
    }
  }

  /// The digits after a point as nanoseconds, further places cut off.
  mutating func fraction(_ text: borrowing Span<UInt8>) -> Int64? {
    var (fraction, scale): (Int64, Int64) = (0, 100_000_000)
    let start = index
    while let digit = number(1, text) {
      fraction += digit * scale
      scale /= 10
    }
    return index > start ? fraction : nil
  }

  /// Days since the epoch.
  mutating func date(_ text: borrowing Span<UInt8>, separated: Bool) -> Int64? {
    guard let year = number(4, text), !separated || take(.minus, text),
      let month = number(2, text), !separated || take(.minus, text), let day = number(2, text),
      CivilDate.exists(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day)).dayNumber
  }

  /// Seconds of the day; separated ones may be left out.
  mutating func clock(_ text: borrowing Span<UInt8>, separated: Bool) -> Int64? {
    guard let hour = number(2, text), hour < 24, !separated || take(.colon, text),
      let minute = number(2, text), minute < 60
    else { return nil }
    if separated, !take(.colon, text) { return hour * 3600 + minute * 60 }
    guard let second = number(2, text), second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Seconds east of Greenwich: `Z`, `+02:00`, `+0200`, `+02`.
  mutating func offset(_ text: borrowing Span<UInt8>) -> Int64? {
    if take(UInt8(ascii: "Z"), text) || take(UInt8(ascii: "z"), text) { return 0 }
    let west = take(.minus, text)
    guard west || take(.plus, text), let hour = number(2, text), hour < 24 else { return nil }
    var minute: Int64 = 0
    if index < end {
      _ = take(.colon, text)
      guard let read = number(2, text), read < 60 else { return nil }
      minute = read
    }
    return (west ? -1 : 1) * (hour * 3600 + minute * 60)
  }
}
