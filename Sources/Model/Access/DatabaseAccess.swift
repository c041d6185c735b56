/// How to reach a database with the protocol of Postgres, and what it is allowed.
public struct DatabaseAccess: Hashable, Sendable {
  /// A libpq connection string, as key and value pairs or as a URL.
  public let connection: Secret
  /// The schema that names without one are looked up in.
  public let schema: String
  /// Whether a role that could write is accepted.
  public let allowsWritableRole: Bool
  public let limits: Limits

  /// How long things may take.
  public struct Limits: Hashable, Sendable {
    /// Name lookup, connection, encryption and login together.
    public let connect: Duration
    /// The wait for an answer, or for more of it.
    public let read: Duration
    /// A try as a whole.
    public let total: Duration
    /// All that a run asks of the source.
    public let source: Duration

    public static let standard = Limits(
      connect: .seconds(5), read: .seconds(10), total: .seconds(30), source: .seconds(120))

    public init(connect: Duration, read: Duration, total: Duration, source: Duration) {
      self.connect = connect
      self.read = read
      self.total = total
      self.source = source
    }
  }

  public init(
    connection: Secret, schema: String = "public", allowsWritableRole: Bool = false,
    limits: Limits = .standard
  ) {
    self.connection = connection
    self.schema = schema
    self.allowsWritableRole = allowsWritableRole
    self.limits = limits
  }
}
