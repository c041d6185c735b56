import Model

extension Reading {
  mutating func readSources(_ entry: Entry) {
    for source in named(entry) {
      let isDatabase = entries(source.value)?.contains { $0.key == "postgres" } ?? false
      // With a finding noted, the source still counts as named, so that references to it are valid.
      let kind = isDatabase ? database(source) : files(source)
      sources.append(SourceDefinition(name: source.key, kind: kind))
    }
  }

  private mutating func files(_ source: Entry) -> SourceDefinition.Kind {
    let section = section(
      source.value, at: source.position,
      keys: ["files", "time", "csv", "labels", "target", "partial", "postgres"])
    let files = section.flatMap { one(of: ["files", "postgres"], in: $0) }
    let pattern = files.flatMap { text($0.value)?.value }
    let named = files.map { names(of: pattern ?? "", at: $0.value.position) } ?? []
    let time = section?["time"].flatMap { choice($0.value, ["mtime"]) }
    let partial = section?["partial"].flatMap { choice($0.value, ["accept"]) }
    return .files(
      FilesDefinition(
        pattern: pattern ?? "", timeFromModification: time != nil,
        csv: section?["csv"].flatMap { table($0) },
        labels: section?["labels"].map { labels($0, named: named, in: files) } ?? [],
        target: section?["target"].flatMap { target($0) }, acceptsPartial: partial != nil))
  }

  /// What the braces of a pattern name.
  private mutating func names(of pattern: String, at position: Position) -> [String] {
    do throws(PathPattern.Failure) {
      return try PathPattern(pattern).names
    } catch {
      switch error {
      case .unclosedBrace: note(.unclosedBrace, at: position)
      case .label(let error): note(.badLabel(error), at: position)
      case .repeatedName(let name): note(.duplicate(name, firstLine: position.line), at: position)
      }
      return []
    }
  }

  /// Labels that a source declares; those that its pattern `named` cannot be declared again.
  private mutating func labels(_ entry: Entry, named: [String], in files: Entry?) -> [Label] {
    (entries(entry.value) ?? []).compactMap { label in
      if let error = LabelNameError(declared: label.key) {
        note(.badLabel(error), at: label.position)
      }
      if let files, named.contains(label.key) {
        note(.duplicate(label.key, firstLine: files.position.line), at: label.position)
      }
      return text(label.value).map { Label(label.key, $0.value) }
    }
  }

  private mutating func target(_ entry: Entry) -> [String]? {
    guard case .list(let items) = entry.value.content, !items.isEmpty else {
      note(.wrongType(expected: .list), at: entry.value.position)
      return nil
    }
    var names: [String] = []
    for item in items {
      guard let name = text(item)?.value else { continue }
      if let error = LabelNameError(declared: name) { note(.badLabel(error), at: item.position) }
      if names.contains(name) {
        note(.duplicate(name, firstLine: entry.position.line), at: item.position)
      }
      names.append(name)
    }
    return names
  }

  private static let timeFields = [
    "%Y", "%y", "%m", "%b", "%d", "%H", "%I", "%p", "%M", "%S", "%f", "%z", "%%",
  ]
  private static let delimiters = [",": 44, ";": 59, "|": 124, "tab": 9] as [String: UInt8]

