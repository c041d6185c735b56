import Model
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  // The examples of FIPS 180-4 ("abc", the empty text, two blocks) and `printf 'a%.0s' {1..1000000}`, by sha256sum.
  @Test(
    "is that of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func isStandard(text: String, hash: String) {
    #expect(SHA256(of: Array(text.utf8)).hex == hash)
  }

  // `head -c 55 /dev/zero | sha256sum`, likewise with 56 and 64: the last that fits into one block with its length, the
  // first that does not, and a whole block.
  @Test(
    "fills a message up to whole blocks",
    arguments: [
      (55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"),
      (56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
      (64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
    ])
  func pads(count: Int, hash: String) {
    #expect(SHA256(of: [UInt8](repeating: 0, count: count)).hex == hash)
  }

  @Test("is the same for any parts of a message")
  func takesParts() {
    let message = (0..<200).map { UInt8($0) }
    let whole = SHA256(of: message)
    for first in 0...200 {
      for second in stride(from: first, through: 200, by: 7) {
        var hasher = SHA256Hasher()
        for part in [message[..<first], message[first..<second], message[second...]] {
          part.withUnsafeBytes { hasher.update($0) }
        }
        #expect(hasher.finish() == whole, "\(first), \(second)")
      }
    }
  }

  @Test("is read as it is written, and nothing else is")
  func readsHex() {
    let hash = SHA256(of: [1])
    #expect(SHA256(hex: hash.hex) == hash)
    for text in ["", String(hash.hex.dropLast()), hash.hex + "0", hash.hex.uppercased()] {
      #expect(SHA256(hex: text) == nil, "\(text)")
    }
  }
}
