/// The metric families of an OpenMetrics text, of which one is open at a time.
struct Families {
  /// Counts the families, so that what was found out about a series is known to be still true.
  private(set) var number: Int32 = 0
  private var name: [UInt8]?
  private var type: MetricType?
  private var hasHelp = false
  private var unit: [UInt8]?
  private var hasSamples = false
  /// The closed families, and all names that they lay claim to.
  private var closed: [[UInt8]: MetricType] = [:]
  private var taken: Set<[UInt8]> = []
  /// The first metric whose samples are in two places.
  private(set) var parted: [UInt8]?

  /// The last sample's name, and what it is in the open family.
  private var sampleName: [UInt8] = []
  private var part = MetricType.Part.plain

  /// What follows is about samples without a time: the labels that a point's samples share, those
  /// of all earlier points of the family, and the samples of this one.
  private var group: [UInt8]?
  private var groups: Set<[UInt8]> = []
  private var members: Set<[UInt8]> = []
  private var histogram: HistogramCheck?

  // MARK: Metadata

  /// Reads `# HELP name text`, `# TYPE name type` or `# UNIT name unit`.
  mutating func readMetadata(_ line: borrowing Span<UInt8>) throws(LineFault) {
    guard line.begins(with: "# "), line.count > 6, line[6] == .space else {
      throw LineFault(expected: .comment, at: 0)
    }
    var text = SeriesText()
    let rest = try text.readName(line, from: 7)
    guard rest < line.count, line[rest] == .space else {
      throw LineFault(expected: .space, at: rest)
    }
    let named = text.bytes(line, text.name)
    if named != name { try open(named) }
    guard !hasSamples else { throw LineFault(.rule(.metadataAfterSamples), at: 0) }
    let value = rest + 1..<line.count
    let repeated: Bool
    if line.holds("HELP", 2..<6) {
      repeated = hasHelp
      hasHelp = true
    } else if line.holds("TYPE", 2..<6) {
      repeated = type != nil
      type = MetricType(line, value)
      guard type != nil else { throw LineFault(expected: .type, at: value.lowerBound) }
    } else if line.holds("UNIT", 2..<6) {
      repeated = unit != nil
      let text = line.bytes(value)
      guard text.isEmpty || named.ends(with: [95] + text) else {
        throw LineFault(.rule(.unit), at: value.lowerBound)
      }
      unit = text
    } else {
      throw LineFault(expected: .comment, at: 2)
    }
    guard !repeated else { throw LineFault(.rule(.repeatedMetadata), at: 0) }
    if let unit, !unit.isEmpty, type == .info || type == .stateset {
      throw LineFault(.rule(.unit), at: 0)
    }
  }

  private mutating func open(_ name: [UInt8]) throws(LineFault) {
    try close()
    self.name = name
  }

  /// Ends the open family; its names are taken from now on.
  mutating func close() throws(LineFault) {
    number &+= 1
    try closePoint()
    guard let name else { return }
    var names: Set = [name]
    for suffix in (type ?? .unknown).suffixes {
      names.insert(name + suffix.text.withUTF8Buffer { Array($0) })
    }
    if !taken.isDisjoint(with: names) {
      // The same family again, or a sample of one alone; what it says otherwise of a name contradicts the first.
      let hasMetadata = type != nil || unit != nil || hasHelp
      guard closed[name].map({ $0 == type ?? $0 }) ?? !hasMetadata else {
        throw LineFault(.rule(.repeatedName), at: 0)
      }
      parted = parted ?? name
    }
    taken.formUnion(names)
    if closed[name] == nil { closed[name] = type ?? .unknown }
    self.name = nil
    (type, unit, hasHelp, hasSamples) = (nil, nil, false, false)
    sampleName.removeAll(keepingCapacity: true)
    groups.removeAll()
  }

  // MARK: Samples

  /// What the sample is in its family; opens one of unknown type when it belongs to none that is
  /// open.
  mutating func enter(_ text: borrowing SeriesText, _ line: borrowing Span<UInt8>) throws(LineFault)
    -> MetricType.Part
  {
    if sampleName.isEmpty || text.name.escaped || !line.equals(sampleName, text.name.range) {
      let named = text.bytes(line, text.name)
      if let part = partOfOpenFamily(named) {
        self.part = part
      } else {
        try open(named)
        part = .plain
      }
      sampleName = named
      hasSamples = true
    }
    try checkLabels(text, line)
    return part
  }

