import CPostgres
import Glibc
import Model

/// What a connection string says, and what we add to it.
///
/// Who answers must prove itself, unless the string, the environment or the service says otherwise or the server is on
/// this machine. No start options are sent, which a pooler would refuse.
struct ConnectionOptions {
  /// For libpq; the values may be secret.
  let pairs: [(keyword: String, value: Secret)]
  let place: DatabaseFault.Place
  /// A Unix socket, or an address of this machine.
  let isLocal: Bool
  /// The mode of TLS in effect.
  let mode: String
  /// A password file that others may read, and that is therefore not used.
  let unsafePasswordFile: String?

  /// - Throws: ``PostgresFault``: `library`, `connectionString`, `connectionOptions`.
  init(_ connection: Secret) throws(PostgresFault) {
    if let missing = slr_postgres_open() {
      throw PostgresFault(.library(String(cString: missing)))
    }
    let text = connection.revealed
    guard !ConnectionOptions.isMisread(text), let parsed = slr_pairs_parse(text) else {
      throw PostgresFault(.connectionString)
    }
    var pairs = ConnectionOptions.all(parsed)
    slr_pairs_free(parsed)
    let resolved = ConnectionOptions.withTexts(pairs) { slr_pairs_resolve($0, $1) }
    guard let resolved else { throw PostgresFault(.connectionOptions) }
    let merged = Dictionary(
      ConnectionOptions.all(resolved).map { ($0.keyword, $0.value.revealed) },
      uniquingKeysWith: { one, _ in one })
    slr_pairs_free(resolved)

    let hosts = ConnectionOptions.list(merged["host"])
    let addresses = ConnectionOptions.list(merged["hostaddr"])
    let ports = ConnectionOptions.list(merged["port"])
    guard ports.allSatisfy({ $0.allSatisfy(\.isNumber) }) else {
      throw PostgresFault(.connectionString)
    }
    isLocal = (addresses.isEmpty ? hosts : addresses).allSatisfy(ConnectionOptions.isLocal)
    place = DatabaseFault.Place(
      address: ConnectionOptions.address(hosts.isEmpty ? addresses : hosts, ports),
      role: merged["user"] ?? "", database: merged["dbname"] ?? "")

    func set(_ keyword: String, _ value: String) {
      pairs.removeAll { $0.keyword == keyword }
      pairs.append((keyword, Secret(value)))
    }
    set("fallback_application_name", "sloreport")
    set("client_encoding", "UTF8")
    // What libpq prefers by itself counts as not named.
    if merged["gssencmode"] ?? "prefer" == "prefer" { set("gssencmode", "disable") }
    let named = merged["sslmode"] ?? "prefer"
    mode = named == "prefer" && !isLocal ? "verify-full" : named
    if mode != named {
      set("sslmode", mode)
      if merged["sslrootcert"] == nil, !ConnectionOptions.exists(".postgresql/root.crt"),
        access(ConnectionOptions.authorities, R_OK) == 0
      {
        set("sslrootcert", ConnectionOptions.authorities)
      }
    }
    let file = merged["passfile"] ?? ConnectionOptions.inHome(".pgpass")
    let isUnsafe = file.map(ConnectionOptions.isReadByOthers) ?? false
    unsafePasswordFile = isUnsafe ? file : nil
    // libpq would not use it either, but would complain about it on standard error.
    if isUnsafe { set("passfile", "/dev/null/pgpass") }
    self.pairs = pairs
  }

  /// The system's collection of certificate authorities.
  private static let authorities = "/etc/ssl/certs/ca-certificates.crt"

  // MARK: Reading

  /// Whether a URL would be taken apart in the middle of its password, so that parts of it would pass for names.
  private static func isMisread(_ text: String) -> Bool {
    guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else { return false }
    let rest = text.utf8.drop { $0 != .slash }.dropFirst(2)
    let path = rest.prefix { $0 != UInt8(ascii: "?") }
    let authority = path.prefix { $0 != .slash }
    // An "@" that is meant as itself is written "%40" but for the one after the password.
    return path.filter { $0 == UInt8(ascii: "@") }.count > 1
      || path.dropFirst(authority.count).contains(UInt8(ascii: "@"))
  }

  private static func all(_ pairs: OpaquePointer) -> [(keyword: String, value: Secret)] {
    (0..<slr_pairs_count(pairs)).map { index in
      (
        String(cString: slr_pairs_keyword(pairs, index)),
        Secret(String(cString: slr_pairs_value(pairs, index)))
      )
    }
  }

  private static func list(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isLocal(_ host: String) -> Bool {
    if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") { return true }
    if host.lowercased() == "localhost" || host == "::1" { return true }
    return host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
  }

  private static func address(_ hosts: [String], _ ports: [String]) -> String {
    hosts.enumerated().map { number, host in
      let given = ports.count == 1 ? ports[0] : number < ports.count ? ports[number] : ""
      let port = given.isEmpty ? "5432" : given
      if host.hasPrefix("/") || host.hasPrefix("@") { return "\(host)/.s.PGSQL.\(port)" }
      return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }.joined(separator: ", ")
  }

  // MARK: Files

  private static func inHome(_ path: String) -> String? {
    var home = getenv("HOME").map { String(cString: $0) } ?? ""
    if home.isEmpty { home = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) } ?? "" }
    return home.isEmpty ? nil : "\(home)/\(path)"
  }

  private static func exists(_ path: String) -> Bool {
    inHome(path).map { access($0, F_OK) == 0 } ?? false
  }

  private static func isReadByOthers(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
      && facts.st_mode & (S_IRWXG | S_IRWXO) != 0
  }

  // MARK: For libpq

  /// Lends the pairs as two arrays of C that end in `NULL`.
  static func withTexts<Value>(
    _ pairs: [(keyword: String, value: Secret)],
    _ body: (
      _ keywords: UnsafePointer<UnsafePointer<CChar>?>,
      _ values: UnsafePointer<UnsafePointer<CChar>?>
    ) -> Value
  ) -> Value {
    withCTexts(pairs.map(\.keyword)) { keywords in
      withCTexts(pairs.map(\.value.revealed)) { values in body(keywords, values) }
    }
  }

  private static func withCTexts<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
  ) -> Value {
    let copies = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: texts.count + 1)
    for (index, text) in texts.enumerated() {
      (copies + index).initialize(to: UnsafePointer(strdup(text)))
    }
    (copies + texts.count).initialize(to: nil)
    defer {
      for index in texts.indices {
        guard let copy = copies[index] else { continue }
        explicit_bzero(UnsafeMutablePointer(mutating: copy), strlen(copy))
        free(UnsafeMutablePointer(mutating: copy))
      }
      copies.deallocate()
    }
    return body(copies)
  }
}
