import Glibc
import Model

/// Files that were delivered, read back; links are not followed.
enum StoredFile {
  /// `nil` where there is none.
  static func bytes(of path: String) throws(DeliveryError) -> [UInt8]? {
    var bytes: [UInt8] = []
    return try read(path) { bytes += $0 } ? bytes : nil
  }

  /// `nil` where there is none, or something else is in its place.
  static func hash(of path: String) throws(DeliveryError) -> SHA256? {
    var hasher = SHA256Hasher()
    return try read(path) { hasher.update($0) } ? hasher.finish() : nil
  }

  static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  /// All that is below a folder and is no folder, sorted by bytes.
  static func paths(below folder: String) throws(DeliveryError) -> [String] {
    var found: [String] = []
    for name in try ArtifactWriter.names(in: folder) {
      let path = "\(folder)/\(name)"
      found += isFolder(path) ? try paths(below: path).map { "\(name)/\($0)" } : [name]
    }
    return found
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Shows a regular file to `body`, part by part; false where there is none.
  private static func read(
    _ path: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(DeliveryError) -> Bool {
    let kind = kind(of: path)
    if kind == nil && errno == ENOENT || kind != nil && kind != S_IFREG { return false }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { throw DeliveryError(.read, path) }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw DeliveryError(.read, path) }
      if count == 0 { return true }
      buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
