/// The queries of the pack price-jobs, one for each file beside this one.
public enum PriceJobsQueries {
  public static let files: [(name: String, content: [UInt8])] = [
    ("connection_limit.sql", PackageResources.connection_limit_sql),
    ("connections.sql", PackageResources.connections_sql),
    ("database_size.sql", PackageResources.database_size_sql),
    ("durations.sql", PackageResources.durations_sql),
    ("freshness.sql", PackageResources.freshness_sql),
    ("incidents.sql", PackageResources.incidents_sql),
    ("rate_limits.sql", PackageResources.rate_limits_sql),
    ("run_volume.sql", PackageResources.run_volume_sql),
    ("success.sql", PackageResources.success_sql),
    ("table_sizes.sql", PackageResources.table_sizes_sql),
    ("volume.sql", PackageResources.volume_sql),
  ]
}
