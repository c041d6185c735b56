import Model

/// What the columns of a table are, shown by its header.
struct TableLayout: Sendable {
  enum Kind: Sendable {
    case ratio, latency, value, moments, states
    /// A row for each sample, which names its series.
    case long
    /// A row for each time, with a column for each series.
    case wide
  }

  enum Role: Sendable {
    case time, number, state, ignored
    /// Part of what identifies the group of the row.
    case label
  }

  /// What the columns that have a meaning of their own are called, in any case.
  static let timeNames = ["bucket", "at", "time", "timestamp", "date", "datetime", "ts"]
  private static let seriesNames = ["metric", "series", "name"]
  private static let stateNames = ["up", "status", "state"]
  private static let delimiters: [UInt8] = [.comma, .semicolon, .tab, .bar]

  let delimiter: UInt8
  let kind: Kind
  /// One for each column.
  private(set) var roles: [Role]
  /// The texts of the header.
  let names: [[UInt8]]
  /// The columns with the role of labels: the bound of a latency and the name of a series come last.
  let labels: [Int]
  /// The columns of numbers, in the order of their meaning.
  private(set) var numbers: [Int]
  let time: Int
  let form: TableTime
  let states: StateWords
  /// The first byte after the header, and the lines of it.
  let end: Int64
  let lines: Int

  /// Reads the header, which must be in the front of the file whole.
  ///
  /// - Parameters:
  ///   - front: the first bytes of the file.
  ///   - declared: what a configuration says.
  ///   - asked: the labels that selectors of rows ask for.
  /// - Throws: ``Fault`` with the place in the header.
  init(front: [UInt8], form declared: TableForm, asked: Set<[UInt8]>) throws(Fault) {
    var mark = front.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let separator = TableLayout.separator(
      front[mark...].prefix { $0 != .lineFeed }.filter { $0 != .carriageReturn })
    if separator != nil { mark = (front.firstIndex(of: .lineFeed) ?? front.count - 1) + 1 }
    let first = separator == nil ? 1 : 2
    let isWhole = front.count < FrontedStream.length
    let length = front[mark...].withUnsafeBytes { TableLayout.rowLength($0) }
    guard let length, isWhole || front[mark + length - 1] == .lineFeed else {
      throw Fault(
        !isWhole ? .lineTooLong(limit: front.count) : front.count == mark ? .truncated : .quote,
        at: .init(line: front.count == mark ? first - 1 : first, byte: Int64(front.count)))
    }
    var text = front[mark..<mark + length]
    let header = text
    if text.last == .lineFeed { text = text.dropLast() }
    if text.last == .carriageReturn { text = text.dropLast() }
    end = Int64(mark + length)
    lines = header.count { $0 == .lineFeed } + first - 1
    states = declared.states
    do throws(LineFault) {
      guard text.withUnsafeBytes({ UTF8Check.firstBadByte($0) }) == nil else {
        throw LineFault(.notUTF8, at: 0)
      }
      delimiter = declared.delimiter ?? separator ?? TableLayout.delimiter(of: text)
      names = try TableLayout.names(text.span, delimiter: delimiter)
      form = TableTime(form: declared.time, zone: declared.zone)
      (kind, time, numbers, labels, roles) = try TableLayout.meaning(
        of: names, declared: declared.columns, asked: asked)
      if labels.count > SeriesText.labelLimit {
        throw LineFault(
          .tooManyLabels(limit: SeriesText.labelLimit), at: 0,
          field: labels[SeriesText.labelLimit] + 1)
      }
    } catch {
      throw Fault(
        error.reason,
        at: .init(
          line: first, column: error.field ?? error.offset + 1,
          byte: Int64(mark + error.offset)))
    }
  }

  /// The length of the first row with its end; `nil` when a quote stays open, or there is nothing.
  static func rowLength(_ content: UnsafeRawBufferPointer) -> Int? {
    var isOpen = false
    for place in content.indices {
      if content[place] == .quote { isOpen.toggle() }
      if content[place] == .lineFeed, !isOpen { return place + 1 }
    }
    return isOpen || content.isEmpty ? nil : content.count
  }

  /// Keeps only some of the columns of a wide table.
  mutating func keep(_ wanted: [Int]) {
    for column in numbers { roles[column] = .ignored }
    for column in wanted { roles[column] = .number }
    numbers = wanted
  }

  // MARK: The header

  /// What the first line of a table for Excel says about the rest: `sep=,`.
  static func separator(_ line: [UInt8]) -> UInt8? {
    line.count == 5 && line.starts(with: Array("sep=".utf8)) ? line[4] : nil
  }

  /// The most frequent one outside of quotes.
  static func delimiter(of header: ArraySlice<UInt8>) -> UInt8 {
    var counts = [Int](repeating: 0, count: delimiters.count)
    var isOpen = false
    for byte in header {
      if byte == .quote { isOpen.toggle() }
      if !isOpen, let place = delimiters.firstIndex(of: byte) { counts[place] += 1 }
    }
    let most = counts.max() ?? 0
    return delimiters[counts.firstIndex(of: most) ?? 0]
  }

  /// The name of a column, without blanks around it.
  static func trimmed(_ name: [UInt8]) -> [UInt8] {
    var rest = name[...].drop { $0 == .space }
    while rest.last == .space { rest.removeLast() }
    return Array(rest)
  }

