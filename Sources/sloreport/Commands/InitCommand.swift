import ArgumentParser
import Definitions
import Glibc
import Model
import PackFiles

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a configuration to start from.",
    discussion: """
      EXAMPLES:
        sloreport init                        a small one to edit
        sloreport init --pack pricing-sync    five objectives of a job, from files
        sloreport init --pack price-jobs      five of many jobs, from Postgres
      """)

  @Option(
    help: ArgumentHelp(
      "A ready-made set of objectives: \(PackFiles.names.joined(separator: ", ")).",
      valueName: "pack"))
  var pack: String?

  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: ArgumentHelp("The file to write; queries go beside it.", valueName: "file"))
  var config = "sloreport.yaml"

  @Flag(name: .long, help: "Say nothing on success.")
  var quiet = false

  func run() throws {
    var files = PackFiles.starter
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
      files = found
    }
    let paths = files.map { path(of: $0) }
    try NewFiles.write(Array(zip(paths, files.map(\.content))))
    let queries =
      paths.count == 1 ? "" : " and \(Wording.counted(paths.count - 1, "query")) beside it"
    if !quiet {
      try Streams.print(
        "Wrote \(config)\(queries). Next: sloreport validate\n",
        orFail: "the result could not be printed")
    }
  }

  /// Where a file of a pack goes.
  private func path(of file: PackFile) -> String {
    guard file.path != PackFiles.configuration else { return config }
    guard let slash = config.lastIndex(of: "/") else { return file.path }
    return config[...slash] + file.path
  }
}

/// Files that are written together, where none is yet.
private enum NewFiles {
  /// Writes all, or none where one exists already.
  static func write(_ files: [(path: String, content: [UInt8])]) throws {
    let taken = files.map(\.path).filter { path in
      var status = stat()
      return lstat(path, &status) == 0
    }
    guard taken.isEmpty else { throw refusal(of: taken) }
    var made: [String] = []
    var folders: [String] = []
    do {
      for file in files {
        // The first is the configuration, whose own folder has to be there.
        if !made.isEmpty { try makeFolders(of: file.path, &folders) }
        try create(file.path, file.content)
        made.append(file.path)
      }
    } catch {
      for path in made { unlink(path) }
      for folder in folders.reversed() { rmdir(folder) }
      throw error
    }
  }

  private static func create(_ path: String, _ content: [UInt8]) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard file >= 0 else {
      if errno == EEXIST { throw refusal(of: [path]) }
      throw Failure(.cannotCreate, "\(path) cannot be written: \(Files.words(errno))")
    }
    let written = Streams.write(String(decoding: content, as: UTF8.self), to: file)
    let code = errno
    guard written, fchmod(file, 0o640) == 0, close(file) == 0 else {
      unlink(path)
      throw Failure(.inputOutput, "\(path) cannot be written: \(Files.words(code))")
    }
  }

  /// Makes the folders of a path that are missing, and says which it made.
  private static func makeFolders(of path: String, _ made: inout [String]) throws {
    for (index, character) in zip(path.indices, path)
    where character == "/" && index > path.startIndex {
      let folder = String(path[..<index])
      if mkdir(folder, 0o750) == 0 {
        made.append(folder)
      } else if errno != EEXIST {
        throw Failure(.cannotCreate, "\(folder) cannot be made: \(Files.words(errno))")
      }
    }
  }

  private static func refusal(of paths: [String]) -> Failure {
    paths.count == 1
      ? Failure(.cannotCreate, "\(paths[0]) already exists; not overwritten")
      : Failure(.cannotCreate, ["nothing was written: these files already exist"] + paths)
  }
}
