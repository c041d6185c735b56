/// The queries of the pack price-jobs, one for each file beside this one.
public enum PriceJobsQueries {
  public static let files: [(name: String, content: [UInt8])] = [
    ("durations.sql", PackageResources.durations_sql),
    ("freshness.sql", PackageResources.freshness_sql),
    ("incidents.sql", PackageResources.incidents_sql),
    ("success.sql", PackageResources.success_sql),
    ("volume.sql", PackageResources.volume_sql),
  ]
}
