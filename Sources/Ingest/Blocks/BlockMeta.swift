import Model

/// What `meta.json` says about a block.
struct BlockMeta: Hashable {
  /// From the first time in it up to, not including, the last, in milliseconds since the epoch.
  let times: Range<Int64>
  /// The labels that Thanos gives all series of the block, in order of their names.
  let labels: [Label]

  /// - Throws: ``BlockFault``: `meta`, `version`, `truncated`.
  init(_ file: BlockFile) throws(BlockFault) {
    let window = FileWindow(file)
    defer { withExtendedLifetime(window) {} }
    let bytes = try window.bytes(at: 0, count: Int(clamping: file.size))
    var reader = JSONMembers(bytes)
    guard let (members, labels) = reader.members() else {
      if reader.isAtEnd { throw BlockFault(.truncated, in: file.path, at: file.size) }
      throw BlockFault(.meta("value"), in: file.path, at: Int64(reader.offset))
    }
    func number(_ name: String) throws(BlockFault) -> Int64 {
      guard let value = members[name] else { throw BlockFault(.meta(name), in: file.path, at: 0) }
      return value
    }
    let version = try number("version")
    guard version == 1 else {
      throw BlockFault(.version(UInt8(clamping: version)), in: file.path, at: 0)
    }
    let (first, end) = (try number("minTime"), try number("maxTime"))
    guard first <= end else { throw BlockFault(.order, in: file.path, at: 0) }
    times = first..<end
    self.labels = labels
  }
}
