import Testing

@testable import Ingest

@Suite("A checksum")
struct ChecksumTests {
  // The check value of CRC-32C for the digits 1 to 9.
  @Test("sums up as CRC-32C does, in any portions")
  func checksum() {
    for cut in 0...9 {
      var sum = Checksum()
      let bytes = Array("123456789".utf8)
      Array(bytes[..<cut]).withUnsafeBytes { sum.add($0) }
      Array(bytes[cut...]).withUnsafeBytes { sum.add($0) }
      #expect(sum.value == 0xE306_9283)
    }
  }
}
