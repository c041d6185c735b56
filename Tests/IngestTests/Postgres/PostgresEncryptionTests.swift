import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Encryption to Postgres")
struct PostgresEncryptionTests {
  @Test("names the check that failed, and does not fall back to none")
  func certificates() throws {
    let certificates = try Certificates()
    let server = try PostgresServer(certificates.settings(.right))
    let database = try TestDatabase(server)
    let moment = order("SELECT :from AS at", .moments)
    let verify = "sslmode=verify-full sslrootcert=\(certificates.authority)"
    func access(_ extra: String) -> DatabaseAccess {
      database.access(host: "localhost", extra: extra)
    }
    func reason(_ extra: String) throws -> DatabaseFault.Reason? {
      let pulled = try PulledRows([moment], access(extra))
      #expect(pulled.batches.isEmpty)
      #expect(pulled.fault?.tries == 1)
      return pulled.fault?.reason
    }
    let found = try PostgresSource(name: "w", access: access(verify)).describe([])
    #expect(found.isEncrypted && found.isVerified && found.mode == "verify-full")
    #expect(
      try reason("sslmode=verify-full sslrootcert=/nowhere/ca.crt") == .encryption(.noAuthorities))
    #expect(
      try reason("sslmode=verify-full sslrootcert=/etc/ssl/certs/ca-certificates.crt")
        == .encryption(.certificate))
    for (kind, expected) in [
      (Certificates.Kind.wrongName, DatabaseFault.Encryption.hostName), (.expired, .certificate),
      (.selfSigned, .certificate),
    ] {
      try server.append(certificates.settings(kind), to: "postgresql.conf")
      server.reload()
      // The postmaster takes the new certificate a moment later.
      var seen: DatabaseFault.Reason?
      for _ in 0..<1_000 where seen != .encryption(expected) {
        let pulled = try PulledRows([moment], access(verify))
        seen = pulled.fault?.reason
        usleep(20_000)
      }
      #expect(seen == .encryption(expected), "\(kind)")
    }
    try server.stop()
  }
}
