import Foundation
import Survey
import SwiftProtobuf

/// Makes a command nearly right: one value in it becomes one that another command had in that field,
/// or another day, number or nothing.
struct Mutation {
    private enum Step {
        case key(String)
        case offset(Int)
    }

    /// What fields have held, by their names.
    private var seen: [String: [String]] = [:]

    /// Remembers what a command says.
    mutating func learn(_ command: Command) {
        guard let json = Self.object(command) else { return }
        for (path, value) in Self.leaves(of: json) {
            guard let text = value as? String, let field = Self.field(path) else { continue }
            if seen[field, default: []].contains(text) { continue }
            seen[field, default: []].append(text)
        }
    }

    /// The command with one change in what it asks for; nil where the change is nothing that a command
    /// can hold.
    func mutate(_ command: Command, _ dice: inout Dice) -> Command? {
        var asked = Command()
        asked.kind = command.kind
        guard let json = Self.object(asked) else { return nil }
        let leaves = Self.leaves(of: json)
        guard let (path, value) = dice.pick(leaves) else { return nil }
        let other = self.other(value, of: Self.field(path) ?? "", &dice)
        guard let changed = Self.replacing(json, at: path[...], with: other),
            let data = try? JSONSerialization.data(withJSONObject: changed),
            var mutated = try? Command(jsonString: String(decoding: data, as: UTF8.self)),
            mutated.kind != nil, mutated.kind != command.kind
        else { return nil }
        (mutated.id, mutated.actor) = (command.id, command.actor)
        mutated.occurredOn = command.occurredOn
        return mutated
    }

    private func other(_ value: Any, of field: String, _ dice: inout Dice) -> Any {
        if let text = value as? String {
            if let day = Day(iso: text), dice.chance(60) {
                return (day + dice.number(-60...60)).iso
            }
            if dice.chance(10) { return "" }
            if dice.chance(10) { return "unknown" }
            return dice.pick(seen[field] ?? []) ?? "unknown"
        }
        guard let number = value as? NSNumber else { return value }
        let choices = [0, 1, number.intValue + 1, max(0, number.intValue - 1), 2_000_000]
        return NSNumber(value: dice.pick(choices) ?? 0)
    }

    private static func object(_ command: Command) -> Any? {
        guard let text = try? command.jsonString() else { return nil }
        return try? JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    /// Every value that is no object and no array, in a stable order.
    private static func leaves(of json: Any, at path: [Step] = []) -> [(path: [Step], value: Any)] {
        if let object = json as? [String: Any] {
            return object.keys.sorted().flatMap { key in
                object[key].map { leaves(of: $0, at: path + [.key(key)]) } ?? []
            }
        }
        if let array = json as? [Any] {
            return array.enumerated().flatMap { offset, element in
                leaves(of: element, at: path + [.offset(offset)])
            }
        }
        return [(path, json)]
    }

    private static func field(_ path: [Step]) -> String? {
        for case .key(let key) in path.reversed() { return key }
        return nil
    }

    private static func replacing(_ json: Any, at path: ArraySlice<Step>, with new: Any) -> Any? {
        guard let step = path.first else { return new }
        switch step {
        case .key(let key):
            guard var object = json as? [String: Any], let inner = object[key] else { return nil }
            object[key] = replacing(inner, at: path.dropFirst(), with: new)
            return object
        case .offset(let offset):
            guard var array = json as? [Any], array.indices.contains(offset),
                let inner = replacing(array[offset], at: path.dropFirst(), with: new)
            else { return nil }
            array[offset] = inner
            return array
        }
    }
}
