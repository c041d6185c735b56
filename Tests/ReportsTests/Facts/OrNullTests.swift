import Foundation
import Testing

@testable import Reports

@Suite("A value or null")
struct OrNullTests {
  private struct Pair: Codable, Equatable {
    @OrNull var one: Int?
    @OrNull var other: Int?
  }

  @Test("is in JSON under its key either way, and read back")
  func both() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let pair = Pair(one: 1, other: nil)
    let data = try encoder.encode(pair)
    #expect(String(decoding: data, as: UTF8.self) == "{\"one\":1,\"other\":null}")
    #expect(try JSONDecoder().decode(Pair.self, from: data) == pair)
  }
}
