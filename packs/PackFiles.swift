/// The configurations that ship inside the program.
public enum PackFiles {
  public static let pricingSync: [UInt8] = PackageResources.pricing_sync_yaml

  /// The names `init --pack` knows.
  public static let names = ["pricing-sync"]

  /// The configuration of a pack, or `nil` when there is no such pack.
  public static func pack(named name: String) -> [UInt8]? {
    name == "pricing-sync" ? pricingSync : nil
  }
}
