import Definitions
import History
import Ingest
import Model
import Reports

extension Collection {
  mutating func pull(_ files: FilesSource) throws {
    let (name, feed, source) = (files.name, files.feed, files.snapshots)
    let wanted = project.selectors(of: feed)
    let feeds = [feed] + project.incidents(of: name).map(\.feed)
    let reading = try DefinitionRecord(of: feeds, project: project, store: store)
    record.ask(feeds)
    if !wanted.isEmpty {
      let errors = try Collection.errors { () throws in
        try source.pull(wanted: wanted, marks: store.files(of: feed)) { try keep($0, $1) }
      }
      fail(name, feed, errors, of: source)
      notes += source.leftOut().map {
        ReportFacts.SourceNote(source: name, text: IngestText.leftOut($0))
      }
    }
    for (place, definition) in project.incidents(of: name).enumerated() {
      let feed = definition.feed
      let before = counts
      defer { if place > 0 { counts.forget(before) } }
      let now = try InstantOption.now()
      let errors = try Collection.errors { () throws in
        try source.pullIncidents(
          mapping: definition.mapping, feed: feed, marks: store.files(of: feed), now: now
        ) { try keep($0, $1) }
      }
      fail(name, feed, errors, of: source)
    }
    try reading.note(record.readFrom)
    try record.end { old in
      old.path == SnapshotSource.standardInput || old.ends != nil && source.isLeftAside(old.path)
    }
  }

  private mutating func fail(
    _ name: String, _ feed: String, _ errors: [IngestError], of source: SnapshotSource
  ) {
    for error in errors { fail(name, [feed], error, ends: error.path.flatMap(source.end)) }
  }

  mutating func pullStandardInput(_ files: FilesSource) throws {
    let (name, feed, source) = (files.name, files.feed, files.snapshots)
    let wanted = project.selectors(of: feed)
    guard !wanted.isEmpty else {
      throw Failure(.usage, "no objective asks for series of the source \(name)")
    }
    let reading = try DefinitionRecord(of: [feed], project: project, store: store)
    record.ask([feed])
    let now = try InstantOption.now()
    let error = try source.pullStandardInput(wanted: wanted, now: now) { try keep($0, $1) }
    if let error { fail(name, [feed], error, ends: now) }
    try reading.note(record.readFrom)
    try record.end { $0.path != SnapshotSource.standardInput }
  }

  /// What could not be read, in part or at all.
  private static func errors(_ pull: () throws -> [IngestError]) throws -> [IngestError] {
    do {
      return try pull()
    } catch let error as IngestError {
      return [error]
    }
  }
}
