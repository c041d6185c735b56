import Foundation

/// What takes a value out of JSON.
var absent: Any { NSNull() }

extension Encodable where Self: Decodable {
  /// A copy with other values in its JSON, by path: `["unit": "time", "window.rule": "month"]`; ``absent``
  /// leaves one out.
  func with(_ changes: [String: Any]) throws -> Self {
    let data = try JSONEncoder().encode(self)
    var object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    for (path, value) in changes {
      object = object.setting(value, at: path.split(separator: ".")[...])
    }
    let changed = try JSONSerialization.data(withJSONObject: object)
    return try JSONDecoder().decode(Self.self, from: changed)
  }
}

extension [String: Any] {
  fileprivate func setting(_ value: Any, at path: ArraySlice<Substring>) -> Self {
    guard let key = path.first.map(String.init) else { return self }
    var result = self
    if path.count > 1 {
      result[key] = (self[key] as? Self ?? [:]).setting(value, at: path.dropFirst())
    } else {
      result[key] = value is NSNull ? nil : value
    }
    return result
  }
}
