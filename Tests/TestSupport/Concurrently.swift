import Foundation
import Synchronization

/// Starts a thread for each piece of work: the threads that the test runner has are as few as the cores.
private final class Threads: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
  }
}

private let threads = Threads()
/// Most of the tests wait, but each starts programs: all at once they would only take each other's time.
private let turns = DispatchSemaphore(value: 5)

/// Runs what blocks on a thread of its own, not too many at a time; what mostly sleeps needs no turn.
///
/// One that hangs ends the tests. A limit of time on the test itself would count the wait for its turn.
public func onThread<Result: Sendable>(
  mostlySleeping: Bool = false, test: String = #function,
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await Task(executorPreference: threads) {
    if !mostlySleeping { turns.wait() }
    defer { if !mostlySleeping { turns.signal() } }
    return try HangLimit.watch(body) { fatalError("\(test) hangs") }
  }.value
}

/// Runs one body for every item at the same time, each on a thread of its own, and keeps the order.
public func concurrently<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (Item) throws -> Result
) throws -> [Result] {
  let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
  let group = DispatchGroup()
  for (index, item) in items.enumerated() {
    group.enter()
    Thread {
      let result = Swift.Result { try body(item) }
      results.withLock { $0[index] = result }
      group.leave()
    }.start()
  }
  group.wait()
  return try results.withLock { results in
    try items.indices.compactMap { try results[$0]?.get() }
  }
}
