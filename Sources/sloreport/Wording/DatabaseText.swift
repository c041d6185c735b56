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
        "no thread to connect in; raise the limit of processes (`ulimit -u`, TasksMax)"
    case .library(let text): return "libpq is not usable: \(text); install the package libpq5"
    case .connectionString: return "invalid connection string under `postgres:`"
    case .connectionOptions:
      return "libpq refuses the options of the connection; does the service of `service=` exist?"
    case .refused: return "\(address) refuses the connection; is the server up?"
    case .noSocket: return "no socket \(address); is the server up?"
    case .unknownHost: return "unknown host of \(address)"
    case .noRoute: return "no route to \(address)"
    case .hung(let stage, let limit): return hung(stage, limit, address)
    case .encryption(let problem): return encryption(problem, address)
    case .lost: return "\(address) closed the connection"
    case .loginRefused(let code):
      return
        "\(address) refuses the login of role \(role) (\(code)); check its password in ~/.pgpass and the server's pg_hba.conf"
    case .noPassword:
      return "\(address) needs a password for role \(role); put it into ~/.pgpass, or use ${NAME}"
    case .unsafePasswordFile(let path):
      return "the password file \(path) is ignored because others may read it; `chmod 600` it"
    case .overloaded(let code, let until):
      let why =
        switch code {
        case "53300": "has no connection left for role \(role)"
        case "57P03": "is starting, or does not accept connections"
        default: "is overloaded"
        }
      return "\(address) \(why) (\(code)); rate limited until \(until.wholeSecond)"
    case .paused(let until):
      return
        "not tried because earlier runs failed; the next try is due at \(until.wholeSecond)"
    case .silent(let limit): return "no data from \(address) for \(length(limit)), cancelled"
    case .late(let limit): return "a try took longer than \(length(limit)), cancelled"
    case .outOfTime(let limit):
      return
        "the limit of \(length(limit)) for the source was reached; the next run continues from there, or raise `timeouts: { source: … }`"
    case .writableRole(let facts):
      return
        "refused: role \(role) could write (\(facts.map(fact).joined(separator: "; "))); use a role that can only read, or set `allow_writable_role: true`"
    case .statementTimeout(let limit):
      return
        "the statement took longer than \(length(limit)) (57014), even for one hour of time; aggregate more, add an index, or raise `timeouts: { read: … }`"
    case .locked: return "a table is locked by another session; gave up after 1 s"
    case .server(let code, let message): return server(code, message, place)
    case .unknownParameter(let name):
      return "unknown parameter \(name); use :from, :to and :step"
    case .notText: return "NUL byte in the query"
    case .missingColumns(let names, let found):
      return
        "missing column \(names.joined(separator: ", ")); the query has \(found.joined(separator: ", "))"
    case .repeatedColumn(let name): return "duplicate column \(name)"
    case .columnType(let column, let type):
      return "the column \(column) has an unsupported type (\(type)); cast it"
    case .timeWithoutZone(let column):
      return
        "the column \(column) has no time zone; cast it, such as \(column) AT TIME ZONE 'UTC'"
    case .labelTooLong(let column, let limit):
      return "label longer than \(limit) bytes in the column \(column)"
    case .tooManySeries(let limit):
      return
        "more than \(limit) combinations of labels; leave a column out or aggregate in the query"
    case .tooManyIncidents(let limit):
      return "more than \(limit) incidents; select only those from :from to :to"
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
    case .lookup: "the name lookup of \(address) took longer than \(length(limit))"
    case .connect: "no answer from \(address) within \(length(limit))"
    case .greeting: "no greeting from \(address) within \(length(limit))"
    case .login: "the login at \(address) did not finish within \(length(limit))"
    }
  }

  private static func encryption(_ problem: DatabaseFault.Encryption, _ address: String) -> String {
    switch problem {
    case .notOffered:
      "\(address) does not support TLS; `sslmode=disable` in the connection string turns it off"
    case .certificate:
      "the certificate of \(address) is expired, or not signed by a trusted authority; set the authority with `sslrootcert=`"
    case .hostName: "the certificate of \(address) is for another host"
    case .noAuthorities:
      "no file of trusted certificate authorities to verify \(address); set one with `sslrootcert=`"
    case .other: "no TLS connection to \(address)"
    }
  }

  private static func server(
    _ code: String, _ message: String?, _ place: DatabaseFault.Place?
  ) -> String {
    let said = message.map { ": \($0)" } ?? ""
    switch code {
    case "3D000": return "unknown database \(place?.database ?? "") (\(code))"
    case "42501":
      return
        "role \(place?.role ?? "") lacks a right (\(code))\(said); GRANT SELECT on it, and USAGE on its schema"
    case "42601", "0A000", "25006":
      return "not one valid SELECT (\(code))\(said)"
    case "42P01", "42703", "42883", "3F000", "42P02":
      return "the query does not fit the database (\(code))\(said)"
    default:
      switch code.prefix(2) {
      case "22": return "the query failed on the data (\(code))"
      case "40": return "the server cancelled because of a conflict (\(code))"
      case "57": return "the server ended the connection (\(code))"
      case "53": return "the server is out of resources (\(code))"
      default: return "the server reported \(code)\(said)"
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

  /// For the report: what was accepted.
  static func note(_ note: SourceNote) -> String {
    switch note {
    case .writableRole(let facts):
      "its role could write (\(facts.map(fact).joined(separator: "; "))), as the configuration allows"
    case .unverified(let mode):
      "the server's identity was not verified (sslmode=\(mode))"
    }
  }
}

extension Instant {
  /// Rounded up, for people.
  var wholeSecond: Instant { Instant(seconds: (self + .nanoseconds(999_999_999)).seconds) }
}
