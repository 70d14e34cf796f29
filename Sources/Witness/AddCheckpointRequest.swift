import Cryptography
import TransparencyLog

/// What a log asks of a witness (c2sp.org/tlog-witness v1.0.0, "add-checkpoint").
///
///     old <tree size>
///     <base64 of a hash of the consistency proof>
///     …
///     <empty line>
///     <signed checkpoint>
package struct AddCheckpointRequest {
    /// The most bytes of a request: some 600 for the proof, the rest for signatures.
    static let byteCountMax = 64 * 1024

    private static let hashCountMax = 63

    private static let newline = UInt8(ascii: "\n")

    let oldSize: UInt64
    let proof: ConsistencyProof
    let note: SignedNote
    let checkpoint: Checkpoint

    /// Reads a request in its one spelling.
    package init(bytes: [UInt8]) throws(Malformed) {
        guard bytes.count <= Self.byteCountMax else {
            throw Malformed(reason: "A request has at most \(Self.byteCountMax) bytes.")
        }
        guard
            let separator = bytes.indices.dropLast().first(where: { index in
                bytes[index] == Self.newline && bytes[index + 1] == Self.newline
            })
        else {
            throw Malformed(reason: "There is no empty line before the checkpoint.")
        }
        let lines = bytes[..<separator].split(
            separator: Self.newline,
            omittingEmptySubsequences: false
        ).map { line in String(decoding: line, as: UTF8.self) }
        // `UInt64` also reads a sign and leading zeroes; writing it again shows them.
        guard
            let first = lines.first,
            let oldSize = UInt64(Substring(first.utf8.dropFirst("old ".utf8.count))),
            first.utf8.elementsEqual("old \(oldSize)".utf8)
        else {
            throw Malformed(reason: "The first line is the word old and a tree size in decimal.")
        }
        guard lines.count - 1 <= Self.hashCountMax else {
            throw Malformed(reason: "A consistency proof has at most \(Self.hashCountMax) hashes.")
        }
        var path: [Digest] = []
        for line in lines.dropFirst() {
            guard let hash = Digest(base64: line) else {
                throw Malformed(reason: "Hash \(path.count + 1) is not 32 bytes in base64.")
            }
            path.append(hash)
        }
        self.oldSize = oldSize
        proof = ConsistencyProof(path: path)
        do {
            note = try SignedNote(bytes: Array(bytes[(separator + 2)...]))
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw Malformed(reason: error.reason)
        }
    }

    /// Why the bytes are no request.
    package struct Malformed: Error {
        let reason: String
    }
}
