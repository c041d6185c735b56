public import Model

/// Delivers reports into a folder, with the archive of it.
public struct ArchiveWriter: Sendable {
  private let writer: ArtifactWriter

  /// As ``ArtifactWriter/init(root:)``.
  public init(root: String) throws(DeliveryError) { writer = try ArtifactWriter(root: root) }

  /// Replaces the folder of a report, and adds a line unless the last one of the period says the same.
  ///
  /// `pages` makes the files beside the archive of its lines.
  ///
  /// - Throws: ``DeliveryError``; ``ArchiveFault`` where the archive is damaged: the report is written then, and no line.
  public func deliver(
    _ report: ArchivedReport, _ artifacts: [Artifact],
    pages: ([ArchiveLine]) throws -> [Artifact]
  ) throws {
    let lock = try ArchiveLock(.exclusive, in: writer.root)
    defer { withExtendedLifetime(lock) {} }
    var archive = try settled()
    if let fault = archive.fault, fault != .absent {
      try writer.replace(report.period, with: artifacts)
      throw fault
    }
    let line = ArchiveLine(
      report: report,
      files: artifacts.map { .init(path: $0.path, hash: SHA256(of: $0.bytes)) }
        .sorted { $0.path < $1.path },
      previous: archive.head)
    let last = archive.lines.last { $0.report.period == report.period }
    if let last, last.files == line.files, last.report.facts == report.facts,
      last.report.revision == report.revision
    {
      try writer.replace(report.period, with: artifacts)
    } else {
      try announce(line)
      do throws(DeliveryError) {
        try writer.replace(report.period, with: artifacts)
      } catch {
        // Where the folder is in its place the next delivery adds the line.
        if error.step != .settle { try withdraw() }
        throw error
      }
      try add(line, to: &archive)
    }
    try place(try pages(archive.lines))
  }

  /// Makes the files beside the archive anew.
  ///
  /// - Throws: as ``deliver(_:_:pages:)``.
  public func rewrite(_ pages: ([ArchiveLine]) throws -> [Artifact]) throws {
    let lock = try ArchiveLock(.exclusive, in: writer.root)
    defer { withExtendedLifetime(lock) {} }
    let archive = try settled()
    if let fault = archive.fault, fault != .absent { throw fault }
    try place(try pages(archive.lines))
  }

  /// The archive, after what a killed run announced is added, or withdrawn where its folder was not swapped in.
  private func settled() throws(DeliveryError) -> Archive {
    var archive = try Archive(in: writer.root)
    if let fault = archive.fault, fault != .absent { return archive }
    if let line = archive.announced, archive.isDelivered(line) {
      try add(line, to: &archive)
    } else {
      try withdraw()
    }
    return archive
  }

  private func announce(_ line: ArchiveLine) throws(DeliveryError) {
    try writer.place(Artifact(path: Archive.announcement, bytes: line.text))
  }

  private func withdraw() throws(DeliveryError) {
    try ArtifactWriter.remove("\(writer.root)/\(Archive.announcement)")
  }

  private func add(_ line: ArchiveLine, to archive: inout Archive) throws(DeliveryError) {
    archive.append(line)
    try writer.place(Artifact(path: Archive.name, bytes: archive.bytes))
    try withdraw()
  }

  /// Files that are the same already are left as they are.
  private func place(_ pages: [Artifact]) throws(DeliveryError) {
    for page in pages
    where try StoredFile.bytes(of: "\(writer.root)/\(page.path)") != page.bytes {
      try writer.place(page)
    }
  }
}
