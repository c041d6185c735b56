import Foundation
import TestSupport
import Testing

@Suite("A folder that cannot be read")
struct UnreadableFolderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The source's `files`.
    let pattern: String
    /// Spoils what lies beside the good file `m/a/good.om`.
    let spoil: String
    /// The path that messages name.
    let named: String
    let reason: String

    init(
      _ description: String, _ pattern: String, _ spoil: String, _ named: String, _ reason: String
    ) {
      (testDescription, self.pattern, self.spoil) = (description, pattern, spoil)
      (self.named, self.reason) = (named, reason)
    }
  }

  private static let denied = "Permission denied"
  private static let circle = "Too many levels of symbolic links"
  private static let absent = "No such file or directory"

  /// `m/a/good.om` is read in each of them; what else there is, nobody knows.
  static let cases: [Case] = [
    Case("that a pattern goes through", "m/*/*.om", "mkdir m/b; chmod 000 m/b", "m/b", denied),
    Case(
      "whose files are not to be looked at", "m/*/good.om", "mkdir m/b; chmod 600 m/b",
      "m/b/good.om", denied),
    Case("in a folder", "m", "mkdir m/b; chmod 000 m/b", "m/b", denied),
    Case("deep in a folder", "m", "mkdir -p m/b/c; chmod 000 m/b/c", "m/b/c", denied),
    Case(
      "in a folder that cannot be searched", "m", "mkdir -p m/b/c; chmod 600 m/b", "m/b/c", denied),
    Case("beside blocks", "m", "mkdir -p m/wal m/b; chmod 000 m/b", "m/b", denied),
    Case("because its link leads in a circle", "m/*/*.om", "ln -s b m/b", "m/b", circle),
    Case("because its link leads nowhere", "m/*/*.om", "ln -s gone m/b", "m/b", absent),
    Case(
      "for a file whose link leads nowhere", "m/a/*.om", "ln -s gone m/a/b.om", "m/a/b.om", absent),
    Case("in a folder with a link that leads nowhere", "m", "ln -s gone m/b.om", "m/b.om", absent),
  ]

  private func run(_ command: String, in workspace: Workspace) throws -> Program.Outcome {
    // Root reads everything, unless it gives up the right to.
    let asUser =
      getuid() == 0
      ? "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all " : ""
    return try workspace.program.shell("\(asUser)$PROGRAM \(command)", in: workspace.folder)
  }

  @Test("is a failure of its source, not a shorter list", arguments: cases)
  func failure(example: Case) throws {
    let workspace = try Workspace(
      configuration: Workspace.configuration.replacing("snapshots/*.om", with: example.pattern))
    try workspace.write(Workspace.orders(), to: "m/a/good.om")
    _ = try workspace.program.shell(example.spoil, in: workspace.folder)
    defer { _ = try? workspace.program.shell("chmod -R u+rwX m", in: workspace.folder) }
    let collected = try run("collect --as-of \(Workspace.asOf)", in: workspace)
    #expect(collected.status == 66, "\(collected)")
    #expect(
      collected.errors.contains(
        "source metrics: \(example.named): cannot be read: \(example.reason)"), "\(collected)")
    #expect(collected.output.hasPrefix("1 file read"), "\(collected)")
    #expect(try run("check --as-of \(Workspace.asOf)", in: workspace).status == 3)
    let doctor = try run("doctor", in: workspace)
    if example.reason == UnreadableFolderTests.denied {
      #expect(doctor.status != 0 && doctor.output.contains(example.named), "\(doctor)")
    }
    _ = try workspace.program.shell(
      "chmod -R u+rwX m; rm -rf m/b m/b.om m/a/b.om", in: workspace.folder)
    #expect(try run("check --as-of \(Workspace.asOf)", in: workspace).status == 0)
  }

  @Test("is not one that is not there, is hidden, or is still being written")
  func absent() throws {
    for pattern in ["m/*/*.om", "m/[ab]/good.om", "m"] {
      let workspace = try Workspace(
        configuration: Workspace.configuration.replacing("snapshots/*.om", with: pattern))
      try workspace.write(Workspace.orders(), to: "m/a/good.om")
      try workspace.write("", to: "m/text.tmp")
      _ = try workspace.program.shell(
        "mkdir m/.hidden m/b; chmod 000 m/.hidden", in: workspace.folder)
      defer { _ = try? workspace.program.shell("chmod -R u+rwX m", in: workspace.folder) }
      let checked = try run("check --as-of \(Workspace.asOf)", in: workspace)
      #expect(checked.status == 0, "\(pattern) \(checked)")
    }
  }
}
