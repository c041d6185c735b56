import Glibc
import Synchronization

/// Turns blocks into what stands in them, knowing nothing but the blocks that it has seen.
protocol BlockScanner: SendableMetatype {
  /// What stands in a block; it is emptied and used again.
  associatedtype Found: Sendable

  func makeFound() -> Found
  mutating func scan(_ block: Block, into found: inout Found)
}

/// Scans the blocks of a stream on two cores, and gives what was found to the calling thread, in order.
///
/// The calling thread reads, works off, and scans when there is nothing else to do; a helper scans. It starts when the
/// stream turns out to be long.
final class BlockPipeline<Scanner: BlockScanner> {
  /// A block, what was found in it, and the number of the scanner that did: 0 or 1.
  struct Scanned: Sendable {
    var block: Block
    var found: Scanner.Found
    var scanner: Int
  }

  /// What the two threads share.
  private struct Desk: Sendable {
    var waiting: [(number: Int, block: Block)] = []
    var done: [Int: Scanned] = [:]
    var spare: [Scanner.Found] = []
    var isClosed = false
  }

  private final class Shared: Sendable {
    let desk = Mutex(Desk())
  }

  private static var helpAfter: Int { 4 }
  private static var ahead: Int { 6 }

  private let makeScanner: @Sendable () -> Scanner
  private let shared = Shared()
  private var cutter: BlockCutter
  private var scanner: Scanner
  private var helper: pthread_t?
  private var (cut, given) = (0, 0)
  private var ending: Result<Void, Fault>?

  init(_ cutter: BlockCutter, makeScanner: @escaping @Sendable () -> Scanner) {
    self.cutter = cutter
    self.makeScanner = makeScanner
    scanner = makeScanner()
  }

  deinit {
    shared.desk.withLock { $0.isClosed = true }
    if let helper { pthread_join(helper, nil) }
  }

  /// Calls `body` with each block, what was found in it, and the number of the scanner.
  ///
  /// - Throws: what reading throws, behind the blocks before it; what `body` throws.
  func forEach(_ body: (Block, inout Scanner.Found, _ scanner: Int) throws -> Void) throws {
    var next = try self.next()
    while var scanned = next.take() {
      try body(scanned.block, &scanned.found, scanned.scanner)
      next = try self.next(recycling: scanned)
    }
  }

  /// Gives the next block.
  ///
  /// - Parameter done: one that is not needed any more, whose storage is used again.
  /// - Returns: `nil` behind the last.
  /// - Throws: what reading throws, behind the blocks before it.
  func next(recycling done: consuming Scanned? = nil) throws(Fault) -> Scanned? {
    if let done {
      cutter.recycle(done.block)
      let found = done.found
      shared.desk.withLock { $0.spare.append(found) }
    }
    while true {
      while ending == nil, cut - given < BlockPipeline.ahead {
        do throws(Fault) {
          guard let block = try cutter.next() else {
            ending = .success(())
            break
          }
          let number = cut
          shared.desk.withLock { $0.waiting.append((number, block)) }
          cut += 1
          if helper == nil, cut < BlockPipeline.helpAfter { break }
        } catch {
          ending = .failure(error)
        }
      }
      if helper == nil, cut >= BlockPipeline.helpAfter { helper = start(shared) }
      let number = given
      if let scanned = shared.desk.withLock({ $0.done.removeValue(forKey: number) }) {
        given += 1
        return scanned
      }
      if !BlockPipeline.scanOne(of: shared, with: &scanner, number: 0) {
        if given == cut, let ending {
          try ending.get()
          return nil
        }
        sched_yield()
      }
    }
  }

  private func start(_ shared: Shared) -> pthread_t? {
    let makeScanner = makeScanner
    return Thread.start {
      var scanner = makeScanner()
      var idle = 0
      while true {
        if BlockPipeline.scanOne(of: shared, with: &scanner, number: 1) {
          idle = 0
        } else if shared.desk.withLock({ $0.isClosed }) {
          return
        } else {
          idle += 1
          if idle < 50 { sched_yield() } else { usleep(50) }
        }
      }
    }
  }

  /// Scans the first block that waits; `false` when none does.
  private static func scanOne(of shared: Shared, with scanner: inout Scanner, number: Int) -> Bool {
    let work = shared.desk.withLock { desk -> (number: Int, block: Block, found: Scanner.Found?)? in
      guard !desk.isClosed, !desk.waiting.isEmpty else { return nil }
      let (number, block) = desk.waiting.removeFirst()
      return (number, block, desk.spare.popLast())
    }
    guard var work else { return false }
    // Taken out, so that its columns are not shared and copied.
    var found = work.found.take() ?? scanner.makeFound()
    scanner.scan(work.block, into: &found)
    let scanned = Scanned(block: work.block, found: found, scanner: number)
    shared.desk.withLock { $0.done[work.number] = scanned }
    return true
  }
}

/// A thread of the system.
enum Thread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread that must be joined; `nil` when the system has none left.
  static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { work in
        if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if code != 0 { work.release() }
    return code == 0 ? thread : nil
  }
}
