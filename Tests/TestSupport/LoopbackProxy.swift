import Glibc
import Foundation
import Synchronization

/// Stands between a client and a server on this machine, and misbehaves on demand.
public final class LoopbackProxy: Sendable {
  /// What a connection goes through; counts are of the bytes that the server sent.
  public enum Behaviour: Sendable, Hashable {
    /// Everything passes.
    case pass
    /// Accepts, and nothing more.
    case silence
    /// Closes at once.
    case refuse
    /// Nothing passes to the client after so many bytes, and the connection stays.
    case stall(after: Int)
    /// After so many bytes one byte passes at a time, so many microseconds apart.
    case trickle(after: Int, every: UInt32)
    /// An orderly end after so many bytes.
    case finish(after: Int)
    /// A reset after so many bytes.
    case reset(after: Int)
    /// One bit differs in the byte with this number.
    case flip(byte: Int)
    /// Sends these bytes, whatever the client said, and closes.
    case answer([UInt8])
  }

  /// Where the server is.
  public enum Target: Sendable {
    case port(UInt16)
    case socket(String)
  }

  private struct State {
    var connections = 0
    var bytes = 0
    var sockets: [Int32] = []
    var isOpen = true
  }

  public let port: UInt16
  private let listener: Int32
  private let target: Target
  private let plan: @Sendable (Int) -> Behaviour
  private let state = Mutex(State())

  /// Opens a port; the plan says what happens to the connection of a number, from 0 on.
  public init(to target: Target, _ plan: @escaping @Sendable (Int) -> Behaviour) throws {
    self.target = target
    self.plan = plan
    listener = try LoopbackProxy.makeListener()
    port = LoopbackProxy.port(of: listener)
    let listener = listener
    Thread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        guard let self else {
          close(client)
          return
        }
        self.take(client)
      }
    }.start()
  }

  deinit { stop() }

  /// How often somebody connected.
  public var connections: Int { state.withLock { $0.connections } }

  /// How much the server sent through it.
  public var bytes: Int { state.withLock { $0.bytes } }

  /// Ends the proxy and all connections through it.
  public func stop() {
    let sockets = state.withLock { state in
      defer {
        state.sockets = []
        state.isOpen = false
      }
      return state.isOpen ? state.sockets + [listener] : []
    }
    for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    if !sockets.isEmpty { close(listener) }
  }

  /// A port that nobody listened on a moment ago.
  public static func freePort() throws -> UInt16 {
    let listener = try makeListener()
    defer { close(listener) }
    return port(of: listener)
  }

  private func take(_ client: Int32) {
    let number = state.withLock { state in
      defer { state.connections += 1 }
      return state.connections
    }
    let behaviour = plan(number)
    switch behaviour {
    case .refuse:
      shutdown(client, Int32(SHUT_RDWR))
      close(client)
      return
    case .silence:
      keep(client)
      return
    case .answer(let bytes):
      Thread {
        var request = [UInt8](repeating: 0, count: 1024)
        // Encryption is turned down first: a request of eight bytes.
        while true {
          let count = recv(client, &request, request.count, 0)
          guard count == 8, request[4] == 0x04 else { break }
          _ = Glibc.send(client, [UInt8(ascii: "N")], 1, Int32(MSG_NOSIGNAL))
        }
        _ = Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        shutdown(client, Int32(SHUT_RDWR))
        close(client)
      }.start()
      return
    case .pass, .stall, .trickle, .finish, .reset, .flip: break
    }
    guard let server = connectToTarget() else {
      shutdown(client, Int32(SHUT_RDWR))
      close(client)
      return
    }
    keep(client)
    keep(server)
    let ends = Pair(client: client, server: server)
    Thread { [weak self] in
      LoopbackProxy.pump(from: client, to: server)
      self?.release(ends)
    }.start()
    Thread { [weak self] in
      let sent = LoopbackProxy.pump(from: server, to: client, behaviour)
      self?.state.withLock { $0.bytes += sent }
      self?.release(ends)
    }.start()
  }

  /// Two sockets that are closed when both directions are done.
  private final class Pair: Sendable {
    let client: Int32
    let server: Int32
    private let done = Mutex(0)

    init(client: Int32, server: Int32) {
      self.client = client
      self.server = server
    }

    func isDone() -> Bool {
      done.withLock { done in
        done += 1
        return done == 2
      }
    }
  }

  private func release(_ ends: Pair) {
    guard ends.isDone() else { return }
    state.withLock { $0.sockets.removeAll { $0 == ends.client || $0 == ends.server } }
    close(ends.client)
    close(ends.server)
  }

  private func keep(_ socket: Int32) { state.withLock { $0.sockets.append(socket) } }

  /// Carries bytes until either side is done, and tells how many there were.
  @discardableResult
  private static func pump(from: Int32, to: Int32, _ behaviour: Behaviour = .pass) -> Int {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    var sent = 0
    var isMute = false
    while true {
      let count = recv(from, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      if isMute { continue }
      var part = ArraySlice(buffer[..<count])
      switch behaviour {
      case .stall(let limit):
        if sent + count > limit {
          part = part.prefix(max(0, limit - sent))
          isMute = true
        }
      case .finish(let limit), .reset(let limit):
        if sent + count > limit {
          _ = forward(part.prefix(max(0, limit - sent)), to: to)
          if case .reset = behaviour { resetOnClose(to) }
          shutdown(to, Int32(SHUT_WR))
          shutdown(from, Int32(SHUT_RDWR))
          if case .reset = behaviour { disconnect(to) }
          return limit
        }
      case .flip(let number):
        if sent <= number, number < sent + count { part[number - sent] ^= 0x10 }
      case .trickle(let limit, let pause):
        let free = max(0, limit - sent)
        guard forward(part.prefix(free), to: to) else { return sent }
        for byte in part.dropFirst(free) {
          usleep(pause)
          guard forward([byte], to: to) else {
            shutdown(from, Int32(SHUT_RDWR))
            return sent
          }
        }
        part = []
      case .pass, .silence, .refuse, .answer: break
      }
      sent += count
      guard forward(part, to: to) else { break }
    }
    // A client that goes ends the session even when the other direction is mute.
    shutdown(to, Int32(SHUT_WR))
    if isMute || behaviour == .pass { shutdown(from, Int32(SHUT_RD)) }
    return sent
  }

  private static func forward(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func resetOnClose(_ socket: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Resets a connection whose number stays taken: closing by another descriptor would free it too early.
  private static func disconnect(_ socket: Int32) {
    var address = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: sockaddr().sa_data)
    connect(socket, &address, socklen_t(MemoryLayout<sockaddr>.size))
  }

  private func connectToTarget() -> Int32? {
    switch target {
    case .port(let port):
      let socket = Glibc.socket(
        AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      let done = LoopbackProxy.withLoopback(port: port) { connect(socket, $0, $1) }
      if done == 0 { return socket }
      close(socket)
    case .socket(let path):
      let socket = Glibc.socket(
        AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) {
        $0.copyBytes(from: Array(path.utf8).prefix(107))
      }
      let done = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      if done == 0 { return socket }
      close(socket)
    }
    return nil
  }

  private static func makeListener() throws -> Int32 {
    let socket = Glibc.socket(
      AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0, withLoopback(port: 0, { bind(socket, $0, $1) }) == 0, listen(socket, 64) == 0
    else { throw ChildProcess.Failure("cannot listen on loopback: errno \(errno)") }
    return socket
  }

  private static func port(of socket: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = getsockname(socket, $0, &size)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func withLoopback(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
