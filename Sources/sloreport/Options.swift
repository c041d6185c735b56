import ArgumentParser
import Glibc
import Model

/// The options of every command that works from a configuration.
struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config = "sloreport.yaml"

  @Flag(name: .long, help: "Say nothing on success, so that cron mails only trouble.")
  var quiet = false
}

/// The instant of computation.
struct InstantOption: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "Compute as of this instant, such as 2026-10-19T06:00:00Z, instead of now.",
      valueName: "instant"))
  var asOf: String?

  /// The words for the years of which dates are read.
  static let years = "of the years \(Instant.years.lowerBound) to \(Instant.years.upperBound)"

  /// The time of the clock.
  static func now() throws -> Instant {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME, &now) == 0 else {
      throw Failure(.internalError, "the clock cannot be read")
    }
    return Instant(seconds: Int64(now.tv_sec)) + .nanoseconds(now.tv_nsec)
  }

  /// The instant, on whole minutes.
  func instant() throws -> Instant {
    guard let asOf else {
      return Instant(seconds: try InstantOption.now().seconds.dividedDown(by: 60) * 60)
    }
    guard let instant = Instant(iso: asOf) else {
      throw Failure(
        .usage,
        "--as-of \(asOf) is no instant \(InstantOption.years); write it like 2026-10-19T06:00:00Z")
    }
    return Instant(seconds: instant.seconds.dividedDown(by: 60) * 60)
  }
}
