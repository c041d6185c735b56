/// Does work on the numbers below a count in two threads, half of them each, and joins what comes of it.
func inHalves<Product: Sendable>(
  _ count: Int, _ work: @escaping @Sendable (Range<Int>) throws -> [Product]
) async throws -> [Product] {
  async let second = work(count / 2..<count)
  return try work(0..<count / 2) + (await second)
}
