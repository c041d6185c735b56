import TestSupport
import Testing

@testable import Ingest

@Suite("A checksum")
struct ChecksumTests {
  // The check value of CRC-32C for the digits 1 to 9.
  @Test("sums up as CRC-32C does, in any portions")
  func portions() {
    for cut in 0...9 {
      var sum = Checksum()
      let bytes = Array("123456789".utf8)
      Array(bytes[..<cut]).withUnsafeBytes { sum.add($0) }
      Array(bytes[cut...]).withUnsafeBytes { sum.add($0) }
      #expect(sum.value == 0xE306_9283)
    }
  }

  @Test("is that of the bytes one by one, whatever their number")
  func lanes() {
    var generator = SeededGenerator(seed: 2)
    let bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var expected: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      expected = CRC32C.of([byte], after: expected)
      if index % 97 == 0 || index > 19_990 {
        #expect(CRC32C.of(Array(bytes[...index])) == expected)
      }
    }
  }
}
