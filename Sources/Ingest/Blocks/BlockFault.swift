/// Why a block could not be read, and where.
struct BlockFault: Error, Hashable {
  /// The file, as the path of its folder leads to it.
  let path: String
  /// From 0; `nil` when the file as a whole is meant.
  let byte: Int64?
  let reason: IngestError.Reason

  init(_ reason: IngestError.Reason, in path: String, at byte: Int64? = nil) {
    self.path = path
    self.byte = byte
    self.reason = reason
  }

  init(_ damage: IngestError.Damage, in path: String, at byte: Int64) {
    self.init(.block(damage), in: path, at: byte)
  }
}
