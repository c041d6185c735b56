import Ingest
import Model

/// Words for a database that could not be read.
enum DatabaseText {
  /// "db.example:5432 refuses the connection (5 tries in 15 s)".
  static func reason(_ fault: DatabaseFault) -> String {
    let words = words(fault.reason, fault.place)
    guard fault.tries > 1 else { return words }
    let elapsed = Wording.plain(Wording.duration(fault.elapsed))
    return "\(words) (\(fault.tries) tries in \(elapsed))"
  }

  private static func words(_ reason: DatabaseFault.Reason, _ place: DatabaseFault.Place?)
    -> String
  {
    let address = place?.address ?? "the server"
    let role = place?.role ?? "?"
    switch reason {
    case .noThread:
      return
        "the system gives no thread to connect in: raise the limit of processes (`ulimit -u`, TasksMax)"
    case .library(let text): return "libpq cannot be used: \(text); install the package libpq5"
    case .connectionString: return "the connection string under `postgres:` cannot be read"
    case .connectionOptions:
      return "libpq refuses the connection's options; does the service of `service=` exist?"
    case .refused: return "\(address) refuses the connection; is the server up?"
    case .noSocket: return "there is no socket \(address); is the server up?"
    case .unknownHost: return "the host of \(address) is not known"
    case .noRoute: return "there is no way to \(address)"
    case .hung(let stage, let limit): return hung(stage, limit, address)
    case .encryption(let problem): return encryption(problem, address)
    case .lost: return "\(address) cut the connection"
    case .loginRefused(let code):
      return
        "\(address) refuses the login of role \(role) (\(code)); check its password in ~/.pgpass and the server's pg_hba.conf"
    case .noPassword:
      return "\(address) wants a password for role \(role); put it into ~/.pgpass, or use ${NAME}"
    case .unsafePasswordFile(let path):
      return "others may read the password file \(path), so it is not used: chmod 600 it"
    case .overloaded(let code, let until):
      let why =
        switch code {
        case "53300": "has no connection left for role \(role)"
        case "57P03": "is starting, or does not take connections"
        default: "asks for less"
        }
      return "\(address) \(why) (\(code)); rate limited until \(until.wholeSecond)"
    case .paused(let until):
      return
        "not asked after the failures of earlier runs; the next try is due at \(until.wholeSecond)"
    case .silent(let limit): return "no data for \(length(limit)) from \(address), cancelled"
    case .late(let limit): return "a try took longer than \(length(limit)) in all, cancelled"
    case .outOfTime(let limit):
      return
        "the source's \(length(limit)) are used up; what was read is kept, the next run goes on from there (`timeouts: { source: … }` raises the limit)"
    case .writableRole(let facts):
      return
        "refused: role \(role) could write (\(facts.map(fact).joined(separator: "; "))); use a role that can only read, or say `allow_writable_role: true`"
    case .statementTimeout(let limit):
      return
        "the statement took longer than \(length(limit)) (57014), for an hour of time too; aggregate more, add an index, or raise `timeouts: { read: … }`"
    case .locked: return "a table is locked by somebody else; gave up after 1 s"
    case .server(let code, let message): return server(code, message, place)
    case .unknownParameter(let name):
      return "\(name) is no parameter; there are :from, :to and :step"
    case .notText: return "the query holds a NUL byte"
    case .missingColumns(let names, let found):
      return
        "the query gives no column \(names.joined(separator: ", ")); it gives \(found.joined(separator: ", "))"
    case .repeatedColumn(let name): return "the query gives the column \(name) twice"
    case .columnType(let column, let type):
      return "the column \(column) has a type (\(type)) that is not read here; cast it"
    case .timeWithoutZone(let column):
      return
        "the column \(column) has no time zone; cast it: \(column) AT TIME ZONE 'UTC', or whichever it is"
    case .labelTooLong(let column, let limit):
      return "a label of the column \(column) is longer than \(limit) bytes"
    case .tooManySeries(let limit):
      return
        "more than \(limit) combinations of labels; leave a column out or aggregate in the query"
    case .tooManyIncidents(let limit):
      return "more than \(limit) incidents; select those that :from and :to ask for"
    case .tooManyCells(let limit):
      return "more than \(limit) minutes of series in an hour; aggregate in the query"
    }
  }

  private static func length(_ length: Duration) -> String {
    Wording.plain(Wording.latency(Double(length.nanoseconds) / 1e9))
  }

  private static func hung(
    _ stage: DatabaseFault.Stage, _ limit: Duration, _ address: String
  ) -> String {
    switch stage {
    case .lookup: "the name lookup of \(address) exceeded \(length(limit))"
    case .connect: "no answer from \(address) in \(length(limit))"
    case .greeting: "no greeting from \(address) in \(length(limit))"
    case .login: "no end of the login at \(address) in \(length(limit))"
    }
  }

  private static func encryption(_ problem: DatabaseFault.Encryption, _ address: String) -> String {
    switch problem {
    case .notOffered:
      "\(address) does not speak TLS; `sslmode=disable` in the connection string does without"
    case .certificate:
      "the certificate of \(address) was not signed by an authority that is trusted here, or is out of date; name the authority with `sslrootcert=`"
    case .hostName: "the certificate of \(address) is one for another host"
    case .noAuthorities:
      "there is no file of trusted authorities to verify \(address) with; name one with `sslrootcert=`"
    case .other: "no TLS connection to \(address)"
    }
  }

  private static func server(
    _ code: String, _ message: String?, _ place: DatabaseFault.Place?
  ) -> String {
    let said = message.map { ": \($0)" } ?? ""
    switch code {
    case "3D000": return "there is no database \(place?.database ?? "") (\(code))"
    case "42501":
      return
        "role \(place?.role ?? "") lacks a right (\(code))\(said); GRANT SELECT on it, and USAGE on its schema"
    case "42601", "0A000", "25006":
      return "only one SELECT is allowed, and it must be sound (\(code))\(said)"
    case "42P01", "42703", "42883", "3F000", "42P02":
      return "the query does not fit the database (\(code))\(said)"
    default:
      switch code.prefix(2) {
      case "22": return "the query fails on the data (\(code))"
      case "40": return "the server gave up for a conflict (\(code))"
      case "57": return "the server stopped the connection (\(code))"
      case "53": return "the server lacks something it needs (\(code))"
      default: return "the server says \(code)\(said)"
      }
    }
  }

  private static func fact(_ fact: RoleFact) -> String {
    switch fact {
    case .attribute(let name, let role): "\(role) is \(name)"
    case .member(let role): "it is a member of \(role)"
    case .writes(let table): "it may change \(table)"
    case .executes(let function, let grantee):
      "it may execute \(function) with the rights of its owner, who may write: "
        + "REVOKE EXECUTE ON ROUTINE \(function) FROM \(grantee)"
    case .creates(let schema): "it may create in the schema \(schema)"
    case .createsSchemas(let database): "it may create schemas in \(database)"
    }
  }

  /// For the report: what was put up with.
  static func note(_ note: SourceNote) -> String {
    switch note {
    case .writableRole(let facts):
      "its role could write (\(facts.map(fact).joined(separator: "; "))), which the configuration allows"
    case .unverified(let mode):
      "who answers was not verified (sslmode=\(mode))"
    }
  }
}

extension Instant {
  /// Rounded up, for people.
  var wholeSecond: Instant { Instant(seconds: (self + .nanoseconds(999_999_999)).seconds) }
}