  private mutating func table(_ entry: Entry) -> TableDefinition? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["delimiter", "time", "timezone", "columns"])
    else { return nil }
    let delimiter = section["delimiter"].flatMap { choice($0.value, [",", ";", "|", "tab"]) }
    let time = section["time"].flatMap { form($0.value) }
    let zone = section["timezone"]
    var columns: [String: String] = [:]
    if let entry = section["columns"],
      let named = self.section(
        entry.value, at: entry.position, keys: TableDefinition.columnNames)
    {
      for column in named.entries { columns[column.key] = text(column.value)?.value }
    }
    return TableDefinition(
      delimiter: delimiter.flatMap { Reading.delimiters[$0] }, time: time,
      timezone: zone.flatMap { text($0.value)?.value }, timezonePosition: zone?.value.position,
      columns: columns)
  }

  /// How times are written; each `%` needs a field that is known, the year has to be there, and twelve hours need their half.
  private mutating func form(_ value: Value) -> String? {
    guard let text = text(value) else { return nil }
    var rest = text.value[...]
    var fields: Set<String> = []
    while let sign = rest.firstIndex(of: "%") {
      let field = String(rest[sign...].prefix(2))
      guard Reading.timeFields.contains(field) else {
        note(.badChoice(field, choices: Reading.timeFields, nearest: nil), at: value.position)
        return nil
      }
      fields.insert(field)
      rest = rest[sign...].dropFirst(2)
    }
    guard fields.contains("%Y") || fields.contains("%y") else {
      note(.timeWithoutYear(text.value), at: value.position)
      return nil
    }
    guard fields.contains("%I") == fields.contains("%p") else {
      note(.halfOfDay(text.value), at: value.position)
      return nil
    }
    return text.value
  }

  private mutating func database(_ source: Entry) -> SourceDefinition.Kind {
    let section = section(
      source.value, at: source.position,
      keys: ["postgres", "schema", "allow_writable_role", "timeouts"])
    let connection = section?["postgres"]?.value
    let text = connection.flatMap { self.text($0) }
    if let connection, let text, Reading.holdsPassword(text.raw) {
      note(.inlinePassword, at: connection.position)
    }
    let schema = section?["schema"].flatMap { self.text($0.value)?.value }
    let writable = section?["allow_writable_role"].flatMap { choice($0.value, ["true", "false"]) }
    return .postgres(
      DatabaseAccess(
        connection: Secret(text?.value ?? ""), schema: schema ?? "public",
        allowsWritableRole: writable == "true", limits: limits(section?["timeouts"])))
  }

  private mutating func limits(_ entry: Entry?) -> DatabaseAccess.Limits {
    let section = entry.flatMap {
      self.section($0.value, at: $0.position, keys: ["connect", "read", "total", "source"])
    }
    func limit(_ key: String, _ standard: Duration) -> Duration {
      section?[key].flatMap { duration($0.value, least: .milliseconds(100)) } ?? standard
    }
    let standard = DatabaseAccess.Limits.standard
    return DatabaseAccess.Limits(
      connect: limit("connect", standard.connect), read: limit("read", standard.read),
      total: limit("total", standard.total), source: limit("source", standard.source))
  }

  /// Whether a connection string holds a password itself, and not the name of a variable.
  private static func holdsPassword(_ text: String) -> Bool {
    if let scheme = text.firstRange(of: "://"),
      let at = text[scheme.upperBound...].firstIndex(of: "@")
    {
      let user = text[scheme.upperBound..<at]
      if let colon = user.firstIndex(of: ":") {
        let password = user[user.index(after: colon)...]
        if !password.isEmpty, !password.hasPrefix("${") { return true }
      }
    }
    return text.ranges(of: "password").contains { key in
      let rest = text[key.upperBound...].drop { $0 == " " }
      guard rest.first == "=" else { return false }
      let value = rest.dropFirst().drop { $0 == " " || $0 == "'" }
      return !value.hasPrefix("${")
    }
  }

  /// Where the incidents of a service come from.
  mutating func incidents(_ entry: Entry, of service: String) -> IncidentsDefinition? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: ["source", "query", "columns", "severity", "since"])
    else { return nil }
    if let since = section["since"], section["query"] != nil {
      note(.conflictingKeys(["query", "since"]), at: since.position)
    }
    let since = section["since"].flatMap { instant($0.value) }
    var columns: [String: String] = [:]
    if let entry = section["columns"],
      let named = self.section(
        entry.value, at: entry.position, keys: IncidentMapping.columns)
    {
      for column in named.entries { columns[column.key] = text(column.value)?.value }
    }
    var severities: [String: IncidentMapping.Meaning] = [:]
    for word in section["severity"].flatMap({ entries($0.value) }) ?? [] {
      severities[word.key.lowercased()] = meaning(word.value)
    }
    guard let source = source(of: section), let query = query(of: section, in: source) else {
      return nil
    }
    return IncidentsDefinition(
      source: source.name, query: query.path,
      mapping: IncidentMapping(service: service, columns: columns, severities: severities),
      since: since, position: entry.position)
  }

  private mutating func meaning(_ value: Value) -> IncidentMapping.Meaning? {
    let choices = ["critical", "major", "minor", "none", "withdrawn"]
    if case .text("withdrawn") = value.content { return .withdrawn }
    return severity(value, among: choices).map(IncidentMapping.Meaning.severity)
  }

  mutating func severity(
    _ value: Value, among choices: [String] = ["critical", "major", "minor", "none"]
  ) -> Severity? {
    switch choice(value, choices) {
    case "critical": .critical
    case "major": .major
    case "minor": .minor
    case "none": Severity.none
    default: nil
    }
  }

  /// The file of SQL that a section names: one for a database, none for files.
  mutating func query(of section: Section, in source: SourceDefinition) -> (
    path: String?, position: Position
  )? {
    switch source.kind {
    case .files:
      guard let query = section["query"] else { return (nil, section.position) }
      note(.queryNeedsDatabase(source: source.name), at: query.position)
      return nil
    case .postgres:
      guard let query = required("query", of: section), let text = text(query.value) else {
        return nil
      }
      return (text.value, query.value.position)
    }
  }

  mutating func source(of section: Section) -> SourceDefinition? {
    guard let value = required("source", of: section)?.value, let text = text(value) else {
      return nil
    }
    if let source = sources.first(where: { $0.name == text.value }) { return source }
    let nearest = Spelling.nearest(to: text.raw, among: sources.map(\.name))
    note(.unknownSource(text.raw, nearest: nearest), at: value.position)
    return nil
  }
}
