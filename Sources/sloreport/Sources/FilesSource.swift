import Analytics
import Definitions
import Ingest
import Model

/// Snapshots that something else writes.
struct FilesSource: Source {
  let definition: SourceDefinition
  private let declared: FilesDefinition
  private let table: TableForm
  /// How the source is read.
  let snapshots: SnapshotSource

  init(
    definition: SourceDefinition, files: FilesDefinition, table: TableForm, folder: String
  ) {
    self.definition = definition
    declared = files
    self.table = table
    snapshots = SnapshotSource(
      name: definition.name, feed: definition.feed, pattern: files.pattern, root: folder,
      timeFromModification: files.timeFromModification, table: table, labels: files.labels,
      acceptsPartial: files.acceptsPartial)
  }

  var files: FilesSource? { self }
  var pattern: String { declared.pattern }

  /// The labels by which the targets of its series differ.
  var targets: TargetLabels {
    TargetLabels(origin: declared.origin.names, names: declared.target)
  }

  /// The mark of how a file is read, whatever is asked of it.
  var form: UInt32 { SnapshotSource.mark(of: [], table: table) }

  /// The mark of what its files are read for.
  func mark(of wanted: [Selector]) -> UInt32 {
    SnapshotSource.mark(of: wanted, table: table, acceptsPartial: declared.acceptsPartial)
  }

  /// The mark of what its files of incidents are read for.
  func mark(of mapping: IncidentMapping) -> UInt32 {
    SnapshotSource.mark(
      of: mapping, timeFromModification: declared.timeFromModification, table: table)
  }

  func pull(into collection: inout Collection) throws { try collection.pull(self) }

  func findings(_ project: Project) -> [DoctorCommand.Finding] {
    func finding(_ text: String, failure: ExitStatus? = nil) -> DoctorCommand.Finding {
      .init("source \(name)", text, failure: failure)
    }
    let (paths, failures) = snapshots.paths()
    let (count, notes) = (paths.count, snapshots.leftOut().map(IngestText.leftOut))
    let faults = failures.map {
      finding(IngestText.reason($0), failure: IngestText.status($0))
    }
    if count == 0, notes.isEmpty, faults.isEmpty {
      return [finding("no file matches \(pattern)", failure: .noInput)]
    }
    let files = "\(Wording.counted(count, "file")) \(count == 1 ? "matches" : "match")"
    return [finding("\(files) \(pattern)")] + faults + notes.map { finding($0) }
  }
}
