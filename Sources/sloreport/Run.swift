import Glibc
import History
import Model
import Reports

/// The run of a command on the history, after a pull of what is new.
struct Run {
  let project: Project
  let store: HistoryStore
  /// The instant of computation.
  let asOf: Instant
  /// What was pulled; `nil` where nothing was to be.
  let collection: Collection?
}

extension Project {
  /// Pulls what is new, unless `--no-collect` says otherwise, and works on the history.
  ///
  /// `writes` where the work writes to the history itself.
  func run<Result>(
    asOf: Instant, _ option: CollectOption, writes: Bool = false, _ work: (Run) throws -> Result
  ) throws -> Result {
    // To write is to create.
    if option.noCollect, writes, access(historyPath, F_OK) != 0 {
      throw HistoryText.failure(.absent, path: historyPath)
    }
    return try withHistory(for: option.noCollect && !writes ? .read : .write) { store in
      let collection =
        option.noCollect ? nil : try Collection(self, into: store, asOf: asOf)
      return try work(Run(project: self, store: store, asOf: asOf, collection: collection))
    }
  }

  /// Opens the history for some work; the one place where what is wrong with the history becomes a message and a code.
  func withHistory<Result>(
    for access: HistoryStore.Access, _ work: (HistoryStore) throws -> Result
  ) throws -> Result {
    do {
      return try work(try HistoryStore.open(at: historyPath, for: access))
    } catch let error as HistoryError {
      throw HistoryText.failure(error, path: historyPath)
    }
  }
}
