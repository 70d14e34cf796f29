package import Access
package import HTTPTypes
import Hummingbird

/// One thing that can be asked: what the document says of it, and what answers it.
///
/// The only list of routes is made of these, so the document and the code cannot differ.
package struct Route: Sendable {
    package enum Entry: Sendable, Hashable {
        case anybody
        /// A token whose scope, and a person whose roles, allow this action.
        case allowed(Action)
        /// The same, but which action it is depends on the body.
        case signedIn(Scope)
        /// A session of a browser; and whose roles allow the action, where one is named.
        case session(Action?)
    }

    /// What a request may carry in its body.
    package struct Body: Sendable {
        package let contentTypes: [String]
        package let byteCountMax: @Sendable (ServiceLimits) -> Int
        /// Of JSON.
        var schema = Schema.named("Command")
    }

    package let method: HTTPRequest.Method
    /// Segments in braces are parameters; one that ends in `...` takes the rest of the path.
    package let template: String
    package let id: String
    package let summary: String
    package var entry: Entry
    package var parameters: [Parameter] = []
    package var body: Body?
    package let answers: [Answer]
    package var problems: [ProblemCode] = []
    /// Statuses of refusals whose codes are the ledger's, with what they are about.
    package var ledgerProblems: [(Int, String)] = []
    /// Whether auditors see in the access log that this was read.
    package var isPrivileged = false
    /// Whether it is for browsers, and no part of the API and its document.
    package var isPage = false
    /// Whether what is in the query is for the handler to understand.
    var takesAnyQuery = false
    /// Whether it enters what its body says, so that whoever may write nothing is refused before it.
    var entersCommands = false
    /// Whether anybody may ask where the operator made the whole log public.
    package var isOfPublicLog = false
    let handler: @Sendable (Call, ServiceCore) async throws -> Response

    var segments: [Substring] { template.split(separator: "/") }

    /// Whether it changes something in somebody's name, whose roles must then be today's.
    var changesLedger: Bool {
        switch entry {
        case _ where entersCommands: method == .post
        case .signedIn(.submit): true
        // It opens sealed answers: to nobody whose role has just ended.
        case .session(.readSealed?): true
        case .session(.some): method == .post
        // Links open the ledger to those who enrol by them.
        case .allowed(.makeLink): true
        // Papers are filed.
        case .allowed(.enterAct): true
        default: false
        }
    }
}

/// What a good answer looks like.
package struct Answer: Sendable {
    package let status: Int
    package let contentType: String
    package let schema: Schema

    package init(_ status: Int, _ contentType: String, _ schema: Schema) {
        self.status = status
        self.contentType = contentType
        self.schema = schema
    }
}

/// A parameter; checked before the handler runs.
package struct Parameter: Sendable {
    package enum Location: String, Sendable {
        case path, query, header
    }

    package enum Kind: Sendable {
        /// Decimal digits, in this range.
        case integer(ClosedRange<UInt64>)
        /// Codes and identifiers: no controls, no more than this many bytes. A pattern is what the
        /// document tells; whatever matches it is understood, and some other forms may be. Without
        /// one it is ASCII.
        case text(byteCountMax: Int, pattern: String? = nil)
        case choice([String])
    }

    package let name: String
    package let location: Location
    package let kind: Kind
    package let summary: String
    package var isRequired = false

    package static func path(_ name: String, _ kind: Kind, _ summary: String) -> Parameter {
        Parameter(name: name, location: .path, kind: kind, summary: summary, isRequired: true)
    }

    package static func query(_ name: String, _ kind: Kind, _ summary: String) -> Parameter {
        Parameter(name: name, location: .query, kind: kind, summary: summary)
    }

    package static func header(_ name: String, _ kind: Kind, _ summary: String) -> Parameter {
        Parameter(name: name, location: .header, kind: kind, summary: summary)
    }

    func accepts(_ text: String) -> Bool {
        switch kind {
        case .integer(let range):
            guard let number = UInt64(text), text == "\(number)" else { return false }
            return range.contains(number)
        case .text(let byteCountMax, let pattern):
            return !text.isEmpty && text.utf8.count <= byteCountMax
                && text.unicodeScalars.allSatisfy { scalar in
                    pattern == nil
                        ? (0x21...0x7E).contains(scalar.value)
                        : scalar.value >= 0x20 && scalar.value != 0x7F
                }
        case .choice(let choices): return choices.contains(text)
        }
    }
}
