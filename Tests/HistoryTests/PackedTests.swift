import Testing

@testable import History

@Suite("Packed texts")
struct PackedTests {
  private let texts: [[UInt8]] = [
    Array(String(repeating: "{\"orders\" : 99.9}\n", count: 5_000).utf8), [], [0, 255],
  ]

  @Test("come back as they were, and are small")
  func comeBack() throws {
    let packed = try #require(Packed.pack(texts))
    #expect(packed.count < 1_000, "90,002 bytes of repetitions")
    #expect(try Packed.unpack(packed, count: 3) == texts)
    #expect(try Packed.unpack(try #require(Packed.pack([])), count: 0) == [])
  }

  @Test("are refused when they are cut, longer or another number")
  func areWhole() throws {
    let packed = try #require(Packed.pack(texts))
    for length in 0..<packed.count {
      #expect(throws: Packed.Malformed.self) {
        try Packed.unpack(Array(packed[..<length]), count: 3)
      }
    }
    #expect(throws: Packed.Malformed.self) { try Packed.unpack(packed + [0], count: 3) }
    for count in [0, 1, 2, 4] {
      #expect(throws: Packed.Malformed.self) { try Packed.unpack(packed, count: count) }
    }
  }

  @Test("with a flipped bit are refused, or the same")
  func flips() throws {
    let packed = try #require(Packed.pack(texts))
    var refused = 0
    for bit in 0..<packed.count * 8 {
      var flipped = packed
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      do throws(Packed.Malformed) {
        let found = try Packed.unpack(flipped, count: 3)
        #expect(found == texts, "bit \(bit)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > packed.count * 7)
  }

  // 4 MiB of zeros are 4 KB packed, a thousandth.
  @Test("that become longer than the limit are refused")
  func areLimited() throws {
    let zeros = [UInt8](repeating: 0, count: 4 << 20)
    let packed = try #require(Packed.pack([zeros]))
    #expect(packed.count < 5_000)
    #expect(try Packed.unpack(packed, count: 1, limit: zeros.count) == [zeros])
    #expect(throws: Packed.Malformed.self) {
      try Packed.unpack(packed, count: 1, limit: zeros.count - 1)
    }
  }
}
