import ArgumentParser
import Definitions
import Glibc
import PackFiles

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a configuration to start from.",
    discussion: """
      EXAMPLES:
        sloreport init                        a small one to edit
        sloreport init --pack pricing-sync    five objectives of a scheduled job
      """)

  @Option(
    help: ArgumentHelp(
      "A ready-made set of objectives: \(PackFiles.names.joined(separator: ", ")).",
      valueName: "pack"))
  var pack: String?

  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: ArgumentHelp("The file to write.", valueName: "file"))
  var config = "sloreport.yaml"

  @Flag(name: .long, help: "Say nothing on success.")
  var quiet = false

  func run() throws {
    var content = PackFiles.starter
    if let pack {
      guard let found = PackFiles.pack(named: pack) else {
        let hint = Spelling.nearest(to: pack, among: PackFiles.names).map {
          "; did you mean \($0)?"
        }
        throw Failure(
          .usage,
          "no pack is named \(pack)\(hint ?? "; there are: \(PackFiles.names.joined(separator: ", "))")"
        )
      }
      content = found
    }
    let file = open(config, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard file >= 0 else {
      let reason = errno == EEXIST ? "it is there already, and stays as it is" : Files.words(errno)
      throw Failure(.cannotCreate, "\(config) cannot be written: \(reason)")
    }
    let written = Streams.write(String(decoding: content, as: UTF8.self), to: file)
    let code = errno
    guard written, fchmod(file, 0o640) == 0, close(file) == 0 else {
      unlink(config)
      throw Failure(.inputOutput, "\(config) cannot be written: \(Files.words(code))")
    }
    guard quiet || Streams.print("Wrote \(config). Next: sloreport validate\n") else {
      throw Failure(.inputOutput, "the result could not be printed")
    }
  }
}
