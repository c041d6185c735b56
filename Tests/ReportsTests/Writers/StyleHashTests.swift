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
}
