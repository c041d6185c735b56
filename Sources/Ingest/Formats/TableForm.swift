public import Model

/// What a configuration says about tables of a source; what it leaves out is recognised.
public struct TableForm: Hashable, Sendable {
  public let delimiter: UInt8?
  /// How times are written: `%d.%m.%Y %H:%M:%S`.
  public let time: String?
  /// The zone of times without an offset.
  public let zone: ZoneOffsets?
  /// What columns are called, by the name that they have otherwise: `time`, `value`, `good`, ….
  public let columns: [String: String]
  /// What words for states mean.
  public let states: StateWords

  public init(
    delimiter: UInt8? = nil, time: String? = nil, zone: ZoneOffsets? = nil,
    columns: [String: String] = [:], states: StateWords = StateWords()
  ) {
    self.delimiter = delimiter
    self.time = time
    self.zone = zone
    self.columns = columns
    self.states = states
  }
}

extension Checksum {
  /// That of all that is said about tables; 0 when nothing is.
  static func of(_ form: TableForm) -> UInt32 {
    var texts = form.columns.map { "column \($0.key)=\($0.value)\n" }.sorted()
    texts += form.states.declared.map { "state \($0.key)=\($0.value.rawValue)\n" }.sorted()
    if let delimiter = form.delimiter { texts.append("delimiter \(delimiter)\n") }
    if let time = form.time { texts.append("time \(time)\n") }
    if let zone = form.zone { texts.append("timezone \(zone.name)\n") }
    return texts.isEmpty ? 0 : of(texts)
  }
}
