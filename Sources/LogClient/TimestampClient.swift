/// Asks a time-stamping authority (RFC 3161 §3.4, "Time-Stamp Protocol via HTTP").
package struct TimestampClient: Sendable {
    package let url: ServiceURL
    package let timeout: Duration

    /// Tokens with their chains of certificates have some thousand bytes.
    private static let answerByteCountMax = 256 * 1024

    package init(url: ServiceURL, timeout: Duration = .seconds(10)) {
        self.url = url
        self.timeout = timeout
    }

    /// The authority's answer to a request; both are DER, and neither is looked at here.
    package func reply(to request: [UInt8]) async throws(LogClientError) -> [UInt8] {
        let reply = try await HTTPExchange(
            service: url.service,
            url: url.text,
            contentType: "application/timestamp-query",
            body: request,
            byteCountMax: Self.answerByteCountMax,
            timeout: timeout
        ).post()
        guard reply.status == 200 else { throw reply.refusal(by: url.service) }
        guard reply.contentType == "application/timestamp-reply", !reply.body.isEmpty else {
            throw LogClientError(
                .answerMalformed,
                url.service,
                "no application/timestamp-reply, but \(reply.contentType.debugDescription)"
            )
        }
        return reply.body
    }
}
