public import Model

/// Why a database could not be read: facts without prose.
///
/// Never the connection string, and of the server's words only those that name things.
public struct DatabaseFault: Error, Hashable, Sendable {
  /// Where, and as whom.
  public struct Place: Hashable, Sendable {
    /// `db.example:5432`, a socket's path; of several hosts all.
    public let address: String
    public let role: String
    public let database: String
  }

  /// How far a connection came.
  public enum Stage: Hashable, Sendable {
    case lookup, connect, greeting, login
  }

  public enum Encryption: Hashable, Sendable {
    /// The server does not support TLS.
    case notOffered
    /// Signed by nobody we know, expired or revoked.
    case certificate
    case hostName
    /// The file of the authorities we trust is missing.
    case noAuthorities
    case other
  }

  /// Unknown before the connection string was understood.
  public let place: Place?
  public let reason: Reason
  public let tries: Int
  /// From the first try on.
  public let elapsed: Duration

  public enum Reason: Hashable, Sendable {
    /// libpq is missing or too old: what the system says.
    case library(String)
    /// The system gives no further thread to connect in.
    case noThread
    /// Not a connection string; its text is not shown, because it may be a password.
    case connectionString
    /// A service that no file defines, or options that libpq refuses together.
    case connectionOptions

    case refused
    /// No socket at the path.
    case noSocket
    case unknownHost
    /// No way to the host, or no right to the socket.
    case noRoute
    case hung(Stage, limit: Duration)
    case encryption(Encryption)
    /// The line was cut.
    case lost
    case loginRefused(code: String)
    case noPassword
    /// Others may read the password file, so that it was not used.
    case unsafePasswordFile(String)
    /// The server asked for less: too many connections, or it is starting. Nothing is asked before then.
    case overloaded(code: String, notBefore: Instant)
    /// After failures of earlier runs nothing was asked.
    case paused(until: Instant)

    /// Not a byte for so long.
    case silent(limit: Duration)
    /// A try as a whole took too long.
    case late(limit: Duration)
    /// All that was asked of the source took too long.
    case outOfTime(limit: Duration)

    /// The role could write, or could become one that can.
    case writableRole([RoleFact])

    /// The server's own limit for a statement.
    case statementTimeout(limit: Duration)
    /// Somebody else has locked what the query needs.
    case locked
    /// Whatever else the server says: its SQLSTATE, and its words where they can only name things.
    case server(code: String, message: String?)

    /// `:name` is none of our parameters.
    case unknownParameter(String)
    /// The query's text holds a NUL.
    case notText
    case missingColumns([String], found: [String])
    case repeatedColumn(String)
    /// A column whose type, by its number, is not read as what it should be.
    case columnType(column: String, type: UInt32)
    /// A `timestamp` or a `date`, which is a time nowhere.
    case timeWithoutZone(column: String)
    case labelTooLong(column: String, limit: Int)
    case tooManySeries(limit: Int)
    case tooManyCells(limit: Int)
    case tooManyIncidents(limit: Int)
  }
}

/// What a role could do that a reader must not.
public enum RoleFact: Hashable, Sendable {
  /// `SUPERUSER`, `CREATEDB`, `CREATEROLE`, `REPLICATION` or `BYPASSRLS`, of the role or of one it can become.
  case attribute(String, role: String)
  /// A role of the server that may write or run programs.
  case member(of: String)
  case writes(table: String)
  /// A function that runs with the rights of an owner who may write, and to whom its execution is granted.
  case executes(function: String, grantee: String)
  case creates(inSchema: String)
  case createsSchemas(inDatabase: String)
}

/// What was accepted, for the report to say.
public enum SourceNote: Hashable, Sendable {
  /// The role could write, and the configuration allows it.
  case writableRole([RoleFact])
  /// Who answered was not verified: the mode of TLS that was asked for.
  case unverified(mode: String)
}

extension DatabaseFault.Reason {
  /// What the exit code says.
  var kind: IngestError.Kind {
    switch self {
    case .library, .noThread, .refused, .noSocket, .unknownHost, .noRoute, .hung, .encryption,
      .lost,
      .overloaded, .paused, .silent, .late, .outOfTime, .statementTimeout, .locked:
      .unreachable
    case .loginRefused, .noPassword, .unsafePasswordFile, .writableRole: .unsafe
    case .connectionString, .connectionOptions, .unknownParameter, .notText, .missingColumns,
      .repeatedColumn, .columnType, .timeWithoutZone, .labelTooLong, .tooManySeries, .tooManyCells,
      .tooManyIncidents:
      .configuration
    case .server(let code, _):
      // Syntax, names, rights; data; the statement as such. The rest is the server's own trouble.
      ["42", "3D", "3F", "22", "25", "0A", "21", "P0", "XX"].contains(code.prefix(2))
        ? .configuration : .unreachable
    }
  }
}
