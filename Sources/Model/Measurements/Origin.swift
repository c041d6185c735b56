/// What a source says of where its data come from and how they are to be read: labels that every series gets, and how
/// tables are written.
public struct Origin: Hashable, Sendable {
  /// The pattern of paths from the first component on that names a label; empty when none does.
  public let pattern: String
  /// The same for all of its files, in order of their names.
  public let labels: [Label]
  /// What is declared of its tables; empty when nothing is.
  public let table: String

  public init(pattern: String = "", labels: [Label] = [], table: String = "") {
    self.table = table
    self.labels = labels.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    var parts = pattern.split(separator: "/", omittingEmptySubsequences: true)[...]
    while let first = parts.first, Origin.names(in: first).isEmpty { parts = parts.dropFirst() }
    self.pattern = parts.joined(separator: "/")
  }

  private static func names(in part: Substring) -> [String] {
    do throws(PathPattern.Failure) {
      return try PathPattern(String(part)).names
    } catch {
      return []
    }
  }

  /// The names of the labels that are declared.
  public var names: [String] {
    labels.map { String(decoding: $0.name, as: UTF8.self) }
      + pattern.split(separator: "/").flatMap(Origin.names(in:))
  }

  public var isDeclared: Bool { !pattern.isEmpty || !labels.isEmpty || !table.isEmpty }

  /// Different for different declarations: FNV-1a over all of it, in hexadecimal digits.
  var mark: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    add(pattern.utf8)
    for label in labels { add([0xFF] + label.name + [0xFE] + label.value) }
    if !table.isEmpty { add([0xFD] + table.utf8) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension SeriesID {
  /// The same series with declared labels, which win: its own of such a name becomes `exported_NAME`.
  public func declaring(_ declared: [Label]) -> SeriesID {
    if declared.isEmpty { return self }
    return SeriesID(source: source, name: name, labels: declared.over(labels))
  }
}

extension [Label] {
  /// Declared labels, and those that a series has besides; as Prometheus does it with `honor_labels: false`.
  public func over(_ own: [Label]) -> [Label] {
    if isEmpty { return own }
    let declared = Set(map(\.name))
    var taken = declared.union(own.map(\.name))
    return self
      + own.map { label in
        guard declared.contains(label.name) else { return label }
        var name = label.name
        repeat { name = [UInt8]("exported_".utf8) + name } while !taken.insert(name).inserted
        return Label(name: name, value: label.value)
      }
  }
}
