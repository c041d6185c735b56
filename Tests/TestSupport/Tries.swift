import Foundation

/// How often something is tried: `make test-long` tries more.
public func tries(_ ordinary: Int, long: Int) -> Int {
  ProcessInfo.processInfo.environment["SLOREPORT_LONG_TESTS"] == nil ? ordinary : long
}
