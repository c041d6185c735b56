import TestSupport
import Testing

@testable import sloreport

@Suite("Arguments")
struct ArgumentsTests {
  @Test("the first word is the program, the others are for the command")
  func splitsTheWords() throws {
    let arguments = try Arguments(["/usr/bin/sloreport", "check", "--quiet"])
    #expect(arguments.program == "/usr/bin/sloreport")
    #expect(arguments.rest == ["check", "--quiet"])
  }

  @Test("an empty vector is an internal error, never a run without arguments")
  func needsAProgram() {
    let failure = #expect(throws: Failure.self) { try Arguments([]) }
    #expect(failure?.status == .internalError)
  }

  @Test("without a command the help goes to standard error, and the run is wrong usage")
  func needsACommand() throws {
    let workspace = try Workspace()
    for line in ["$PROGRAM", "$PROGRAM --"] {
      let outcome = try workspace.program.shell(line, in: workspace.folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("EXIT CODES:"))
      #expect(outcome.errors.hasSuffix("sloreport: a command is missing\n"), "\(outcome.errors)")
    }
    let help = try workspace.run("--help")
    #expect(help.status == 0 && help.errors == "" && help.output.contains("EXIT CODES:"))
  }

  @Test("commands are read where /proc is missing, as in a chroot")
  func needsNoProc() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 2))
    func inside(_ command: String) throws -> Program.Outcome {
      try workspace.program.shell(
        "unshare --user --map-root-user --mount sh -c 'mount -t tmpfs none /proc && \(command)'",
        in: workspace.folder)
    }
    // Without the mount nothing would be proved.
    #expect(try inside("ls /proc").output == "")
    // One order in eleven is bad where one in a hundred may be: the gate is closed.
    let check = try inside("$PROGRAM check --as-of \(Workspace.asOf)")
    #expect(check.status == 1, "\(check)")
    #expect(check.output.contains("CLOSED"))
    #expect(try inside("$PROGRAM --version").output == "sloreport 0.1.0\n")
    #expect(try inside("$PROGRAM nonsense").status == 64)
    #expect(try inside("$PROGRAM").status == 64)
    // The summary names the program as it was called.
    let weekly = try inside("$PROGRAM weekly --as-of \(Workspace.asOf)")
    #expect(weekly.output.contains("sloreport check"), "\(weekly)")
  }
}