  private static func names(
    _ header: borrowing Span<UInt8>, delimiter: UInt8
  ) throws(LineFault) -> [[UInt8]] {
    var record = TableRecord()
    try record.read(header, delimiter: delimiter)
    var names: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    for field in record.fields.indices {
      let name = TableLayout.trimmed(record.bytes(header, field))
      let place = record.fields[field].range.lowerBound
      guard !name.isEmpty else {
        throw LineFault(.missingColumn(""), at: place, field: field + 1)
      }
      guard seen.insert(name).inserted else {
        throw LineFault(
          .repeatedColumn(String(decoding: name, as: UTF8.self)), at: place, field: field + 1)
      }
      names.append(name)
    }
    return names
  }

  /// Whether a header names a time, as every table does.
  static func isHeader(_ header: borrowing Span<UInt8>, _ declared: TableForm) -> Bool {
    let text = header.bytes(0..<header.count)
    if separator(text) != nil { return true }
    let times = declared.columns["time"].map { [$0.lowercased()] } ?? timeNames
    do throws(LineFault) {
      let delimiter = declared.delimiter ?? delimiter(of: text[...])
      return try names(header, delimiter: delimiter).contains { name in
        times.contains(String(decoding: name, as: UTF8.self).lowercased())
      }
    } catch {
      // Quotes where a table has none; whatever it is, it is not a header.
      return false
    }
  }

  private typealias Meaning = (
    kind: Kind, time: Int, numbers: [Int], labels: [Int], roles: [Role]
  )

  private static func meaning(
    of names: [[UInt8]], declared: [String: String], asked: Set<[UInt8]>
  ) throws(LineFault) -> Meaning {
    let lower = names.map { String(decoding: $0, as: UTF8.self).lowercased() }
    func place(_ name: String) -> Int? {
      lower.firstIndex(of: (declared[name] ?? name).lowercased())
    }
    func column(_ name: String) throws(LineFault) -> Int {
      guard let place = place(name) else {
        throw LineFault(.missingColumn(declared[name] ?? name), at: 0, field: 1)
      }
      return place
    }
    for name in declared.keys.sorted() { _ = try column(name) }
    let (found, isBucket) = try timeColumn(lower, declared: declared["time"])
    func time() throws(LineFault) -> Int {
      guard let found else {
        throw LineFault(.missingColumn(declared["time"] ?? "bucket"), at: 0, field: 1)
      }
      return found
    }
    // A table of rows says so by `bucket`; with other names of the time, columns may be series of any name.
    let isRows = isBucket || found == nil
    func has(_ one: String, _ other: String) -> Bool {
      isRows
        ? place(one) != nil || place(other) != nil : place(one) != nil && place(other) != nil
    }
    var (kind, used, last): (Kind, [Int], Int?) = (.value, [], nil)
    if has("good", "total") {
      let time = try time()
      (kind, used) = (.ratio, [time, try column("good"), try column("total")])
      // The name in which the two series of a row differ.
      if let taken = lower.firstIndex(of: "column") {
        throw LineFault(.repeatedColumn("column"), at: 0, field: taken + 1)
      }
    } else if has("le", "count") {
      let time = try time()
      last = try column("le")
      (kind, used) = (.latency, [time, try column("count")])
    } else if let value = place("value") {
      used = [try time(), value]
      last = declared["metric"] != nil ? place("metric") : seriesNames.lazy.compactMap(place).first
      if isBucket { last = nil }
      kind = last == nil ? .value : .long
    } else if let found, lower[found] == "at" || declared["state"] != nil {
      let state =
        place("state") ?? stateNames.lazy.compactMap { lower.firstIndex(of: $0) }.first
      (kind, used) = (state == nil ? .moments : .states, [found])
      return result(kind, used, state: state, last: nil, names, asked)
    } else if isBucket {
      throw LineFault(.missingColumn(declared["value"] ?? "value"), at: 0, field: 1)
    } else if let found, names.count > 1 {
      kind = .wide
      used = [found] + names.indices.filter { $0 != found }
    } else {
      throw LineFault(.expected(.header), at: 0, field: 1)
    }
    return result(kind, used, state: nil, last: last, names, asked)
  }

  private static func result(
    _ kind: Kind, _ used: [Int], state: Int?, last: Int?, _ names: [[UInt8]],
    _ asked: Set<[UInt8]>
  ) -> Meaning {
    var roles = [Role](repeating: .ignored, count: names.count)
    for column in used { roles[column] = .number }
    roles[used[0]] = .time
    if let state { roles[state] = .state }
    // What else a check found does not identify it.
    var labels = names.indices.filter {
      roles[$0] == .ignored && $0 != last && (kind != .states || asked.contains(names[$0]))
    }
    if let last { labels.append(last) }
    for column in labels { roles[column] = .label }
    return (kind, used[0], Array(used.dropFirst()) + (state.map { [$0] } ?? []), labels, roles)
  }

  /// The column of times, and whether it is that of rows.
  private static func timeColumn(
    _ names: [String], declared: String?
  ) throws(LineFault) -> (Int?, isBucket: Bool) {
    if let declared { return (names.firstIndex(of: declared.lowercased()), false) }
    let found = timeNames.compactMap { names.firstIndex(of: $0) }
    guard let first = found.first else { return (nil, false) }
    let isPlain = names[first] == "bucket" || names[first] == "at"
    if !isPlain, found.count > 1 {
      throw LineFault(
        .ambiguousColumns(names[first], names[found[1]]), at: 0, field: found[1] + 1)
    }
    return (first, names[first] == "bucket")
  }
}