  private func partOfOpenFamily(_ sample: [UInt8]) -> MetricType.Part? {
    guard let name, sample.starts(with: name) else { return nil }
    let suffix = sample.dropFirst(name.count)
    for allowed in (type ?? .unknown).suffixes
    where allowed.text.withUTF8Buffer({ $0.elementsEqual(suffix) }) {
      return allowed.part
    }
    return nil
  }

  /// The label that a sample of this type and part must carry.
  private func checkLabels(_ text: borrowing SeriesText, _ line: borrowing Span<UInt8>)
    throws(LineFault)
  {
    switch (type, part) {
    case (_, .bucket):
      // OpenMetrics has infinite bounds written in one way.
      guard let bound = text.value(of: "le", line), let value = Decimal.double(line, bound),
        value.isFinite || line.holds("+Inf", bound) || line.holds("-Inf", bound)
      else { throw LineFault(.rule(.labelForType), at: 0) }
    case (.summary, .plain):
      guard let quantile = text.value(of: "quantile", line),
        let value = Decimal.double(line, quantile), value >= 0, value <= 1
      else { throw LineFault(.rule(.labelForType), at: 0) }
    case (.stateset, _):
      guard let name, text.labels.contains(where: { text.bytes(line, $0.name) == name }) else {
        throw LineFault(.rule(.labelForType), at: 0)
      }
    default: break
    }
  }

  /// Whether a sample of this part may have the value.
  @inline(__always)
  func allows(_ value: Double, as part: MetricType.Part) -> Bool {
    switch part {
    case .total, .count, .bucket: value >= 0
    // A gauge histogram may have observations below zero.
    case .sum: type == .gaugehistogram ? !value.isNaN : value >= 0
    case .info: value == 1
    case .created: true
    case .plain:
      switch type {
      case .stateset: value == 0 || value == 1
      case .summary: !(value < 0)
      default: true
      }
    }
  }

  /// The order and the sums of samples without a time.
  mutating func check(
    _ text: borrowing SeriesText, _ line: borrowing Span<UInt8>, _ part: MetricType.Part,
    _ value: Double
  ) throws(LineFault) {
    let labels = groupLabels(text, line)
    if labels != group {
      try closePoint()
      guard groups.insert(labels).inserted else { throw LineFault(.rule(.order), at: 0) }
      group = labels
      if type == .histogram || type == .gaugehistogram {
        histogram = HistogramCheck(isGauge: type == .gaugehistogram)
      }
    }
    guard members.insert(line.bytes(0..<text.end)).inserted else {
      throw LineFault(.rule(.repeatedSample), at: 0)
    }
    switch part {
    case .bucket:
      let bound = text.value(of: "le", line).flatMap { Decimal.double(line, $0) } ?? .nan
      guard histogram?.addBucket(upTo: bound, value) ?? true else {
        throw LineFault(.rule(.histogram), at: 0)
      }
    case .count: histogram?.addCount(value)
    case .sum: histogram?.addSum(value)
    case .plain, .total, .created, .info: break
    }
  }

  /// The labels in which the metrics of the family differ.
  private func groupLabels(_ text: borrowing SeriesText, _ line: borrowing Span<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    for pair in text.labels {
      if part == .bucket, line.holds("le", pair.name.range) { continue }
      if type == .summary, line.holds("quantile", pair.name.range) { continue }
      if type == .stateset, let name, text.bytes(line, pair.name) == name { continue }
      key += text.bytes(line, pair.name) + [0xFE] + text.bytes(line, pair.value) + [0xFF]
    }
    return key
  }

  /// Ends the point of samples without a time.
  mutating func closePoint() throws(LineFault) {
    guard group != nil else { return }
    let holds = histogram?.holds ?? true
    (group, histogram) = (nil, nil)
    members.removeAll(keepingCapacity: true)
    guard holds else { throw LineFault(.rule(.histogram), at: 0) }
  }
}

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
