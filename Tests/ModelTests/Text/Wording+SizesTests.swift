import Model
import Testing

@Suite("Words for sizes")
struct WordingSizesTests {
  // 500 GiB are 536 870 912 000 bytes; 1023.95 MiB would be printed as 1024.
  @Test(
    "have three digits and a unit of 1024",
    arguments: [
      (0, "0 B"), (512, "512 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"),
      (536_870_912_000, "500 GiB"), (91_602_000_000, "85.3 GiB"), (1_073_700_000, "1 GiB"),
      (1.5e18, "1.3 EiB"), (-2048, "-2048 B"),
    ] as [(Double, String)])
  func sizes(bytes: Double, text: String) {
    #expect(Wording.plain(Wording.size(bytes)) == text)
  }

  @Test(
    "are of their unit",
    arguments: [
      (85.25, "percent", "85.3 %"), (12_345, "connections", "12 345 connections"),
      (0.123, nil, "0.12"), (1536, "bytes", "1.5 KiB"), (.infinity, nil, "–"),
    ] as [(Double, String?, String)])
  func quantities(value: Double, unit: String?, text: String) {
    #expect(Wording.plain(Wording.quantity(value, unit: unit)) == text)
  }

  @Test("ranges name a common unit once")
  func ranges() {
    let gib = 1_073_741_824.0
    #expect(Wording.plain(Wording.quantities(461 * gib, 467 * gib, unit: "bytes")) == "461–467 GiB")
    #expect(
      Wording.plain(Wording.quantities(gib / 2, 1.2 * gib, unit: "bytes")) == "512 MiB–1.2 GiB")
    #expect(Wording.plain(Wording.quantities(0, 649, unit: "requests")) == "0–649 requests")
    #expect(Wording.plain(Wording.quantities(1, 2, unit: "percent")) == "1–2 %")
    #expect(Wording.plain(Wording.quantities(10_000, 20_000, unit: nil)) == "10 000–20 000")
  }

  @Test("values up to 500 GiB are drawn in GiB, other units as they are")
  func scales() {
    #expect(Wording.scale(for: 500 * 1_073_741_824, unit: "bytes") == (1_073_741_824, "GiB"))
    #expect(Wording.scale(for: 0, unit: "bytes") == (1, "B"))
    #expect(Wording.scale(for: 90, unit: "percent") == (1, "%"))
    #expect(Wording.scale(for: 90, unit: "runs") == (1, "runs"))
    #expect(Wording.scale(for: 90, unit: nil) == (1, ""))
  }
}
