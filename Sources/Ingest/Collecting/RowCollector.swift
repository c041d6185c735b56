import Model

/// The rows of a table or a query as series of minute cells, whatever they were read from.
///
/// Series differ by their labels. A ratio makes two of each, with a label `column`; a latency one for each
/// bound, with a label `le`. A row that cannot be used is counted as a reject of its minute, one without a usable
/// time in the first minute of the slice.
struct RowCollector {
  /// The rows that share their labels.
  private struct Group {
    /// The good and the total of a ratio, else one; none when nobody wants it.
    let series: [SeriesID]
    var goods: RowBuilder
    /// The total of a ratio, else the only one.
    var rows: RowBuilder
    let isWanted: Bool
  }

  private let source: String
  private let shape: RowShape
  private let labels: [[UInt8]]
  private let declared: [Label]
  private let wanted: [Selector]?
  private let slice: Window?
  private let minutes: Int64
  private let keep: ((Series) throws -> Void)?
  /// Cells are passed on when there are so many.
  private static let limit = 1 << 15

  private var groups: [Group] = []
  /// The group of rows that nobody wants, among those of ``place(of:)``.
  private var unwanted: Int?
  private var places: [[UInt8]: Int] = [:]
  private var last: (key: [UInt8], place: Int) = ([], -1)
  /// What identifies the group of the row: its bound, and `FF value` for each label.
  private var key: [UInt8] = []

  /// Rows so far, rejected ones included.
  private(set) var read = 0
  /// Cells held now, and series.
  private(set) var cells = 0
  private(set) var series = 0
  private var rejects = 0
  private var firstReject: (row: Int, reason: RejectedRows.Reason)?
  private var unknownStates: [String] = []

  /// Prepares for rows of a shape.
  ///
  /// - Parameters:
  ///   - source: the source, or the feed, that the series belong to.
  ///   - shape: any but incidents.
  ///   - labels: the names of the further columns, in the order in which each row gives their values.
  ///   - declared: labels that every series gets.
  ///   - wanted: the series to keep; `nil` for all.
  ///   - slice: the span in which all rows must be.
  ///   - minutes: the length of a cell.
  ///   - keep: takes cells in parts, at each ``flushIfLarge()``; `nil` to hold all of them until the end.
  init(
    source: String, shape: RowShape, labels: [[UInt8]], declared: [Label] = [],
    wanted: [Selector]? = nil,
    slice: Window? = nil, minutes: Int64 = 1,
    keep: ((Series) throws -> Void)? = nil
  ) {
    self.minutes = minutes
    self.keep = keep
    self.source = source
    self.shape = shape
    self.labels = labels
    self.declared = declared
    self.wanted = wanted?.filter { $0.source == source && $0.meansRows }
    self.slice = slice
  }

  // MARK: Rows

  /// Starts a row: its labels come next, in their order, then what it holds.
  @inline(__always)
  mutating func begin() { key.removeAll(keepingCapacity: true) }

  /// Gives the value of the next label; an empty one is none.
  @inline(__always)
  mutating func label(_ write: (inout [UInt8]) -> Void) {
    key.append(0xFF)
    write(&key)
  }

  mutating func add(good: Double?, total: Double?, at time: Int64?) {
    add(good: good, total: total, at: time, to: group())
  }

  private mutating func add(good: Double?, total: Double?, at time: Int64?, to place: Int) {
    let reason = timeFault(time) ?? RowCollector.fault(good: good, total: total)
    read += 1
    guard reason == nil, let time, let good, let total else {
      return reject(reason ?? .noNumber, at: time, in: place)
    }
    guard groups[place].isWanted else { return }
    let before = groups[place].goods.count + groups[place].rows.count
    groups[place].goods.add(good, at: time)
    groups[place].rows.add(total, at: time)
    cells += groups[place].goods.count + groups[place].rows.count - before
  }

  /// Adds the events at or under a bound.
  mutating func add(_ count: Double?, upTo bound: Double?, at time: Int64?) {
    var reason = timeFault(time) ?? RowCollector.fault(count)
    if bound?.isNaN ?? true { reason = reason ?? .noNumber }
    // A row without a bound makes the whole distribution doubtful, and infinity means all of it.
    let place = group(bound: bound.flatMap { $0.isNaN ? nil : $0 } ?? .infinity)
    add(count, at: time, in: place, reason ?? ((count ?? 0) < 0 ? .negative : nil))
  }

