import Testing

@testable import Ingest

@Suite("Time stamps")
struct TimestampTests {
  func read(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return Timestamp.read(bytes.span, 0..<bytes.count)
  }

  // 2026-10-18 is day 20744 after 1970-01-01; 20744 * 86400 + 6 * 3600 = 1792303200.
  @Test(
    "of one moment read as one",
    arguments: [
      "2026-10-18T06:00:00Z", "2026-10-18 06:00:00Z", "2026-10-18T06:00Z",
      "2026-10-18T08:00:00+02:00",
      "2026-10-18T08:00:00+0200", "2026-10-18 08:00:00+02", "2026-10-17T23:30:00.000-06:30",
      "1792303200",
      "1792303200.0", "1.7923032e9",
    ])
  func oneMoment(text: String) { #expect(read(text) == 1_792_303_200_000_000_000) }

  @Test("keep nine places")
  func keepNinePlaces() {
    #expect(read("2026-10-18T06:00:00.1234567899Z") == 1_792_303_200_123_456_789)
  }

  @Test(
    "are refused without a zone, a real date or a real clock",
    arguments: [
      "2026-10-18T06:00:00", "2026-10-18", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-10-18T24:00:00Z", "2026-10-18T06:60:00Z", "2026-10-18T06:00:00.Z",
      "2026-10-18T06:00:00Zx",
      "18.10.2026 06:00", "", "Z", "2026-10-18T06:00:00+", "2026-10-18T06:00:00+25:00",
    ])
  func refuse(text: String) { #expect(read(text) == nil) }

  @Test("far away are clamped, not wrapped")
  func clamped() {
    #expect(read("9999-12-31T23:59:59.999999999Z") == .max)
    #expect(read("0001-01-01T00:00:00Z") == .min)
  }

  @Test(
    "stand in a file's name before its endings",
    arguments: [
      ("metrics-20261018T060000Z.prom", 1_792_303_200_000_000_000),
      ("a/b-20261018T060000Z.om.gz", 1_792_303_200_000_000_000),
      ("20261018T060000Z", 1_792_303_200_000_000_000), ("metrics.prom", nil),
      ("x-20261318T060000Z.prom", nil),
      ("x-20261018T060000.prom", nil), ("20261018T060000Z/x.prom", nil), ("", nil),
    ] as [(String, Int64?)])
  func inNames(path: String, time: Int64?) { #expect(Timestamp.ofFile(path) == time) }
}
