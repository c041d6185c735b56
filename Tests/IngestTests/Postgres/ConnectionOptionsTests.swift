import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A connection string")
struct ConnectionOptionsTests {
  func options(_ text: String) throws -> ConnectionOptions { try ConnectionOptions(Secret(text)) }

  func value(_ keyword: String, _ text: String) throws -> String? {
    try options(text).pairs.last { $0.keyword == keyword }?.value.revealed
  }

  @Test(
    "is verified unless it leads to this machine or says otherwise",
    arguments: [
      ("host=db.example", "verify-full"), ("postgresql://u@db.example:5433/app", "verify-full"),
      ("host=db.example sslmode=require", "require"),
      ("host=db.example sslmode=prefer", "verify-full"),
      ("host=db.example hostaddr=127.0.0.1", "prefer"), ("hostaddr=10.0.0.1", "verify-full"),
      ("host=/tmp", "prefer"), ("", "prefer"), ("host=localhost", "prefer"),
      ("host=127.1.2.3", "prefer"),
      ("host=::1", "prefer"), ("host=127.evil.example", "verify-full"),
      ("host=localhost,db.example", "verify-full"),
      ("host=localhost sslmode=verify-ca", "verify-ca"),
    ])
  func mode(text: String, mode: String) throws { #expect(try options(text).mode == mode) }

  @Test("brings what we add, and keeps what it names")
  func additions() throws {
    #expect(try value("fallback_application_name", "host=x") == "sloreport")
    #expect(try value("client_encoding", "host=x client_encoding=latin1") == "UTF8")
    #expect(try value("gssencmode", "host=x") == "disable")
    #expect(try value("gssencmode", "host=x gssencmode=require") == "require")
    #expect(try value("options", "host=x") == nil)
    #expect(try value("sslrootcert", "host=x sslrootcert=/a") == "/a")
    #expect(try value("sslrootcert", "host=/tmp") == nil)
    #expect(try value("password", "host=x password='a b'") == "a b")
    // The probe's own trick stays inside.
    #expect(try value("channel_binding", "host=x channel_binding=require") == "require")
  }

  @Test("tells where it leads, without its password")
  func place() throws {
    let place = try options("postgresql://me:s3cret@db.example:5433,[::1]:5434/app").place
    #expect(place.address == "db.example:5433, [::1]:5434")
    #expect(place.role == "me")
    #expect(place.database == "app")
    #expect(try options("host=/run/x user=a").place.address == "/run/x/.s.PGSQL.5432")
    #expect(try options("host=/run/x user=a").place.database == "a")
    #expect(!"\(try options("host=x password=s3cret"))".contains("s3cret"))
  }

  @Test(
    "that cannot be understood is not quoted",
    arguments: [
      "postgresql://u:p@ss@host/db", "postgresql://u:12/34@host/db", "postgresql://u:p/ss@host",
      "password=a b", "host=x password='a", "nonsense=1", "postgresql://u:%zz@host",
      "host=x port=se/cret",
      "s3cret",
    ])
  func malformed(text: String) {
    let fault = #expect(throws: PostgresFault.self) { try options(text) }
    #expect(fault?.reason == .connectionString)
  }

  @Test("may name a service that says the rest")
  func service() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      Array("[prod]\nhost=db.example\nport=6000\nuser=me\nsslmode=require\n".utf8), to: "service")
    setenv("PGSERVICEFILE", file, 1)
    defer { unsetenv("PGSERVICEFILE") }
    let found = try options("service=prod")
    #expect(found.place.address == "db.example:6000")
    #expect(found.mode == "require")
    let unknown = #expect(throws: PostgresFault.self) { try options("service=other") }
    #expect(unknown?.reason == .connectionOptions)
  }

  @Test(
    "with a password file that others may read does without it, and tells so when a password is missing"
  )
  func passwordFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array("*:*:*:*:x\n".utf8), to: "pgpass")
    chmod(file, 0o644)
    let unsafe = try options("host=x passfile=\(file)")
    #expect(unsafe.unsafePasswordFile == file)
    #expect(unsafe.pairs.last { $0.keyword == "passfile" }?.value.revealed == "/dev/null/pgpass")
    chmod(file, 0o600)
    #expect(try options("host=x passfile=\(file)").unsafePasswordFile == nil)
    let text = "connection to server at \"x\" failed: fe_sendauth: no password supplied\n"
    #expect(PostgresFault.meaning(of: text, passwordFile: file) == .unsafePasswordFile(file))
    #expect(PostgresFault.meaning(of: text, passwordFile: nil) == .noPassword)
  }
}
