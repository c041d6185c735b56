import CSystem
import Glibc
public import Model

/// Puts a set of files into a folder, all at once: a reader sees the old set or the new one, never a mixture.
///
/// The set is written into a folder beside its place, every file and folder is synced, and then both folders change
/// places in one step of the file system. Files get mode 0640 and folders 0750, whatever the umask.
public struct ArtifactWriter: Sendable {
  let root: String

  /// Makes the root folder when it is missing, proves that files can be made in it, and clears what a killed run left.
  ///
  /// A folder into which anybody may put files is refused, unless it is sticky as /tmp is.
  public init(root: String) throws(DeliveryError) {
    self.root = root
    try ArtifactWriter.makeFolders(root)
    var state = stat()
    guard stat(root, &state) == 0 else { throw DeliveryError(.create, root) }
    if state.st_mode & S_IWOTH != 0, state.st_mode & S_ISVTX == 0 {
      throw DeliveryError(step: .open, path: root, code: EPERM)
    }
    let probe = "\(root)/.sloreport-probe-\(getpid())"
    try ArtifactWriter.write([], to: probe)
    guard unlink(probe) == 0 else { throw DeliveryError(.remove, probe) }
    for name in try ArtifactWriter.names(in: root) where name.hasPrefix(".sloreport-") {
      guard let process = name.split(separator: "-").last.flatMap({ pid_t($0) }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try ArtifactWriter.remove("\(root)/\(name)")
    }
  }

  /// Puts one file in its place in one step, in a folder that is there.
  public static func place(_ bytes: [UInt8], at path: String) throws(DeliveryError) {
    try place(bytes, at: path, by: "\(path).\(getpid())")
  }

  /// Puts one file into the root in one step; what a kill leaves of it is cleared by the next run.
  func place(_ artifact: Artifact) throws(DeliveryError) {
    try ArtifactWriter.place(
      artifact.bytes, at: "\(root)/\(artifact.path)",
      by: "\(root)/.sloreport-\(artifact.path)-\(getpid())")
  }

  private static func place(
    _ bytes: [UInt8], at path: String, by fresh: String
  ) throws(DeliveryError) {
    try remove(fresh)
    do throws(DeliveryError) {
      try write(bytes, to: fresh)
      guard rename(fresh, path) == 0 else { throw DeliveryError(.rename, path) }
    } catch {
      // The first error counts.
      do { try remove(fresh) } catch {}
      throw error
    }
    try sync(folder: path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".")
  }

  /// Replaces the folder `name` below the root by these files.
  public func replace(_ name: String, with artifacts: [Artifact]) throws(DeliveryError) {
    let target = "\(root)/\(name)"
    let fresh = "\(root)/.sloreport-\(name)-\(getpid())"
    try ArtifactWriter.remove(fresh)
    do {
      try ArtifactWriter.makeFolders(fresh)
      var folders: Set<String> = [fresh]
      for artifact in artifacts {
        let path = "\(fresh)/\(artifact.path)"
        if let slash = path.lastIndex(of: "/") {
          let folder = String(path[..<slash])
          if folders.insert(folder).inserted { try ArtifactWriter.makeFolders(folder) }
        }
        try ArtifactWriter.write(artifact.bytes, to: path)
      }
      for folder in folders.sorted().reversed() { try ArtifactWriter.sync(folder: folder) }
      try exchange(fresh, target, aside: "\(root)/.sloreport-old-\(getpid())")
    } catch {
      // The first error counts; the next run clears what is left.
      do { try ArtifactWriter.remove(fresh) } catch {}
      throw error
    }
    do {
      try ArtifactWriter.sync(folder: root)
      try ArtifactWriter.remove(fresh)
    } catch {
      throw DeliveryError(step: .settle, path: target, code: error.code)
    }
  }

  /// Does some work in a folder beside the output that holds these files, and removes it with all that the work left there.
  public func aside<Result>(
    with artifacts: [Artifact], _ work: (String) throws -> Result
  ) throws -> Result {
    let folder = "\(root)/.sloreport-aside-\(getpid())"
    try ArtifactWriter.remove(folder)
    let result: Result
    do {
      try ArtifactWriter.makeFolders(folder)
      guard chmod(folder, 0o700) == 0 else { throw DeliveryError(.create, folder) }
      for artifact in artifacts {
        try ArtifactWriter.write(artifact.bytes, to: "\(folder)/\(artifact.path)")
      }
      result = try work(folder)
    } catch {
      // The first error counts; the next run clears what is left.
      do { try ArtifactWriter.remove(folder) } catch {}
      throw error
    }
    try ArtifactWriter.remove(folder)
    return result
  }

  /// Puts `fresh` in the place of `target`, and what was there in the place of `fresh`.
  private func exchange(_ fresh: String, _ target: String, aside: String) throws(DeliveryError) {
    if slr_exchange(fresh, target) == 0 { return }
    switch errno {
    case ENOENT:
      guard rename(fresh, target) == 0 else { throw DeliveryError(.rename, target) }
    case EINVAL, ENOSYS:
      // A file system without exchange: the old set steps aside for a moment.
      guard rename(target, aside) == 0 else { throw DeliveryError(.rename, target) }
      guard rename(fresh, target) == 0 else {
        let error = DeliveryError(.rename, target)
        _ = rename(aside, target)
        throw error
      }
      guard rename(aside, fresh) == 0 else { throw DeliveryError(.rename, aside) }
    default: throw DeliveryError(.rename, target)
    }
  }

  /// Writes and syncs a new file; an existing one or a link in its place is an error.
  private static func write(_ bytes: [UInt8], to path: String) throws(DeliveryError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw DeliveryError(.create, path) }
    var failure: DeliveryError?
    if fchmod(file, 0o640) != 0 { failure = DeliveryError(.create, path) }
    var offset = 0
    while failure == nil, offset < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if written >= 0 {
        offset += written
      } else if errno != EINTR {
        failure = DeliveryError(.write, path)
      }
    }
    if failure == nil, fsync(file) != 0 { failure = DeliveryError(.sync, path) }
    if close(file) != 0, failure == nil { failure = DeliveryError(.write, path) }
    if let failure { throw failure }
  }

  private static func makeFolders(_ path: String) throws(DeliveryError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o750) == 0 {
        guard chmod(made, 0o750) == 0 else { throw DeliveryError(.create, made) }
      } else if errno != EEXIST {
        throw DeliveryError(.create, made)
      }
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw DeliveryError(.create, path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw DeliveryError(step: .create, path: path, code: ENOTDIR)
    }
  }

  private static func sync(folder: String) throws(DeliveryError) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw DeliveryError(.sync, folder) }
    let code = fsync(file) == 0 ? 0 : errno
    close(file)
    // Some file systems cannot sync a folder and say so.
    if code != 0, code != EINVAL {
      throw DeliveryError(step: .sync, path: folder, code: code)
    }
  }

  static func names(in folder: String) throws(DeliveryError) -> [String] {
    guard let stream = opendir(folder) else { throw DeliveryError(.read, folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file or a folder with all in it; a missing one is not an error, and links are not followed.
  static func remove(_ path: String) throws(DeliveryError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw DeliveryError(.remove, path)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 else { throw DeliveryError(.remove, path) }
    } else {
      guard unlink(path) == 0 else { throw DeliveryError(.remove, path) }
    }
  }
}

/// What the system would not do while files were delivered.
public struct DeliveryError: Error, Hashable, Sendable {
  public enum Step: String, Hashable, Sendable {
    case create, write, sync, rename, remove, read, lock
    /// Anybody may put files into the folder.
    case open
    /// The new set is in its place; making that last, or clearing the old one away, failed.
    case settle
  }

  public let step: Step
  public let path: String
  /// The system's error number.
  public let code: Int32

  init(step: Step, path: String, code: Int32) {
    self.step = step
    self.path = path
    self.code = code
  }

  init(_ step: Step, _ path: String) { self.init(step: step, path: path, code: errno) }
}