  mutating func add(value: Double?, at time: Int64?) {
    add(value, at: time, in: group(), timeFault(time) ?? RowCollector.fault(value))
  }

  mutating func addMoment(at time: Int64?) { addMoment(at: time, to: group()) }

  mutating func addMoment(at time: Int64?, to place: Int) {
    add(time.map { Double($0) / 1e9 }, at: time, in: place, timeFault(time))
  }

  /// Adds a state that holds until the next row; `nil` where it is none of those that are known.
  mutating func add(_ state: CheckState?, at time: Int64?) { add(state, at: time, to: group()) }

  mutating func add(_ state: CheckState?, at time: Int64?, to place: Int) {
    let reason = timeFault(time) ?? (state == nil ? .unknownState([]) : nil)
    add(state?.value, at: time, in: place, reason)
  }

  /// Takes down a word for a state that is not known, so that it can be quoted.
  mutating func note(unknown word: String) {
    guard unknownStates.count < 10, !unknownStates.contains(word) else { return }
    unknownStates.append(word)
  }

  // MARK: Rows of a table

  /// Adds rows of a good and a total each to groups of ``place(of:)``, given by their numbers among `places`.
  mutating func addRatios(
    _ values: Span<Double>, at times: Span<Int64>, to numbers: Span<Int32>, of places: [Int]
  ) {
    var row = 0
    while row < numbers.count {
      let first = row
      groups.withUnsafeMutableBufferPointer { groups in
        while row < numbers.count {
          let place = places[Int(numbers[row])]
          let (good, total) = (values[2 * row], values[2 * row + 1])
          guard good >= 0, good <= total, total < 1e300 else { break }
          if groups[place].isWanted {
            groups[place].goods.add(good, at: times[row])
            groups[place].rows.add(total, at: times[row])
          }
          row += 1
        }
      }
      read += row - first
      guard row < numbers.count else { break }
      add(
        good: values[2 * row], total: values[2 * row + 1], at: times[row],
        to: places[Int(numbers[row])])
      row += 1
    }
    cells = groups.reduce(0) { $0 + $1.goods.count + $1.rows.count }
  }

  /// Adds rows of one value each, as ``addRatios(_:at:to:of:)`` does; negative ones are rejects where they count something.
  mutating func addValues(
    _ values: Span<Double>, at times: Span<Int64>, to numbers: Span<Int32>, of places: [Int],
    isCount: Bool
  ) {
    for row in 0..<numbers.count {
      let reason = RowCollector.fault(values[row]) ?? (isCount && values[row] < 0 ? .negative : nil)
      add(values[row], at: times[row], in: places[Int(numbers[row])], reason)
    }
  }

  /// Passes on the finished cells when there are many.
  ///
  /// - Throws: `disordered` when a row belonged to a cell that was already passed on; what `keep` throws.
  mutating func flushIfLarge() throws {
    guard let keep else { return }
    guard !groups.contains(where: { $0.goods.isDisordered || $0.rows.isDisordered }) else {
      throw Fault(.disordered)
    }
    guard cells >= RowCollector.limit else { return }
    for place in groups.indices {
      guard let only = groups[place].series.last else { continue }
      if shape == .ratio, let good = groups[place].series.first {
        try keep(Series(id: good, kind: .rows, cells: groups[place].goods.drain()))
      }
      try keep(Series(id: only, kind: .rows, cells: groups[place].rows.drain()))
    }
    cells = groups.reduce(0) { $0 + $1.goods.count + $1.rows.count }
  }

  /// Adds values to the group of ``place(of:)``.
  mutating func add(_ values: Span<Double>, at times: Span<Int64>, to place: Int) {
    for row in 0..<values.count {
      let (value, time) = (values[row], times[row])
      add(value, at: time, in: place, timeFault(time) ?? RowCollector.fault(value))
    }
  }

  private mutating func add(
    _ value: Double?, at time: Int64?, in place: Int, _ reason: RejectedRows.Reason?
  ) {
    read += 1
    guard reason == nil, let time, let value else {
      return reject(reason ?? .noNumber, at: time, in: place)
    }
    guard groups[place].isWanted else { return }
    let before = groups[place].rows.count
    groups[place].rows.add(value, at: time)
    cells += groups[place].rows.count - before
  }

  // MARK: Rejects

  @inline(__always)
  private func timeFault(_ time: Int64?) -> RejectedRows.Reason? {
    guard let time else { return .noTime }
    guard let slice else { return nil }
    return slice.contains(Instant(nanoseconds: time)) ? nil : .outside
  }

