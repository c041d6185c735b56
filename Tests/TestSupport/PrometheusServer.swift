import Foundation
import FoundationNetworking
import Synchronization

/// A real Prometheus on a port of loopback, which takes native histograms and ends with its last reference.
public final class PrometheusServer: Sendable {
  private let folder: String
  private let port: UInt16
  private let process: ChildProcess

  /// The folder of its storage, which changes as long as the server runs.
  public var data: String { folder + "/data" }

  /// Starts a server and waits until it answers; `fill` may put blocks into the folder of its storage first.
  public init(fill: (_ data: String) throws -> Void = { _ in }) throws {
    folder = try Sandbox.folder("prometheus")
    port = try LoopbackProxy.freePort()
    let log = folder + "/log"
    try Data("global: {}\n".utf8).write(to: URL(fileURLWithPath: folder + "/prometheus.yml"))
    try fill(folder + "/data")
    process = try ChildProcess(
      [
        // A process group of its own, with the same process number.
        "/usr/bin/setsid", "/usr/bin/prometheus", "--config.file=\(folder)/prometheus.yml",
        "--storage.tsdb.path=\(folder)/data", "--storage.tsdb.retention.time=100y",
        "--web.listen-address=127.0.0.1:\(port)", "--web.enable-admin-api",
        "--web.enable-remote-write-receiver", "--enable-feature=native-histograms",
        "--log.level=warn",
      ], output: log, errors: log)
    Sandbox.watch(process)
    try Data("\(process.identifier)\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/prometheus.pid"))
    try process.wait(
      "Prometheus does not start:\n\((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")"
    ) { (try? request("/-/ready")) != nil }
  }

  deinit { process.signal(SIGKILL) }

  /// Sends what a text describes in the words of Tests/tools/remote_write.py.
  public func write(_ description: String) throws {
    let file = folder + "/description.json"
    try Data(description.utf8).write(to: URL(fileURLWithPath: file))
    let tool = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../tools/remote_write.py").standardized.path
    try PostgresServer.runTool([
      "/bin/sh", "-c", #"exec python3 "$0" "$1" <"$2""#, tool, "http://127.0.0.1:\(port)", file,
    ])
  }

  /// What its HTTP API says to a question, such as `query_range`.
  public func answer(_ question: String, _ parameters: [String: String]) throws -> [UInt8] {
    Array(try request("/api/v1/\(question)", parameters))
  }

  /// The value of an expression at an instant in seconds since 1970, for every set of labels.
  ///
  /// Series whose value is a native histogram are left out.
  public func query(_ expression: String, at time: Double) throws -> [[String: String]: Double] {
    struct Answer: Decodable {
      struct Series: Decodable {
        enum Part: Decodable {
          case time(Double)
          case value(String)

          init(from decoder: any Decoder) throws {
            let part = try decoder.singleValueContainer()
            self = try (try? .value(part.decode(String.self))) ?? .time(part.decode(Double.self))
          }
        }
        let metric: [String: String]
        let value: [Part]?
      }
      struct Body: Decodable { let result: [Series] }
      let data: Body
    }
    let bytes = try answer("query", ["query": expression, "time": "\(time)"])
    var values: [[String: String]: Double] = [:]
    for series in try JSONDecoder().decode(Answer.self, from: Data(bytes)).data.result {
      if case .value(let text) = series.value?.last { values[series.metric] = Double(text) }
    }
    return values
  }

  /// Makes a snapshot of everything the server holds and returns its folder: blocks, and no write-ahead log.
  public func snapshot() throws -> String {
    struct Answer: Decodable {
      struct Body: Decodable { let name: String }
      let data: Body
    }
    let made = try request("/api/v1/admin/tsdb/snapshot", method: "POST")
    let answer = try JSONDecoder().decode(Answer.self, from: made)
    return "\(data)/snapshots/\(answer.data.name)"
  }

  /// Waits until the blocks of its storage reach behind an instant and stay as they are; where they end then, in seconds
  /// since 1970.
  public func blockEnd(after instant: Int64) throws -> Int64 {
    struct Meta: Decodable { let maxTime: Int64 }
    var known: [String: Int64] = [:]
    let deadline = ContinuousClock.now + HangLimit.length
    while ContinuousClock.now < deadline {
      var found: [String: Int64] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: data) {
        let file = URL(fileURLWithPath: "\(data)/\(name)/meta.json")
        guard let bytes = try? Data(contentsOf: file) else { continue }
        found[name] = try JSONDecoder().decode(Meta.self, from: bytes).maxTime / 1000
      }
      let end = found.values.max() ?? 0
      if end > instant, found == known { return end }
      known = found
      usleep(1_000_000)
    }
    throw ChildProcess.Failure("the blocks do not reach \(instant): \(known)")
  }

  /// Deletes what a selector finds between two instants in seconds since 1970, both included.
  public func delete(_ selector: String, from start: Double, to end: Double) throws {
    _ = try request(
      "/api/v1/admin/tsdb/delete_series",
      ["match%5B%5D": selector, "start": "\(start)", "end": "\(end)"], method: "POST")
  }

  /// Ends the server in order, and waits until it is gone; its folder stays as it left it.
  public func stop() throws {
    process.signal(SIGTERM)
    try process.wait()
  }

  private func request(
    _ path: String, _ parameters: [String: String] = [:], method: String = "GET"
  ) throws -> Data {
    var target = URLComponents()
    target.scheme = "http"
    target.host = "127.0.0.1"
    target.port = Int(port)
    target.path = path
    // A plus sign would arrive as a space, were it left to URLComponents.
    target.percentEncodedQuery = parameters.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }.joined(separator: "&")
    guard let url = target.url else { throw ChildProcess.Failure("no address: \(target)") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    let box = Mutex<Result<Data, any Error>?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    URLSession.shared.dataTask(with: request) { data, response, error in
      let status = (response as? HTTPURLResponse)?.statusCode ?? 0
      let text = String(decoding: data ?? Data(), as: UTF8.self)
      box.withLock {
        $0 = Result {
          guard let data, status / 100 == 2 else {
            throw ChildProcess.Failure("\(path): \(status) \(text) \(error as Any)")
          }
          return data
        }
      }
      isDone.signal()
    }.resume()
    isDone.wait()
    return try box.withLock { try $0?.get() } ?? Data()
  }
}
