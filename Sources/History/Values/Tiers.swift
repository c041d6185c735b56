/// How long cells of each length are kept; days are kept for ever.
public struct Tiers: Hashable, Sendable {
  /// Cells of one minute.
  public let minute: Duration
  /// Cells of five minutes.
  public let fiveMinutes: Duration
  /// Cells of one local hour.
  public let hour: Duration

  public init(minute: Duration, fiveMinutes: Duration, hour: Duration) {
    self.minute = minute
    self.fiveMinutes = fiveMinutes
    self.hour = hour
  }

  /// One minute for 30 days, five minutes for 90, hours for 365.
  public static let standard = Tiers(
    minute: .seconds(30 * 86_400), fiveMinutes: .seconds(90 * 86_400),
    hour: .seconds(365 * 86_400))
}
