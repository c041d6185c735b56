/// One label of a series, as bytes: two names that differ in bytes are two names, even where Swift
/// would call the strings equal.
public struct Label: Hashable, Sendable {
  public let name: [UInt8]
  public let value: [UInt8]

  public init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }

  public init(_ name: String, _ value: String) {
    self.init(name: Array(name.utf8), value: Array(value.utf8))
  }
}

/// What identifies a series: its source, its name and its labels, in one canonical byte string.
///
/// The key is `source FF name (FF label FE value)*` with the labels in byte order. FE and FF occur in no UTF-8
/// text, so the key is unambiguous. Series made of table rows have an empty name.
public struct SeriesID: Hashable, Sendable, Comparable {
  public let key: [UInt8]

  public init(key: [UInt8]) { self.key = key }

  public init(source: String, name: [UInt8], labels: [Label]) {
    var key = Array(source.utf8)
    key.append(0xFF)
    key += name
    for label in labels.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      key.append(0xFF)
      key += label.name
      key.append(0xFE)
      key += label.value
    }
    self.key = key
  }

  public init(source: String, name: String, labels: [Label] = []) {
    self.init(source: source, name: Array(name.utf8), labels: labels)
  }

  private var parts: [ArraySlice<UInt8>] {
    key.split(separator: 0xFF, omittingEmptySubsequences: false)
  }

  public var source: String { parts.first.map { String(decoding: $0, as: UTF8.self) } ?? "" }

  public var name: [UInt8] { parts.count > 1 ? Array(parts[1]) : [] }

  public var labels: [Label] {
    parts.dropFirst(2).map { part in
      let pair = part.split(separator: 0xFE, maxSplits: 1, omittingEmptySubsequences: false)
      return Label(name: Array(pair[0]), value: pair.count > 1 ? Array(pair[1]) : [])
    }
  }

  /// The value of a label; `nil` when the series does not carry it.
  public func value(of label: String) -> [UInt8]? { bytes(of: label).map(Array.init) }

  /// Its rows count all events that there were: a `total`, or the bucket without a bound.
  public var isTotal: Bool {
    bytes(of: "column")?.elementsEqual("total".utf8) ?? false
      || bytes(of: "le").map { Double(String(decoding: $0, as: UTF8.self)) } == .infinity
  }

  /// The same, without taking the key apart.
  func bytes(of label: String) -> ArraySlice<UInt8>? {
    var rest = key[...]
    while let mark = rest.firstIndex(of: 0xFF) {
      rest = rest[(mark + 1)...]
      guard rest.starts(with: label.utf8) else { continue }
      let value = rest.dropFirst(label.utf8.count)
      if value.first == 0xFE { return value.dropFirst().prefix { $0 != 0xFF } }
    }
    return nil
  }

  /// Whether the source and the name are these, byte by byte.
  func isNamed(_ name: String, in source: String) -> Bool {
    var rest = key[...]
    for text in [source, name] {
      guard rest.starts(with: text.utf8) else { return false }
      rest = rest.dropFirst(text.utf8.count)
      guard rest.isEmpty || rest.first == 0xFF else { return false }
      rest = rest.dropFirst()
    }
    return true
  }

  /// `name{label="value",…}` for people; the source is left out.
  public var text: String {
    let labels = labels.map {
      "\(String(decoding: $0.name, as: UTF8.self))=\"\(String(decoding: $0.value, as: UTF8.self))\""
    }
    return String(decoding: name, as: UTF8.self)
      + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
  }

  public static func < (one: SeriesID, other: SeriesID) -> Bool {
    one.key.lexicographicallyPrecedes(other.key)
  }
}
