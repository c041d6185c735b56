/// What a database says about itself and about the queries to run.
public struct DatabaseDescription: Hashable, Sendable {
  /// As the server spells it: "15.8 (Debian 15.8-0+deb12u1)".
  public let version: String
  public let place: DatabaseFault.Place
  public let isEncrypted: Bool
  /// On this machine, where nobody needs to prove who he is.
  public let isLocal: Bool
  /// Who answered has proved itself, or is on this machine.
  public let isVerified: Bool
  /// The mode of TLS in effect, as libpq names it.
  public let mode: String
  public let notes: [SourceNote]
  /// For each query, in order, what is wrong with it.
  public let faults: [IngestError?]
}
