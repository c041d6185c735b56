import Glibc
import Model

/// A PDF that is whole.
struct PDFFile {
  private let bytes: [UInt8]

  /// `nil` for a file that is missing, is none, is larger than any report, or is not a whole PDF.
  init?(path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0, state.st_mode & S_IFMT == S_IFREG, state.st_size <= 1 << 28
    else { return nil }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    self.init(bytes)
  }

  init?(_ bytes: [UInt8]) {
    let whites: Set<UInt8> = [0, 9, 10, 12, 13, 32]
    let end = bytes.lastIndex { !whites.contains($0) } ?? -1
    guard bytes.starts(with: "%PDF-".utf8), bytes[...end].suffix(5).elementsEqual("%%EOF".utf8)
    else { return nil }
    self.bytes = bytes
  }

  /// Its bytes, with this time in the place of any that says when it was made: a length that stays keeps every address in
  /// the file.
  func made(_ time: Instant) -> [UInt8] {
    let digits = Array(time.description.utf8.filter { (48...57).contains($0) }.prefix(14))
    var bytes = bytes
    guard digits.count == 14 else { return bytes }
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      let key = Array(key.utf8)
      var start = 0
      while let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
        start = slash + 1
        let place = slash + key.count
        guard bytes[slash...].starts(with: key), place + 14 <= bytes.count,
          bytes[place..<place + 14].allSatisfy({ (48...57).contains($0) })
        else { continue }
        bytes.replaceSubrange(place..<place + 14, with: digits)
      }
    }
    return bytes
  }
}
