import Model

/// How the times of a table are written, in nanoseconds since the epoch once read.
///
/// Without a declared form that is ISO 8601 with an offset, or Unix time in seconds, milliseconds, microseconds or
/// nanoseconds, told by its size; without an offset, local time of the zone.
struct TableTime: Sendable {
  /// Unix time in a unit, by its places behind the second.
  typealias Unit = Int

  private enum Part: Sendable {
    case literal(UInt8)
    /// So many digits; `nil` for one or two.
    case number(field: UInt8, digits: Int?)
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
      guard byte == 37, let field = rest.popFirst() else {
        parts.append(.literal(byte))
        continue
      }
      switch field {
      case 89: parts.append(.number(field: field, digits: 4))
      case 121, 77, 83: parts.append(.number(field: field, digits: 2))
      case 109, 100, 72, 73: parts.append(.number(field: field, digits: nil))
      case 98: parts.append(.month)
      case 112: parts.append(.half)
      case 102: parts.append(.fraction)
      case 122: parts.append(.offset)
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
        case 89: year = number
        case 121: year = 2000 + number
        case 109: month = number
        case 100: day = number
        case 72 where number < 24: clock += number * 3600
        case 73 where 1...12 ~= number: clock += number % 12 * 3600
        case 77 where number < 60: clock += number * 60
        case 83 where number < 60: clock += number
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

/// Why a text is no time of a table.
struct TimeFault: Error {
  let reason: IngestError.Reason
}
