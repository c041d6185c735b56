import Foundation

/// A certificate authority of the tests, and certificates of a server at `localhost`.
public struct Certificates: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Signed by the authority, for `localhost`.
    case right
    /// Signed by the authority, for another host.
    case wrongName
    /// Signed by the authority, and no longer valid.
    case expired
    /// Signed by nobody but itself.
    case selfSigned
  }

  private let folder: String

  /// The file of the authority that a client is told to trust.
  public var authority: String { folder + "/ca.crt" }

  public init() throws {
    folder = try Sandbox.folder("tls")
    try openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=tests -keyout ca.key -out ca.crt"
    )
    for kind in Kind.allCases {
      let host = kind == .wrongName ? "elsewhere.example" : "localhost"
      let name = kind.rawValue
      let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout \(name).key"
      let names = "-subj /CN=\(host) -addext subjectAltName=DNS:\(host)"
      switch kind {
      case .selfSigned: try openssl("req -x509 \(key) -days 2 \(names) -out \(name).crt")
      case .right, .wrongName, .expired:
        try openssl("req -new \(key) \(names) -out \(name).csr")
        let days = kind == .expired ? -1 : 2
        try openssl(
          "x509 -req -in \(name).csr -CA ca.crt -CAkey ca.key -CAcreateserial -copy_extensions copyall -days \(days) -out \(name).crt"
        )
      }
      for file in ["\(folder)/\(name).key", "\(folder)/\(name).crt"] { try Sandbox.handOver(file) }
    }
  }

  private func openssl(_ line: String) throws {
    try PostgresServer.runTool(
      ["/usr/bin/openssl"] + line.split(separator: " ").map(String.init), in: folder)
  }

  /// The lines of postgresql.conf with which a server shows a certificate.
  public func settings(_ kind: Kind) -> String {
    """

    ssl = on
    ssl_cert_file = '\(folder)/\(kind.rawValue).crt'
    ssl_key_file = '\(folder)/\(kind.rawValue).key'

    """
  }
}
