import Foundation
import TestSupport
import Testing

@Suite("Encryption of the connection")
struct PostgresEncryptionTests {
  /// What the server shows, what the client asks for, and what comes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let certificate: Certificates.Kind?
    let parameters: String
    let passes: Bool
    let says: [String]

    var testDescription: String { "\(certificate?.rawValue ?? "none"): \(parameters)" }
  }

  static let cases = [
    Case(
      certificate: .right, parameters: "sslmode=verify-full sslrootcert=CA", passes: true, says: []),
    Case(
      certificate: .right, parameters: "sslmode=verify-full", passes: false, says: ["sslrootcert"]),
    Case(
      certificate: .right, parameters: "sslmode=verify-full sslrootcert=/nonexistent/ca.crt",
      passes: false,
      says: ["sslrootcert"]),
    Case(
      certificate: .wrongName, parameters: "sslmode=verify-full sslrootcert=CA", passes: false,
      says: ["certificate", "localhost"]),
    Case(
      certificate: .wrongName, parameters: "sslmode=verify-ca sslrootcert=CA", passes: true,
      says: []),
    Case(
      certificate: .expired, parameters: "sslmode=verify-full sslrootcert=CA", passes: false,
      says: ["certificate"]),
    Case(
      certificate: .selfSigned, parameters: "sslmode=verify-full sslrootcert=CA", passes: false,
      says: ["certificate"]),
    Case(certificate: .selfSigned, parameters: "sslmode=require", passes: true, says: []),
    Case(
      certificate: nil, parameters: "sslmode=verify-full sslrootcert=CA", passes: false,
      says: ["TLS"]),
    Case(certificate: nil, parameters: "sslmode=require", passes: false, says: ["TLS"]),
    Case(certificate: nil, parameters: "", passes: true, says: []),
  ]

  @Test("which check failed is said, and there is no way round it (A27)")
  func checksHold() async throws {
    try await onThread {
      let certificates = try Certificates()
      let kinds: [Certificates.Kind?] = Certificates.Kind.allCases + [nil]
      let wrong = try concurrently(kinds) { kind -> [String] in
        let server = try PostgresServer()
        if let kind {
          try server.append(certificates.settings(kind), to: "postgresql.conf")
          try server.stop()
          try server.start()
        }
        var wrong: [String] = []
        for example in PostgresEncryptionTests.cases where example.certificate == kind {
          var scene = try PostgresScene(on: server, hasHistory: true)
          scene.host = "localhost"
          scene.parameters = example.parameters.replacingOccurrences(
            of: "CA", with: certificates.authority)
          let trio = try scene.trio()
          let codes = example.passes ? [0, 0, 0] : PostgresFault.unreachable
          let said = trio.all.allSatisfy { outcome in
            example.says.allSatisfy(outcome.told.contains)
          }
          if trio.codes != codes || !said {
            wrong.append("\(example.testDescription): \(trio.all)")
          }
        }
        try server.stop()
        return wrong
      }.flatMap { $0 }
      #expect(wrong == [])
    }
  }

  /// 127.0.0.1, written as nobody would write an address of this machine.
  private static let elsewhere = "2130706433"

  @Test("weaker encryption than the usual is told in the report")
  func weaknessIsTold() async throws {
    try await onThread {
      let certificates = try Certificates()
      let server = try PostgresServer()
      try server.append(certificates.settings(.selfSigned), to: "postgresql.conf")
      try server.stop()
      try server.start()
      var scene = try PostgresScene(on: server, hasHistory: true)
      scene.host = PostgresEncryptionTests.elsewhere
      scene.parameters = "sslmode=require"
      #expect(try scene.run("weekly").status == 0)
      #expect(try scene.read("reports/2026-W42/weekly.html").contains("sslmode=require"))
      try server.stop()
    }
  }

  @Test("without a word about encryption, a host elsewhere must prove who it is")
  func verifiesByDefault() async throws {
    try await onThread {
      let server = try PostgresServer()
      var scene = try PostgresScene(on: server, hasHistory: true)
      scene.host = PostgresEncryptionTests.elsewhere
      let trio = try scene.trio()
      #expect(trio.codes == PostgresFault.unreachable, "\(trio.all)")
      for outcome in trio.all { #expect(outcome.told.contains("TLS"), "\(outcome)") }
      try server.stop()
    }
  }
}