  @inline(__always)
  private static func fault(_ number: Double?) -> RejectedRows.Reason? {
    // NaN is not less than anything; more than that, and a sum would overflow.
    (number ?? .nan).magnitude < 1e300 ? nil : .noNumber
  }

  @inline(__always)
  private static func fault(good: Double?, total: Double?) -> RejectedRows.Reason? {
    guard fault(good) == nil, fault(total) == nil, let good, let total else { return .noNumber }
    if good < 0 || total < 0 { return .negative }
    return good <= total ? nil : .goodAboveTotal
  }

  private mutating func reject(_ reason: RejectedRows.Reason, at time: Int64?, in place: Int) {
    guard groups[place].isWanted else { return }
    rejects += 1
    if firstReject == nil { firstReject = (read, reason) }
    let hasPlace = reason != .noTime && reason != .outside
    let before = groups[place].rows.count
    groups[place].rows.add(nil, at: (hasPlace ? time : nil) ?? slice?.start.nanoseconds ?? 0)
    cells += groups[place].rows.count - before
  }

  // MARK: Groups

  /// The place of the group that the row's labels name.
  @inline(__always)
  private mutating func group(bound: Double? = nil) -> Int {
    if let bound {
      // Zero has two signs.
      let bits = (bound == 0 ? 0 : bound).bitPattern
      for shift in stride(from: 0, to: 64, by: 8) {
        key.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
      }
    }
    if last.place >= 0, last.key == key { return last.place }
    return lookUp(bound)
  }

  private mutating func lookUp(_ bound: Double?) -> Int {
    let place = places[key] ?? groups.count
    if place == groups.count {
      places[key] = place
      groups.append(makeGroup(bound))
      series += groups[place].series.count
    }
    last = (key, place)
    return place
  }

  /// The place of the group with these labels, for rows that do not all have the same columns.
  mutating func place(of labels: [Label]) -> Int {
    let key = SeriesID(source: source, name: "", labels: labels).key
    if let place = places[key] { return place }
    let group = group(of: labels)
    // All that nobody wants are one, so that they take no memory.
    if !group.isWanted, let unwanted { return unwanted }
    if group.isWanted { places[key] = groups.count } else { unwanted = groups.count }
    groups.append(group)
    series += group.series.count
    return groups.count - 1
  }

  private func makeGroup(_ bound: Double?) -> Group {
    let values = key.dropLast(bound == nil ? 0 : 8)
      .split(separator: 0xFF, omittingEmptySubsequences: false).dropFirst()
    var found: [Label] = []
    for (name, value) in zip(labels, values) where !value.isEmpty {
      found.append(Label(name: name, value: Array(value)))
    }
    if let bound { found.append(Label("le", RowCollector.text(of: bound))) }
    return group(of: found)
  }

  private func group(of found: [Label]) -> Group {
    let labels = declared.over(found)
    func id(_ labels: [Label]) -> SeriesID { SeriesID(source: source, name: "", labels: labels) }
    var series: [SeriesID] = []
    let plain = id(labels)
    if wanted?.contains(where: { $0.matches(plain) }) ?? true {
      series =
        shape == .ratio
        ? ["good", "total"].map { id(labels + [Label("column", $0)]) } : [plain]
    }
    return Group(
      series: series, goods: RowBuilder(minutes: minutes),
      rows: RowBuilder(minutes: minutes), isWanted: !series.isEmpty)
  }

  /// The shortest text of a bucket's bound: `0.5`, `60`, `+Inf`.
  static func text(of bound: Double) -> String {
    if bound.isInfinite { return bound < 0 ? "-Inf" : "+Inf" }
    let text = "\(bound)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  // MARK: End

  /// The wanted series, in the order in which they came.
  consuming func finish() -> [Series] {
    var result: [Series] = []
    for group in groups {
      guard let only = group.series.last else { continue }
      if shape == .ratio, let good = group.series.first {
        result.append(Series(id: good, kind: .rows, cells: group.goods.finish()))
      }
      result.append(Series(id: only, kind: .rows, cells: group.rows.finish()))
    }
    return result
  }

  /// What could not be used; `nil` when there is none.
  var rejected: RejectedRows? {
    firstReject.map { row, reason in
      RejectedRows(
        count: rejects, row: row,
        reason: reason == .unknownState([]) ? .unknownState(unknownStates) : reason)
    }
  }
}
