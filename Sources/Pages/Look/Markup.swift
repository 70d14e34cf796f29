/// Text of a page, in which whatever was put in from outside is text and never markup.
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
    package let text: String

    /// A literal of the program is markup as it stands.
    package init(stringLiteral literal: StaticString) { text = "\(literal)" }

    package init(stringInterpolation interpolation: Interpolation) { text = interpolation.text }

    /// What a template made of markup.
    init(safe text: String) { self.text = text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }

        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        package mutating func appendInterpolation(_ markups: [Markup]) {
            for markup in markups { text += markup.text }
        }

        package mutating func appendInterpolation(_ number: some FixedWidthInteger) {
            text += String(number)
        }

        package mutating func appendInterpolation(_ string: String) {
            for scalar in string.unicodeScalars {
                switch scalar {
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "&": text += "&amp;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default:
                    // XML knows no control characters; those that set direction hide what follows.
                    text.unicodeScalars.append(Self.isShown(scalar) ? scalar : "\u{FFFD}")
                }
            }
        }

        private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A: true
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: false
            default: true
            }
        }
    }
}
