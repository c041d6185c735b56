import Model

/// SHA-256 of a style sheet in base64, as a content security policy names it.
enum StyleHash {
  static func base64(_ text: String) -> String {
    let digest = SHA256(of: Array(text.utf8)).bytes
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: digest.count, by: 3) {
      let group = Array(digest[start..<min(start + 3, digest.count)])
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        result.append(
          position <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 63)] : "=")
      }
    }
    return result
  }
}
