import Glibc
import Synchronization

/// Work on one item after the other that needs nothing but the item and what it did before.
protocol PipelineWorker: SendableMetatype {
  associatedtype Item: Sendable
  associatedtype Product: Sendable

  /// - Parameters:
  ///   - item: what is to be done.
  ///   - spare: a product that is no longer needed, whose storage may be used again.
  /// - Returns: what came of it.
  mutating func work(_ item: Item, reusing spare: consuming Product?) -> Product
}

/// Does the work on two cores, and gives what came of it to the calling thread, in order.
///
/// The calling thread gets the items, takes the products, and works when there is nothing else to do; a helper works.
///
/// - Items are numbered as they are got. Whoever is free takes the first that waits, and puts its product under the number, so
///   the order of the products needs no turns in working.
/// - At most ``ahead`` items are got whose products were not taken: memory stays the same however long the input is. The
///   helper starts with the fifth item: a small file costs no thread.
/// - A product that was taken comes back as a spare one, and its arrays are filled again. That saves memory only while nobody
///   else holds them, or they would be copied when they are written to: hence everything is moved (`consume`, `take()`).
/// - The lock is held to move one item or product, never while somebody works. Who finds nothing to do lets others run and
///   looks again; the helper sleeps between looks when it has found nothing for long.
final class Pipeline<Worker: PipelineWorker> {
  /// What the two threads share.
  private struct Desk: Sendable {
    var waiting: [(number: Int, item: Worker.Item)] = []
    var done: [Int: Worker.Product] = [:]
    var spare: [Worker.Product] = []
    var isClosed = false
  }

  private final class Shared: Sendable {
    let desk = Mutex(Desk())
  }

  private static var helpAfter: Int { 4 }
  private static var ahead: Int { 6 }

  private let makeWorker: @Sendable (_ number: Int) -> Worker
  private let shared = Shared()
  private var worker: Worker
  private var helper: pthread_t?
  private var (gotten, given) = (0, 0)
  private var ending: Result<Void, Fault>?

  /// - Parameter makeWorker: makes the worker of the calling thread, number 0, or of the helper, number 1.
  init(makeWorker: @escaping @Sendable (_ number: Int) -> Worker) {
    self.makeWorker = makeWorker
    worker = makeWorker(0)
  }

  deinit {
    shared.desk.withLock { $0.isClosed = true }
    if let helper { pthread_join(helper, nil) }
  }

  /// Takes a product that is no longer needed, whose storage is used again.
  func recycle(_ product: consuming Worker.Product) {
    // Moved: as long as it is held here, too, whoever uses it again would have to copy it.
    var product = Optional(consume product)
    shared.desk.withLock { desk in
      if let product = product.take() { desk.spare.append(product) }
    }
  }

  /// Gives what came of the next item.
  ///
  /// - Parameter getItem: gives the item that follows the ones it gave before; `nil` after the last.
  /// - Returns: `nil` after the last.
  /// - Throws: what getting an item throws, after the products of those before it.
  func next(_ getItem: () throws(Fault) -> Worker.Item?) throws(Fault) -> Worker.Product? {
    while true {
      while ending == nil, gotten - given < Pipeline.ahead {
        do throws(Fault) {
          guard let item = try getItem() else {
            ending = .success(())
            break
          }
          let number = gotten
          shared.desk.withLock { $0.waiting.append((number, item)) }
          gotten += 1
          if helper == nil, gotten < Pipeline.helpAfter { break }
        } catch {
          ending = .failure(error)
        }
      }
      if helper == nil, gotten >= Pipeline.helpAfter { helper = startHelper() }
      let number = given
      if let product = shared.desk.withLock({ $0.done.removeValue(forKey: number) }) {
        given += 1
        return product
      }
      if !Pipeline.workOne(of: shared, with: &worker) {
        if given == gotten, let ending {
          try ending.get()
          return nil
        }
        sched_yield()
      }
    }
  }

  private func startHelper() -> pthread_t? {
    let (makeWorker, shared) = (makeWorker, shared)
    return Thread.start {
      var worker = makeWorker(1)
      var idle = 0
      while true {
        if Pipeline.workOne(of: shared, with: &worker) {
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

  /// Works on the first item that waits; `false` when none does.
  private static func workOne(of shared: Shared, with worker: inout Worker) -> Bool {
    var (number, item, spare): (Int, Worker.Item?, Worker.Product?) = (0, nil, nil)
    shared.desk.withLock { desk in
      guard !desk.isClosed, !desk.waiting.isEmpty else { return }
      let next = desk.waiting.removeFirst()
      (number, item) = (next.number, next.item)
      spare = desk.spare.popLast()
    }
    guard let item = item.take() else { return false }
    // Taken out, so that its storage is not shared and copied.
    let product = worker.work(item, reusing: spare.take())
    shared.desk.withLock { $0.done[number] = product }
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
