import Model

/// How the times of a table are written, in nanoseconds since the epoch once read.
///
/// Without a declared form that is ISO 8601 with an offset, or Unix time in seconds, milliseconds, microseconds or
/// nanoseconds, shown by its size; without an offset, local time of the zone.
struct TableTime: Sendable {
  /// Unix time in a unit, by its places after the second.
  typealias Unit = Int

  private enum Part: Sendable {
    case literal(UInt8)
    /// So many digits; `nil` for one or two.
    case number(field: Unicode.Scalar, digits: Int?)
    case month, half, fraction, offset
  }

  private let parts: [Part]?
  private let form: String?
  private let zone: ZoneOffsets?

  /// Prepares for times.
  ///
  /// - Parameters:
  ///   - form: with `%Y %m %d %H %M %S`, `%y` for two digits of the year, `%b` for the name of the month, `%I %p` for
  ///     twelve hours, `%f` for a fraction, `%z` for an offset, `%%`; `nil` for the forms that are recognised.
  ///   - zone: of times without an offset.
  init(form: String?, zone: ZoneOffsets?) {
    (self.form, self.zone) = (form, zone)
    guard let form else {
      parts = nil
      return
    }
    var parts: [Part] = []
    var rest = Array(form.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == .percent, let field = rest.popFirst() else {
        parts.append(.literal(byte))
        continue
      }
      let letter = Unicode.Scalar(field)
      switch letter {
      case "Y": parts.append(.number(field: letter, digits: 4))
      case "y", "M", "S": parts.append(.number(field: letter, digits: 2))
      case "m", "d", "H", "I": parts.append(.number(field: letter, digits: nil))
      case "b": parts.append(.month)
      case "p": parts.append(.half)
      case "f": parts.append(.fraction)
      case "z": parts.append(.offset)
      default: parts.append(.literal(field))
      }
    }
    self.parts = parts
  }

  /// Reads a time, and the unit of one that is a number.
  func read(_ text: borrowing Span<UInt8>, _ range: Range<Int>) throws(TimeFault) -> (
    time: Int64, unit: Unit?
  ) {
    let local: Timestamp.Local?
    if let parts {
      local = read(parts, text, range)
    } else if let number = Decimal(text, range) {
      let unit: Unit =
        switch number.scaled(by: 0).magnitude {
        case ..<100_000_000_000: 0
        case ..<100_000_000_000_000: 3
        case ..<100_000_000_000_000_000: 6
        default: 9
        }
      return (try TableTime.checked(number.scaled(by: 9 - unit)), unit)
    } else {
      local = Timestamp.readISO(text, range)
    }
    guard let local else { throw TimeFault(reason: .timeForm(declared: form)) }
    guard let time = local.nanoseconds(in: zone) else {
      throw TimeFault(reason: zone == nil ? .localTime : .skippedTime)
    }
    return (try TableTime.checked(time), nil)
  }

  private static func checked(_ time: Int64) throws(TimeFault) -> Int64 {
    if let reason = PlausibleTime.fault(time) { throw TimeFault(reason: reason) }
    return time
  }

  private func read(
    _ parts: [Part], _ text: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Timestamp.Local? {
    var cursor = TimeCursor(index: range.lowerBound, end: range.upperBound)
    var (year, month, day, clock): (Int64, Int64, Int64, Int64) = (1970, 1, 1, 0)
    var isAfternoon = false
    var local = Timestamp.Local(seconds: 0)
    for part in parts {
      switch part {
      case .literal(let byte): guard cursor.take(byte, text) else { return nil }
      case .number(let field, let digits):
        let read = digits.map { cursor.number($0, text) } ?? cursor.short(text)
        guard let number = read else { return nil }
        switch field {
        case "Y": year = number
        case "y": year = 2000 + number
        case "m": month = number
        case "d": day = number
        case "H" where number < 24: clock += number * 3600
        case "I" where 1...12 ~= number: clock += number % 12 * 3600
        case "M" where number < 60: clock += number * 60
        case "S" where number < 60: clock += number
        default: return nil
        }
      case .month:
        guard let number = cursor.month(text) else { return nil }
        month = number
      case .half:
        guard let half = cursor.isAfternoon(text) else { return nil }
        isAfternoon = half
      case .fraction:
        guard let fraction = cursor.fraction(text) else { return nil }
        local.fraction = fraction
      case .offset:
        guard let offset = cursor.offset(text) else { return nil }
        local.offset = offset
      }
    }
    guard cursor.index == cursor.end,
      CivilDate.exists(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    local.seconds = date.dayNumber * 86_400 + clock + (isAfternoon ? 43_200 : 0)
    return local
  }
}

/// Why a text is not a time of a table.
struct TimeFault: Error {
  let reason: IngestError.Reason
}
