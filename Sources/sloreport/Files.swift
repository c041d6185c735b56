import Glibc

/// Small files, read whole.
enum Files {
  struct ReadError: Error {
    let code: Int32
  }

  static func read(_ path: String, limit: Int = 8 << 20) throws(ReadError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw ReadError(code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw ReadError(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ReadError(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while content.count <= limit {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadError(code: errno) }
      if count == 0 { return content }
      content += buffer[..<count]
    }
    throw ReadError(code: EFBIG)
  }

  /// The system's words for an error number.
  static func words(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
