import HistoryQueries
public import Model

extension HistoryStore {
  /// What earlier runs noted of a source; all well when they noted nothing.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func health(of source: String) throws(HistoryError) -> SourceHealth {
    try healthRow(of: source)?.health ?? SourceHealth()
  }

  private func healthRow(of source: String) throws(HistoryError) -> HealthRow? {
    let rows: [HealthRow] = try rows(HistoryQueries.healthAll, of: RowGroup(.health, ""))
    return rows.first { $0.source == source }
  }

  /// Notes the health of a source for the runs to come.
  ///
  /// - Throws: any error of writing.
  public func note(_ health: SourceHealth, of source: String) throws(HistoryError) {
    let old = try healthRow(of: source)
    if (old?.health ?? SourceHealth()) == health { return }
    try connection.transaction { () throws(HistoryError) in
      try put([HealthRow(source: source, health: health)], inPlaceOf: [old].compactMap(\.self))
    }
  }
}
