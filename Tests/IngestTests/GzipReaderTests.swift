import Testing

@testable import Ingest

@Suite("Gzip")
struct GzipReaderTests {
  func inflated(_ bytes: [UInt8], limits: GzipReader.Limits = .init(), portion: Int = .max) throws
    -> [UInt8]
  {
    let reader = GzipReader(MemoryStream(bytes, portion: portion), limits: limits)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1000, alignment: 16)
    defer { buffer.deallocate() }
    var result: [UInt8] = []
    while case let count = try reader.read(into: buffer), count > 0 { result += buffer[..<count] }
    return result
  }

  @Test("gives the members one after the other, in any portions")
  func members() throws {
    let folder = try Folder()
    let one = try folder.gzip(Array("first\n".utf8))
    let two = try folder.gzip([UInt8](repeating: 65, count: 5000))
    for portion in [1, 2, 10, 1000] {
      let result = try inflated(one + two, portion: portion)
      #expect(result == Array("first\n".utf8) + [UInt8](repeating: 65, count: 5000))
    }
  }

  @Test("names the byte of every cut as truncated, and of a flip as damage")
  func cuts() throws {
    let folder = try Folder()
    let original = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let whole = try folder.gzip(original)
    for length in 1..<whole.count {
      #expect(throws: Fault(.truncated, at: .init(byte: Int64(length)))) {
        _ = try inflated(Array(whole[..<length]))
      }
    }
    // Bytes 4 to 9 of the header are a time and hints, which carry no data.
    for place in whole.indices where place >= 10 {
      var damaged = whole
      damaged[place] ^= 0x10
      // The last byte of data has bits that nobody reads.
      let result = Result { try inflated(damaged) }
      if case .success(let content) = result { #expect(content == original) }
    }
    #expect(throws: Fault.self) { _ = try inflated(whole + [1, 2, 3]) }
  }

  // 5 MB of zeros are some 5 kB: 1,000 to 1.
  @Test("stops at a bomb, which unpacks to hundreds of times its size")
  func bombs() throws {
    let bomb = try Folder().gzip([UInt8](repeating: 0, count: 5_000_000))
    func reason(_ limits: GzipReader.Limits) -> IngestError.Reason? {
      do {
        _ = try inflated(bomb, limits: limits)
        return nil
      } catch {
        return (error as? Fault)?.reason
      }
    }
    #expect(reason(.init()) == nil)
    #expect(reason(.init(patience: 1_000_000)) == .compressedTooWell(limit: 500))
  }
}
