import Audit

/// HTML in which only what is written in this program's source can be markup.
///
/// Text that is interpolated is escaped, whatever it is; there is no way to forget it. The result is
/// well-formed XML too, so that it can be checked by any parser.
package struct Markup: ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral value: StaticString) { text = "\(value)" }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }

        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        package mutating func appendInterpolation(_ markups: [Markup]) {
            for markup in markups { text += markup.text }
        }

        package mutating func appendInterpolation(_ value: String) { text += Markup.escaped(value) }
    }

    /// Longer than any path or reason that is worth reading.
    private static let textByteCountMaximum = 4096

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value.printable(byteCountMaximum: textByteCountMaximum).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
