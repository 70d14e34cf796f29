/// What a witness answers to one request, in the terms of HTTP.
package struct WitnessAnswer: Sendable {
    package let status: Int
    package let contentType: String
    package let body: [UInt8]

    /// A sentence for whoever runs the witness, where there is something to say.
    ///
    /// It names no origin but those of the policy and repeats nothing else of a request.
    package let remark: String?

    private static let plainText = "text/plain; charset=utf-8"

    static func text(_ status: Int, _ body: String, remark: String? = nil) -> WitnessAnswer {
        WitnessAnswer(
            status: status,
            contentType: plainText,
            body: Array(body.utf8),
            remark: remark
        )
    }

    static func note(_ bytes: [UInt8], remark: String?) -> WitnessAnswer {
        WitnessAnswer(status: 200, contentType: plainText, body: bytes, remark: remark)
    }

    /// The size that a proof must begin with (c2sp.org/tlog-witness v1.0.0, "add-checkpoint").
    static func conflict(storedSize: UInt64, remark: String) -> WitnessAnswer {
        WitnessAnswer(
            status: 409,
            contentType: "text/x.tlog.size",
            body: Array("\(storedSize)\n".utf8),
            remark: remark
        )
    }

    /// The witness cannot vouch for anything; why is nobody's business but its operator's.
    static func failure(_ error: WitnessError) -> WitnessAnswer {
        error.code == .busy
            ? text(503, "The witness is busy: try again.\n", remark: "\(error)")
            : text(500, "The witness cannot answer.\n", remark: "\(error)")
    }
}
