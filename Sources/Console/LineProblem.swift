import Ledger
package import Survey
import SwiftProtobuf

/// Why a line is no command, before any rule has seen it.
package enum LineProblem: Error, Hashable, Sendable {
    case lineTooLong
    case invalidUTF8
    case nulByte
    case jsonMalformed
    case fieldUnknown(String)
    case enumValueUnknown
    case kindGivenTwice
    case fieldGivenTwice(String)

    package var code: String {
        switch self {
        case .lineTooLong: "lineTooLong"
        case .invalidUTF8: "invalidUTF8"
        case .nulByte: "nulByte"
        case .jsonMalformed: "jsonMalformed"
        case .fieldUnknown: "fieldUnknown"
        case .enumValueUnknown: "enumValueUnknown"
        case .kindGivenTwice: "kindGivenTwice"
        case .fieldGivenTwice: "fieldGivenTwice"
        }
    }

    package var sentence: Phrase {
        switch self {
        case .lineTooLong:
            Phrase(
                thai: "บรรทัดยาวเกิน 262,144 ไบต์",
                english: "The line is longer than 262,144 bytes."
            )
        case .invalidUTF8:
            Phrase(thai: "บรรทัดไม่ใช่ UTF-8", english: "The line is not valid UTF-8.")
        case .nulByte:
            Phrase(thai: "มีไบต์ศูนย์ในบรรทัด", english: "The line has a zero byte.")
        case .jsonMalformed:
            Phrase(
                thai: "บรรทัดไม่ใช่ JSON ของคำสั่งหนึ่งคำสั่ง",
                english: "The line is not one command in JSON."
            )
        case .fieldUnknown(let name):
            Phrase(
                thai: "ไม่รู้จักช่อง \(name) ในคำสั่ง",
                english: "No command has a field \(name)."
            )
        case .enumValueUnknown:
            Phrase(
                thai: "มีคำที่ไม่อยู่ในตัวเลือกของช่องหนึ่ง",
                english: "A field has a word that is not one of its choices."
            )
        case .kindGivenTwice:
            Phrase(
                thai: "บรรทัดหนึ่งต้องมีคำสั่งเดียว",
                english: "One line must have one command only."
            )
        case .fieldGivenTwice(let name):
            Phrase(
                thai: "มีช่อง \(name) ซ้ำในคำสั่ง: ให้ไว้ครั้งเดียว",
                english: "The command gives the field \(name) twice: give it once."
            )
        }
    }
}

extension Command {
    /// Reads one line of `bmn submit`, strictly: what is not understood is refused, not dropped.
    package init(line: [UInt8]) throws(LineProblem) {
        do {
            try self.init(jsonUTF8Bytes: line)
        } catch let error as JSONDecodingError {
            // The decoder's other words could quote the line, which may hold personal data.
            throw switch error {
            case .unknownField(let name): .fieldUnknown(Self.printable(name))
            case .unrecognizedEnumValue: .enumValueUnknown
            case .conflictingOneOf: .kindGivenTwice
            default: Self.givenTwice(line) ?? .jsonMalformed
            }
        } catch {
            throw .jsonMalformed
        }
        // After the decoder, which leaves nothing to find but keys that it read over.
        switch JSONForm.problem(of: line.span, as: .command) {
        case nil: break
        case .keyGivenTwice(let name, _): throw .fieldGivenTwice(Self.printable(name))
        case .keyMalformed: throw .fieldUnknown(Self.printable(""))
        case .other: throw .jsonMalformed
        }
    }

    /// In answers the decoder finds a repeated key itself, and does not tell that from other faults.
    private static func givenTwice(_ line: [UInt8]) -> LineProblem? {
        guard case .keyGivenTwice(let name, _)? = JSONForm.problem(of: line.span, as: .command)
        else { return nil }
        return .fieldGivenTwice(printable(name))
    }

    /// A name that could be one of a field; anything else could be a value that strayed.
    private static func printable(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && (1...40).contains(name.utf8.count) ? "\"\(name)\"" : "\"…\""
    }
}
