public import Model

/// The archive of a folder of reports: a line for each closing, revision or new rendering, each with the hash of the line
/// before it.
///
/// A line is written in four steps: it is announced in a file of its own, the folder of the report is swapped in, the line
/// is added, and the announcement is removed. Whatever a kill leaves of them is finished or undone by the next delivery.
public struct Archive: Sendable {
  static let name = "archive.jsonl"
  static let announcement = "archive.pending"

  let root: String
  private(set) var bytes: [UInt8]
  public private(set) var lines: [ArchiveLine] = []
  /// What is wrong with the lines, the first of it; those from there on are not in ``lines``.
  public private(set) var fault: ArchiveFault?
  /// Of the last line; `nil` where there is none.
  public private(set) var head: SHA256?
  /// A line that a killed run announced, if it is not among the lines.
  let announced: ArchiveLine?

  /// Reads the archive as it is; see ``fault``.
  ///
  /// Waits until a run that delivers is done.
  public init(of root: String) throws(DeliveryError) {
    let lock = try ArchiveLock(.shared, in: root)
    try self.init(in: root)
    withExtendedLifetime(lock) {}
  }

  /// As ``init(of:)``, under a lock that the caller holds.
  init(in root: String) throws(DeliveryError) {
    self.root = root
    let stored = try StoredFile.bytes(of: "\(root)/\(Archive.name)")
    bytes = stored ?? []
    let pending = try StoredFile.bytes(of: "\(root)/\(Archive.announcement)")
    let line = pending.flatMap(ArchiveLine.init(text:))
    announced = pending == nil || bytes.hasSuffix(pending ?? []) ? nil : line
    if stored == nil { fault = .absent }
    var start = 0
    while fault == nil, start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
      read(Array(bytes[start..<end]))
      start = end
    }
  }

  private mutating func read(_ text: [UInt8]) {
    let number = lines.count + 1
    guard text.last == 10 else {
      fault = .cut(line: number)
      return
    }
    guard let line = ArchiveLine(text: text) else {
      let (body, claimed) = (text.dropLast(75), text.suffix(67).prefix(64))
      fault = .altered(
        line: number, expected: String(decoding: claimed, as: UTF8.self),
        found: SHA256(of: Array(body)))
      return
    }
    guard line.previous == head else {
      fault = .order(
        line: number, period: line.report.period, expected: head, found: line.previous)
      return
    }
    lines.append(line)
    head = SHA256(of: text)
  }

  /// Adds a line that follows the last one.
  mutating func append(_ line: ArchiveLine) {
    let text = line.text
    bytes += text
    lines.append(line)
    (head, fault) = (SHA256(of: text), nil)
  }

  /// The last line of each period, in their order: what the folders hold.
  public var latest: [ArchiveLine] {
    var last: [String: Int] = [:]
    for (index, line) in lines.enumerated() { last[line.report.period] = index }
    var latest = lines.enumerated().filter { last[$0.element.report.period] == $0.offset }
      .map(\.element)
    if let announced, isDelivered(announced) {
      latest.removeAll { $0.report.period == announced.report.period }
      latest.append(announced)
    }
    return latest
  }

  /// The period of a line that a killed run delivered and did not add any more.
  public var unfinished: String? {
    announced.flatMap { isDelivered($0) ? $0.report.period : nil }
  }

  /// Whether a line that was announced follows the last one, and its folder is in its place.
  func isDelivered(_ line: ArchiveLine) -> Bool {
    guard line.previous == head else { return false }
    do throws(ArchiveFault) {
      try check(line)
      return true
    } catch {
      return false
    }
  }

  /// Throws unless the folder of a line has exactly its files.
  public func check(_ line: ArchiveLine) throws(ArchiveFault) {
    let period = line.report.period
    let folder = "\(root)/\(period)"
    guard StoredFile.isFolder(folder) else { throw .noFolder(period) }
    let found: [String]
    do {
      found = try StoredFile.paths(below: folder)
    } catch {
      throw .unreadable(path: error.path, code: error.code)
    }
    let names = Set(line.files.map(\.path))
    for path in Set(found).union(names).sorted() {
      guard let file = line.files.first(where: { $0.path == path }) else {
        throw .extra(period: period, path: path)
      }
      let hash: SHA256?
      do {
        hash = try StoredFile.hash(of: "\(folder)/\(path)")
      } catch {
        throw .unreadable(path: error.path, code: error.code)
      }
      guard let hash else { throw .missing(period: period, path: path, expected: file.hash) }
      guard hash == file.hash else {
        throw .changed(period: period, path: path, expected: file.hash, found: hash)
      }
    }
  }

  /// The folders named after a period that no line is about.
  public func unlisted() throws(DeliveryError) -> [String] {
    let known = Set(latest.map(\.report.period))
    return try ArtifactWriter.names(in: root).filter { name in
      !known.contains(name)
        && ReportPeriod.Unit.allCases.contains { ReportPeriod($0, name: name) != nil }
        && StoredFile.isFolder("\(root)/\(name)")
    }
  }
}

/// What is not as it was archived.
public enum ArchiveFault: Error, Hashable, Sendable {
  /// There is no archive.
  case absent
  /// The last line has no end.
  case cut(line: Int)
  /// A line does not fit its own hash.
  case altered(line: Int, expected: String, found: SHA256)
  /// A line does not follow the one before it, which is `nil` for the first.
  case order(line: Int, period: String, expected: SHA256?, found: SHA256?)
  case noFolder(String)
  case missing(period: String, path: String, expected: SHA256)
  case extra(period: String, path: String)
  case changed(period: String, path: String, expected: SHA256, found: SHA256)
  case unreadable(path: String, code: Int32)
}

extension [UInt8] {
  fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
