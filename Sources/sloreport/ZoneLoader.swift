import Definitions
import Glibc
import Model

/// Reads time zones from the system's zone files.
enum ZoneLoader {
  static let folder = "/usr/share/zoneinfo"

  enum ZoneFailure: Error {
    /// The system has no zone data at all.
    case noData
    case unknown(nearest: String?)
    case damaged
  }

  static func load(_ name: String) throws(ZoneFailure) -> ZoneOffsets {
    if name == "UTC" { return .utc }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            true
          default: false
          }
        }
    }
    guard plain, let bytes = try? Files.read("\(folder)/\(name)") else {
      let names = names()
      if names.isEmpty { throw .noData }
      throw .unknown(nearest: Spelling.nearest(to: name, among: names))
    }
    do {
      return try ZoneOffsets(name: name, tzif: bytes, release: release())
    } catch {
      throw .damaged
    }
  }

  /// "2025b", as the head of `tzdata.zi` tells it.
  static func release() -> String? {
    guard let bytes = try? Files.read("\(folder)/tzdata.zi") else { return nil }
    let head = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    return head.hasPrefix("# version ") ? String(head.dropFirst(10)) : nil
  }

  /// The zones that `tzdata.zi` defines (lines `Z name …` and `L target name`).
  private static func names() -> [String] {
    guard let bytes = try? Files.read("\(folder)/tzdata.zi") else { return [] }
    return bytes.split(separator: 10).compactMap { line in
      let words = line.split(separator: 32)
      guard words.count > 2 else { return nil }
      if words[0] == [UInt8(ascii: "Z")] { return String(decoding: words[1], as: UTF8.self) }
      if words[0] == [UInt8(ascii: "L")] { return String(decoding: words[2], as: UTF8.self) }
      return nil
    }
  }
}
