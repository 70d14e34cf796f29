import Cryptography
package import TransparencyLog

/// Asks a witness for cosignatures (c2sp.org/tlog-witness v1.0.0, "add-checkpoint").
package struct WitnessClient: Sendable {
    /// Where the witness takes requests: its submission prefix.
    package let url: ServiceURL

    /// The key by which the witness is known; other cosignatures are ignored.
    package let key: VerifierKey

    /// For each exchange; there are three at most.
    package let timeout: Duration

    private static let tryCountMax = 3

    /// More than 64 cosignatures of the largest kind in use have.
    private static let answerByteCountMax = 256 * 1024

    package init(url: ServiceURL, key: VerifierKey, timeout: Duration = .seconds(10)) {
        precondition(key.signatureType == .cosignature, "a witness's key cosigns")
        self.url = url
        self.key = key
        self.timeout = timeout
    }

    /// The witness's cosignatures of a checkpoint: verified, at least one.
    ///
    /// `note` is the checkpoint with the log's signature, `oldSizeHint` the size that the witness is
    /// thought to have cosigned last: 0 where that is not known. A witness that has cosigned another
    /// says so, and is asked again. `proof` makes the consistency proof between two sizes. Throws
    /// `LogClientError`, and what `proof` throws.
    package func cosignatures(
        of note: SignedNote,
        oldSizeHint: UInt64,
        proof: @Sendable (_ from: UInt64, _ to: UInt64) throws -> ConsistencyProof
    ) async throws -> [NoteSignature] {
        let size = try Checkpoint(text: note.text).treeHead.treeSize
        var oldSize = min(oldSizeHint, size)
        var triedSizes: [UInt64] = []
        while triedSizes.count < Self.tryCountMax {
            triedSizes.append(oldSize)
            let path =
                0 < oldSize && oldSize < size ? try proof(oldSize, size).path : []
            let reply = try await exchange(body(oldSize, path, note)).post()
            switch reply.status {
            case 200: return try cosignatures(in: reply, of: note)
            case 409: oldSize = try storedSize(in: reply, size: size, triedSizes)
            default: throw reply.refusal(by: url.service)
            }
        }
        let sizes = triedSizes.map(String.init).joined(separator: ", ")
        throw LogClientError(.conflicting, url.service, sizes)
    }

    private func body(_ oldSize: UInt64, _ path: [Digest], _ note: SignedNote) -> [UInt8] {
        let lines = ["old \(oldSize)"] + path.map(\.base64) + [""]
        return Array(lines.map { line in line + "\n" }.joined().utf8) + note.encoded
    }

    private func exchange(_ body: [UInt8]) -> HTTPExchange {
        HTTPExchange(
            service: url.service,
            url: url.text + "/add-checkpoint",
            contentType: "text/plain; charset=utf-8",
            body: body,
            byteCountMax: Self.answerByteCountMax,
            timeout: timeout
        )
    }

    /// What the witness has cosigned last, if a proof can begin there.
    private func storedSize(
        in reply: HTTPExchange.Reply,
        size: UInt64,
        _ triedSizes: [UInt64]
    ) throws(LogClientError) -> UInt64 {
        let text = String(decoding: reply.body, as: UTF8.self)
        // `UInt64` also reads a sign and leading zeroes; writing it again shows them.
        guard
            reply.contentType == "text/x.tlog.size",
            let stored = UInt64(text.dropLast()),
            text.utf8.elementsEqual("\(stored)\n".utf8)
        else {
            throw malformed("status 409 without a tree size")
        }
        guard stored <= size else {
            throw LogClientError(.witnessAhead, url.service, "\(stored) > \(size)")
        }
        guard stored != triedSizes.last else {
            throw malformed("status 409 with the size \(stored) that the proof began at")
        }
        return stored
    }

    private func cosignatures(
        in reply: HTTPExchange.Reply,
        of note: SignedNote
    ) throws(LogClientError) -> [NoteSignature] {
        guard let lines = String(validating: reply.body, as: UTF8.self) else {
            throw malformed("the cosignature is not UTF-8")
        }
        let signatures: [NoteSignature]
        do {
            signatures = try NoteSignature.parse(lines: lines).filter { $0.claims(key) }
        } catch {
            throw malformed(error.reason)
        }
        do {
            _ = try SignedNote(text: note.text, signatures: signatures).verified(by: [key])
        } catch {
            throw LogClientError(.notCosigned, url.service, key.vkey)
        }
        return signatures
    }

    private func malformed(_ what: String) -> LogClientError {
        LogClientError(.answerMalformed, url.service, what)
    }
}
