import Glibc

/// The lock of an archive, a file beside it, which the kernel drops when its holder ends.
final class ArchiveLock {
  enum Kind { case shared, exclusive }

  private let descriptor: Int32

  /// Waits for others, half a minute at most.
  ///
  /// A folder that cannot be written to needs no lock for reading: nobody delivers there.
  init(_ kind: Kind, in root: String) throws(DeliveryError) {
    let path = "\(root)/\(Archive.name).lock"
    let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    switch kind {
    case .exclusive:
      descriptor = open(path, flags | O_RDWR | O_CREAT, 0o640)
      // Whatever the umask; only its owner can, who made it.
      if descriptor >= 0 { _ = fchmod(descriptor, 0o640) }
    case .shared: descriptor = open(path, flags | O_RDONLY)
    }
    guard descriptor >= 0 else {
      if kind == .shared, errno == ENOENT { return }
      throw DeliveryError(.lock, path)
    }
    // From here on the descriptor is closed by `deinit`, also where an error is thrown.
    for _ in 0..<1500 {
      if flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw DeliveryError(.lock, path) }
      usleep(20_000)
    }
    throw DeliveryError(step: .lock, path: path, code: EWOULDBLOCK)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
