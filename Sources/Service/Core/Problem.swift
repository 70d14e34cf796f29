package import Console
import HTTPTypes
import Hummingbird
import LedgerReader
import LedgerWriter
import NIOCore
import ProjectionRuntime
import Survey
import TransparencyLog

/// Why a request was refused: RFC 9457, with the same codes as the command line.
package struct Problem: Error, Sendable {
    package let status: Int
    package let code: String
    package let sentence: Phrase
    var retryAfter: Int?
    var headers: HTTPFields = [:]

    package init(_ code: ProblemCode, _ subject: String = "") {
        status = code.status
        self.code = code.rawValue
        retryAfter = code.retryAfter
        sentence = Phrase(
            thai: code.sentence.thai.replacing("{}", with: subject),
            english: code.sentence.english.replacing("{}", with: subject)
        )
    }

    init(_ rejection: Rejection) {
        status =
            switch rejection.code {
            case .versionConflict: 412
            case .commandIdReused: 409
            default: 422
            }
        code = rejection.code.rawValue
        sentence = Phrase(
            thai: rejection.sentence(.thai),
            english: rejection.sentence(.english)
        )
    }

    init(_ problem: LineProblem) {
        status = 400
        code = problem.code
        sentence = problem.sentence
    }

    /// Anything that was thrown; what is not for the caller to know is said in the log.
    init(caught error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let rejection as Rejection: self.init(rejection)
        case let error as LedgerError: self.init(error)
        case let error as ProjectionError where error.code == .treeSizeBeyondLedger:
            self.init(.treeSizeBeyondLedger)
        case let error as TransparencyLogError where error.code == .outsideTree:
            self.init(.treeSizeBeyondLedger)
        case is CancellationError: self.init(.stopping)
        default: self.init(.internalError)
        }
    }

    /// The ledger's code, without the reason, which names files of this machine.
    private init(_ error: LedgerError) {
        switch error.code {
        case .diskFull:
            status = 507
            sentence = Phrase(
                thai: "เนื้อที่ดิสก์เต็ม (ที่รับไว้แล้วไม่หาย)",
                english: "The disk is full; nothing that was acknowledged is lost."
            )
        case .busy, .noPermission:
            status = 503
            retryAfter = 5
            sentence = Phrase(
                thai: "เขียนบัญชีไม่ได้ในขณะนี้",
                english: "The ledger cannot be written now."
            )
        default:
            status = 500
            sentence = Phrase(
                thai: "อ่านหรือเขียนบัญชีไม่สำเร็จ",
                english: "The ledger could not be read or written."
            )
        }
        code = error.code.rawValue
    }

    /// Whether the log needs to hear more than the code.
    var isOurFault: Bool { status >= 500 && status != 503 }

    func members(_ language: Language) -> [(String, JSON)] {
        [
            ("type", .string("urn:bmn:problem:\(code)")), ("title", .string(code)),
            ("status", .number(status)), ("detail", .string(sentence.text(language))),
            ("code", .string(code)),
        ]
    }

    func response(_ language: Language, requestID: String) -> Response {
        let body = JSON.object(
            members(language) + [("instance", .string("urn:request:\(requestID)"))]
        )
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.contentLanguage] = language.rawValue
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"bmn\"" }
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text))
        )
    }
}
