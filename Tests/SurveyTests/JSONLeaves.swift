import Foundation

/// An event's JSON taken apart, so that a test can change one value anywhere in it.
enum JSONLeaves {
    enum Step: Hashable {
        case key(String)
        case offset(Int)
    }

    typealias Path = [Step]

    static func parse(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    static func text(_ json: Any) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: json, options: .fragmentsAllowed)
        return String(decoding: data, as: UTF8.self)
    }

    /// Every value that is no object, arrays included, in a stable order.
    static func paths(in json: Any, at path: Path = []) -> [Path] {
        if let object = json as? [String: Any] {
            return object.keys.sorted().flatMap { key in
                object[key].map { paths(in: $0, at: path + [.key(key)]) } ?? []
            }
        }
        guard let array = json as? [Any] else { return [path] }
        let elements = array.enumerated().flatMap { offset, element in
            paths(in: element, at: path + [.offset(offset)])
        }
        return [path] + elements
    }

    static func value(_ json: Any, at path: some Collection<Step>) -> Any? {
        guard let step = path.first else { return json }
        switch step {
        case .key(let key):
            return (json as? [String: Any])?[key].flatMap { value($0, at: path.dropFirst()) }
        case .offset(let offset):
            guard let array = json as? [Any], array.indices.contains(offset) else { return nil }
            return value(array[offset], at: path.dropFirst())
        }
    }

    /// The same JSON with another value at the path; nil removes it.
    static func replacing(_ json: Any, at path: some Collection<Step>, with new: Any?) -> Any? {
        guard let step = path.first else { return new }
        switch step {
        case .key(let key):
            guard var object = json as? [String: Any], let inner = object[key] else { return json }
            object[key] = replacing(inner, at: path.dropFirst(), with: new)
            return object
        case .offset(let offset):
            guard var array = json as? [Any], array.indices.contains(offset) else { return json }
            if let element = replacing(array[offset], at: path.dropFirst(), with: new) {
                array[offset] = element
            } else {
                array.remove(at: offset)
            }
            return array
        }
    }

    /// "cycleDefined.deadlines[].due": the field, whichever element it is of.
    static func name(_ path: Path) -> String {
        path.map { step in
            switch step {
            case .key(let key): ".\(key)"
            case .offset: "[]"
            }
        }.joined()
    }
}
