import Cryptography
import Survey
import SwiftProtobuf

/// A value with all that is in it as text, equal for equal values.
///
/// Sets and dictionaries are in the order of their texts. So states are compared whole, whatever is
/// added to them later.
enum StateText {
    static func of(_ value: Any) -> String {
        // What has an identity that its parts do not show, or shows it in too many words.
        if let message = value as? any SwiftProtobuf.Message { return message.textFormatString() }
        if let form = value as? Questionnaire { return "form \(form.edition)" }
        if let certificate = value as? Certificate { return certificate.sha256.hex }
        if let digest = value as? Digest { return digest.hex }
        if let text = value as? String { return text }
        let mirror = Mirror(reflecting: value)
        let parts = mirror.children.map { "\($0.label.map { $0 + ": " } ?? "")\(of($0.value))" }
        switch mirror.displayStyle {
        case .dictionary, .set: return "{\n" + parts.sorted().joined(separator: "\n") + "\n}"
        case .collection: return "[" + parts.joined(separator: ", ") + "]"
        case .optional: return parts.first ?? "nil"
        case .enum: return parts.isEmpty ? "\(value)" : parts.joined()
        case .struct, .class, .tuple: return "(" + parts.joined(separator: ", ") + ")"
        default: return "\(value)"
        }
    }

    /// The lines in which two texts differ, some of them.
    static func difference(_ left: String, _ right: String) -> String {
        let (left, right) = (
            left.split(separator: "\n").map(String.init),
            right.split(separator: "\n").map(String.init)
        )
        let pairs = left.difference(from: right)
        return pairs.prefix(6).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }.joined(separator: "\n")
    }
}
