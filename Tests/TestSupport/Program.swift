public import Foundation

/// Runs the built program as a user or cron would: its own process, an empty environment.
public struct Program: Sendable {
  public struct Outcome: Sendable {
    /// The exit code, or minus the signal that ended it.
    public let status: Int32
    public let output: String
    public let errors: String

    public init(status: Int32, output: String, errors: String) {
      self.status = status
      self.output = output
      self.errors = errors
    }
  }

  private let name: String

  public init(_ name: String) { self.name = name }

  /// Where the products of this build lie.
  public static var products: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
  }

  /// Runs to the end and returns what came out.
  public func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try start(arguments, in: folder, environment: environment)
    return process.finish()
  }

  /// Runs a line of shell in which `$PROGRAM` is the program's path.
  public func shell(_ line: String, in folder: URL) throws -> Outcome {
    let environment = ["PROGRAM": path.path, "PATH": "/usr/bin:/bin"]
    return try Running(
      executable: URL(fileURLWithPath: "/bin/bash"), ["-c", line], folder, environment
    ).finish()
  }

  public func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Running {
    try Running(executable: path, arguments, folder, environment)
  }

  /// Of the build for release where the environment names its folder: that is what people run, and it is ten times as fast.
  private var path: URL {
    let folder = ProcessInfo.processInfo.environment["SLOREPORT_PROGRAMS"]
    return (folder.map { URL(fileURLWithPath: $0) } ?? Program.products)
      .appendingPathComponent(name)
  }
}

/// A program on its way.
public final class Running {
  private let process = Process()
  private let output: URL
  private let errors: URL

  init(executable: URL, _ arguments: [String], _ folder: URL, _ environment: [String: String])
    throws
  {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    output = base.appendingPathExtension("out")
    errors = base.appendingPathExtension("err")
    try Data().write(to: output)
    try Data().write(to: errors)
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { own, _ in own }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  public var identifier: Int32 { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }

  /// Waits for the end; a program that hangs is killed.
  public func finish() -> Program.Outcome {
    let identifier = identifier
    HangLimit.watch {
      process.waitUntilExit()
    } orElse: {
      kill(identifier, SIGKILL)
    }
    defer {
      try? FileManager.default.removeItem(at: output)
      try? FileManager.default.removeItem(at: errors)
    }
    func text(_ file: URL) -> String {
      String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }
    let died = process.terminationReason == .uncaughtSignal
    return Program.Outcome(
      status: died ? -process.terminationStatus : process.terminationStatus, output: text(output),
      errors: text(errors))
  }
}
