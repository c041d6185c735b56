/// The formats that there are, and which of them a file has.
enum SnapshotFormats {
  /// Of those that are as likely as each other the first counts.
  static let all: [any SnapshotFormat] = [
    APIFormat(), ExpositionFormat(dialect: .openMetrics), ExpositionFormat(dialect: .prometheus),
    TableFormat(),
  ]

  /// The format by the ending of a name, without one of compression.
  static func named(_ path: String) -> (any SnapshotFormat)? {
    var name = (path.split(separator: "/").last ?? "")[...]
    if name.hasSuffix(".gz") { name = name.dropLast(3) }
    guard let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    else { return nil }
    return all.first { $0.endings.contains(String(ending)) }
  }

  /// The format of a file, by its ending or else by its front.
  ///
  /// - Parameters:
  ///   - path: the name of the file.
  ///   - front: the first bytes of the content, up to ``FrontedStream/length``; a shorter file's as a whole.
  ///   - table: what is declared of tables.
  /// - Returns: the first of those that are as likely as each other.
  /// - Throws: `unknownFormat`, and `truncated` for nothing at all.
  static func format(
    of path: String, front: [UInt8], table: TableForm = TableForm()
  ) throws(Fault) -> any SnapshotFormat {
    if let named = named(path) { return named }
    guard !front.isEmpty else { throw Fault(.truncated, at: .init(byte: 0)) }
    let front = SnapshotFront(front, table: table)
    let found = all.compactMap { format in
      format.likeness(to: front).map { (format: format, likeness: $0) }
    }
    let most = found.map(\.likeness).max()
    guard let best = found.first(where: { $0.likeness == most }) else {
      throw Fault(.unknownFormat)
    }
    return best.format
  }
}
