import Model

/// What one file held: the wanted series, or incidents.
struct Content {
  var series: [Series] = []
  var incidents: [IncidentEntry] = []
  var written: Instant?
  var span: Window?
  var read = 0
  var rejected: RejectedRows?
  /// The first metric of an OpenMetrics text whose samples are in two places.
  var parted: String?
  /// Whether a server said that there is more, and that was accepted.
  var isPartial = false
}
