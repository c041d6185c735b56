import Foundation
import Model
import TestSupport
import Testing

@Suite("Zone files")
struct TZifTests {
  private func expectAgreement(_ result: ExitTest.Result?) {
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    print(output)
    #expect(output.contains(" instants, 0 differences"))
  }

  @Test("agree with the C library all day long from 2000 to 2052, and around every change (H1)")
  func hourly() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      var comparison = Comparison()
      let names = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca",
        "America/Santiago", "Europe/Dublin", "America/Nuuk", "Africa/Cairo", "UTC",
      ]
      for name in names {
        LibC.use(name)
        comparison.check(
          try zone(name), from: utc(2000, 1, 1), to: utc(2053, 1, 1),
          step: Int64(tries(12, long: 1)) * 3600)
      }
      comparison.finish("\(names.count) zones")
    }
    expectAgreement(result)
  }

  @Test("agree with the C library for every zone of the system, around every change (H1)")
  func everyZone() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      var comparison = Comparison()
      var count = 0
      let files = FileManager.default.enumerator(atPath: zoneFolder)
      while let name = files?.nextObject() as? String {
        // The copies under these two count leap seconds, or repeat the rest.
        if name.hasPrefix("right") || name.hasPrefix("posix") { continue }
        guard let bytes = try? zoneBytes(name), bytes.starts(with: "TZif".utf8) else { continue }
        LibC.use(name)
        comparison.check(
          try zone(name), from: utc(2000, 1, 1), to: utc(2053, 1, 1),
          step: Int64(tries(30, long: 5)) * 86_400)
        count += 1
      }
      comparison.finish("\(count) zones")
    }
    expectAgreement(result)
  }

  @Test("read POSIX rules as the C library does")
  func rules() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      var comparison = Comparison()
      let rules = [
        "UTC0", "<+0330>-3:30", "<-00>0", "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT4,M3.2.0/2,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "IST-1GMT0,M10.5.0,M3.5.0/1", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "EET-2EEST,M3.4.4/50,M10.4.4/50", "AAA3BBB,J60/0,J300/1:02:03",
        "AAA-3BBB,59/12,364", "AAA+1:30:15BBB,M2.1.6/-100,M11.5.6/167", "XXX-14YYY-15,J2,J59/24",
      ]
      for rule in rules {
        LibC.use(rule)
        comparison.check(
          try ZoneOffsets(name: rule, tzif: zoneFile(rule: rule), release: nil),
          from: utc(1995, 1, 1), to: utc(2060, 1, 1), step: 86_400)
      }
      comparison.finish("\(rules.count) rules")
    }
    expectAgreement(result)
  }

  // RFC 8536, 3.3.1, gives this rule for a whole year of daylight saving time; glibc 2.36 falls back to
  // standard time in the last hours of each year.
  @Test("hold daylight saving time all year where the rule says so")
  func allYear() throws {
    let zone = try ZoneOffsets(
      name: "x", tzif: zoneFile(rule: "EST5EDT,0/0,J365/25"), release: nil)
    for second in stride(from: utc(2023, 12, 30), to: utc(2025, 1, 3), by: 600) {
      #expect(zone.offset(at: Instant(seconds: second)).seconds == -4 * 3600)
    }
  }

  @Test(
    "with a damaged rule are refused",
    arguments: [
      "CE-1", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
      "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1",
      "CET-1CEST,366,1", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<+03-3",
      "<+0>-3", "CET-1:60", "CET--1", "999999999999999999999",
    ])
  func damagedRules(rule: String) throws {
    let error = #expect(throws: ZoneError.self) {
      try ZoneOffsets(name: "x", tzif: zoneFile(rule: rule), release: nil)
    }
    guard case .badRule? = error else {
      Issue.record("\(String(describing: error)) for \(rule)")
      return
    }
  }

  @Test("cut off anywhere are refused")
  func everyPrefix() throws {
    for name in ["Europe/Berlin", "Asia/Kathmandu", "UTC"] {
      let bytes = try zoneBytes(name)
      for length in 0..<bytes.count {
        #expect(throws: ZoneError.self, "\(name), \(length) bytes") {
          try ZoneOffsets(name: name, tzif: Array(bytes[..<length]), release: nil)
        }
      }
    }
  }

  // The generator is MINSTD, so that a failure comes again.
  @Test("with any bytes changed are read or refused, and never trap")
  func damagedBytes() throws {
    let bytes = try zoneBytes("America/Santiago")
    var seed: UInt64 = 1
    func random(_ bound: Int) -> Int {
      seed = seed * 48_271 % 2_147_483_647
      return Int(seed) % bound
    }
    var refused = 0
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0...random(4) {
        // Half of the hits go to the headers and the rule.
        let place =
          random(2) == 0
          ? random(bytes.count) : [random(44), bytes.count - 1 - random(40)][random(2)]
        damaged[place] = UInt8(random(256))
      }
      do throws(ZoneError) {
        let zone = try ZoneOffsets(name: "x", tzif: damaged, release: nil)
        for second in [Int64.min / 1_000_000_000, 0, utc(2024, 4, 7), Int64.max / 1_000_000_000] {
          _ = zone.local(Instant(seconds: second))
        }
      } catch {
        refused += 1
      }
    }
    print("zone files: 3000 damaged, \(refused) refused")
    #expect(refused > 0 && refused < 3000)
  }

  @Test("that count leap seconds are refused")
  func leapSeconds() throws {
    var bytes = zoneFile(rule: "UTC0")
    bytes[44 + 10 + 31] = 1  // The count of leap seconds in the second header.
    #expect(throws: ZoneError.leapSeconds) {
      try ZoneOffsets(name: "x", tzif: bytes, release: nil)
    }
  }

  @Test("of version 1 hold 32-bit times and no rule")
  func versionOne() throws {
    var bytes = Array("TZif\0".utf8) + [UInt8](repeating: 0, count: 15 + 12)
    bytes += [0, 0, 0, 1] + [0, 0, 0, 2] + [0, 0, 0, 8]
    bytes += [0xFF, 0xFF, 0xFF, 0xFF] + [1]
    bytes += [0, 0, 0x0E, 0x10, 0, 0] + [0, 0, 0x1C, 0x20, 1, 4] + Array("AAA\0BBB\0".utf8)
    let zone = try ZoneOffsets(name: "x", tzif: bytes, release: nil)
    let before = ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "AAA")
    let after = ZoneOffsets.Offset(seconds: 7200, isDaylight: true, abbreviation: "BBB")
    #expect(zone.offset(at: Instant(seconds: -2)) == before)
    #expect(zone.offset(at: Instant(seconds: -1)) == after)
  }
}
