import Testing

@testable import Reports

@Suite("Hashes of style sheets")
struct StyleHashTests {
  // The examples of FIPS 180-4 ("abc", the empty text, two blocks), by `printf abc | sha256sum | xxd -r -p | base64`.
  @Test(
    "style hashes are SHA-256",
    arguments: [
      ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
      ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
      ),
    ])
  func hashesStyle(text: String, hash: String) { #expect(StyleHash.base64(text) == hash) }

  // `head -c 55 /dev/zero | sha256sum`, likewise with 56 and 64: the last that fits into one block with its length, the
  // first that does not, and a whole block.
  @Test(
    "a message fills up to whole blocks",
    arguments: [
      (55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"),
      (56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
      (64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
    ])
  func pads(count: Int, hash: String) {
    let digest = StyleHash.sha256([UInt8](repeating: 0, count: count))
    #expect(digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == hash)
  }
}
