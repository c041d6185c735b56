import Model

/// What one file held: the wanted series, or incidents.
struct Content {
  var series: [Series] = []
  var incidents: [Incident] = []
  var span: Window?
  var read = 0
  var rejected: RejectedRows?
  /// Whether a server said that there is more, and that was accepted.
  var isPartial = false
}
