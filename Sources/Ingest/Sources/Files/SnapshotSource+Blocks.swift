public import Model

extension SnapshotSource {
  /// Reads a folder with blocks of Prometheus; gives what could not be read, and `nil` if it is not such a folder.
  func readBlocks(
    _ path: String, with pull: BlockPull, purpose: UInt32, marks: [String: FileMark],
    keep: (String, Production) throws -> Void
  ) throws -> [IngestError]? {
    var failures: [IngestError] = []
    func fail(_ fault: BlockFault) { failures.append(failure(fault)) }
    var done: Set<String> = []
    do {
      guard var directory = try files.blocks(of: path) else { return nil }
      directory.faults.forEach(fail)
      while let unit = directory.units.first(where: { !done.contains($0.path) }) {
        // If a block of a unit is gone, the unit has another name in the next list, or is missing.
        done.insert(unit.path)
        let earlier = marks[unit.path]
        let same = earlier.flatMap { $0.wanted == purpose ? $0 : nil }
        if let same, same.bytes == unit.bytes, same.modified == unit.modified,
          same.changed == unit.changed
        {
          continue
        }
        do {
          guard let blocks = try directory.open(unit) else {
            directory = try files.blocks(of: path) ?? directory
            continue
          }
          // A snapshot made of links changes nothing in the blocks of the server.
          let isSame =
            if let same, same.bytes == unit.bytes, same.modified == unit.modified {
              try pull.read(blocks, keep: { _ in }).checksum == same.checksum
            } else {
              false
            }
          try keep(unit.path) { part in
            try withoutActuallyEscaping(part) { part in
              let batches = BatchBuilder(
                source: feed, earlier: earlier, purpose: purpose, keep: part)
              var pull = pull
              pull.labels = labels(of: unit.path)
              let (content, checksum) =
                if isSame, let same {
                  (Content(), same.checksum)
                } else {
                  try pull.read(blocks, keep: batches.add)
                }
              try batches.finish(content) { ends in
                FileMark(
                  path: unit.path, bytes: unit.bytes, modified: unit.modified,
                  changed: unit.changed, checksum: checksum, wanted: purpose,
                  ends: ends)
              }
            }
          }
        } catch let fault as BlockFault {
          fail(fault)
        } catch let fault as Fault {
          failures.append(
            IngestError(
              source: name, path: unit.path, position: fault.position, reason: fault.reason))
        }
      }
    } catch let fault as BlockFault {
      fail(fault)
    }
    return failures
  }

  /// Samples that are in no block yet, but in the write-ahead log of a server.
  public struct LeftOut: Hashable, Sendable {
    /// The data directory.
    public let path: String
    /// Where its blocks end; `nil` without any.
    public let end: Instant?
  }

  /// The data directories whose newest samples are not read.
  public func leftOut() -> [LeftOut] {
    files.search().paths.compactMap { path in
      guard let directory = try? files.blocks(of: path), directory.hasHead else { return nil }
      return LeftOut(
        path: path,
        end: directory.end.map { Instant(nanoseconds: $0.multipliedClamped(by: 1_000_000)) })
    }
  }
}
