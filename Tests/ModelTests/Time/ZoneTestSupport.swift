import Foundation
import Model

let zoneFolder = "/usr/share/zoneinfo"

func zoneBytes(_ name: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: "\(zoneFolder)/\(name)")))
}

func zone(_ name: String) throws -> ZoneOffsets {
  try ZoneOffsets(name: name, tzif: try zoneBytes(name), release: nil)
}

/// A zone file of version 2 with one type and a rule.
func zoneFile(rule: String) -> [UInt8] {
  let header =
    Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15 + 12)
    + [0, 0, 0, 0] + [0, 0, 0, 1] + [0, 0, 0, 4]
  let data: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
  return header + data + header + data + [0x0A] + Array(rule.utf8) + [0x0A]
}

/// Seconds since the epoch of a UTC date and time.
func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Int64 {
  CivilDate(year: year, month: month, day: day).dayNumber * 86_400
    + Int64(hour * 3600 + minute * 60)
}

/// What the C library says, for the zone that `TZ` names; only for tests in a process of their own.
enum LibC {
  static func use(_ zone: String) {
    setenv("TZ", zone, 1)
    tzset()
  }

  static func offset(at second: Int64) -> ZoneOffsets.Offset? {
    var time = time_t(second)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil, let name = parts.tm_zone else { return nil }
    return ZoneOffsets.Offset(
      seconds: Int64(parts.tm_gmtoff), isDaylight: parts.tm_isdst > 0,
      abbreviation: String(cString: name))
  }
}

/// Counts answers that differ from the C library's and prints the first few.
struct Comparison {
  private(set) var instants = 0
  private(set) var differences = 0

  /// Ends the process; its standard output is shown only when it ends well.
  func finish(_ what: String) -> Never {
    print("\(what), \(instants) instants, \(differences) differences")
    exit(EXIT_SUCCESS)
  }

  mutating func check(_ zone: ZoneOffsets, at second: Int64) {
    instants += 1
    let ours = zone.offset(at: Instant(seconds: second))
    let theirs = LibC.offset(at: second)
    guard ours != theirs else { return }
    differences += 1
    if differences <= 5 {
      print("\(zone.name) at \(second): \(ours), libc \(String(describing: theirs))")
    }
  }

  /// Compares on a grid, and a second around each change between two of its points.
  mutating func check(_ zone: ZoneOffsets, from: Int64, to: Int64, step: Int64) {
    var last = zone.offset(at: Instant(seconds: from))
    for second in stride(from: from, to: to, by: Int64.Stride(step)) {
      check(zone, at: second)
      let offset = zone.offset(at: Instant(seconds: second))
      if offset != last {
        var (low, high) = (second - step, second)
        while high - low > 1 {
          let middle = (low + high) / 2
          if zone.offset(at: Instant(seconds: middle)) == last {
            low = middle
          } else {
            high = middle
          }
        }
        for near in high - 1...high + 1 { check(zone, at: near) }
      }
      last = offset
    }
  }
}
