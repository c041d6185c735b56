import Testing

@testable import Ingest

@Suite("Numbers")
struct DecimalTests {
  func double(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return Decimal.double(bytes.span, 0..<bytes.count)
  }

  func nanoseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return Decimal(bytes.span, 0..<bytes.count)?.scaled(by: 9)
  }

  @Test(
    "are refused when they are spelled in another way",
    arguments: [
      "", "+", "-", ".", "e5", "1e", "1e+", "1_000", "0x10", "0x1p-3", "infin",
      "infinityy", "in", "-in", "+nan", "-NaN", "na", "nano", "\u{131}nf", "+", "1,5", "1 ", " 1",
      "1.2.3", "1e5.5", "--1", "1e999", "-1e400", "١",
    ])
  func refusesOthers(text: String) { #expect(double(text) == nil) }

  @Test("reads the named ones in any case")
  func readsNamed() {
    for text in ["NaN", "nan", "NAN", "nAn"] { #expect(double(text)?.isNaN == true) }
    for word in ["Inf", "inf", "INF", "iNf", "infinity", "Infinity", "INFINITY"] {
      #expect(double(word) == .infinity)
      #expect(double("+" + word) == .infinity)
      #expect(double("-" + word) == -.infinity)
    }
  }

  @Test(
    "are the nearest double, whatever their spelling",
    arguments: [
      ("1.", 1), (".5", 0.5), ("+2", 2), ("000000000000000000000000000001.2e-1", 0.12),
      ("9007199254740993", 9_007_199_254_740_992),
      ("9223372036854775808", 9_223_372_036_854_775_808),
      ("0.1", 0.1), ("1e22", 1e22), ("1e23", 1e23), ("1e-999999999999999999999", 0),
      ("0e999999999999", 0), ("4.9e-324", .leastNonzeroMagnitude),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("0.000000000000000000000000000000000001", 1e-36), ("10000000000000000000000000", 1e25),
    ])
  func nearest(text: String, value: Double) { #expect(double(text) == value) }

  // Each value's shortest and its long spelling must come back as the same 64 bits.
  @Test("come back bit by bit from 20,000 random spellings")
  func comeBack() {
    var state: UInt64 = 42
    var wrong = 0
    for round in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bits = round % 2 == 0 ? Double(bitPattern: state) : Double(state >> 12) / 1000
      guard bits.isFinite else { continue }
      if double("\(bits)")?.bitPattern != bits.bitPattern { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test("keeps the sign of zero")
  func keepsTheSignOfZero() { #expect(double("-0")?.sign == .minus) }

  @Test(
    "scale to nanoseconds exactly and clamp",
    arguments: [
      ("1795226173.123456789", 1_795_226_173_123_456_789), ("0.0000000019", 1),
      ("1.5e3", 1_500_000_000_000),
      ("-1.5", -1_500_000_000), ("9223372036.854775807", .max), ("9223372037", .max),
      ("-9e30", .min), ("1e-400", 0), ("0000001", 1_000_000_000),
    ])
  func scale(text: String, value: Int64) { #expect(nanoseconds(text) == value) }
}
