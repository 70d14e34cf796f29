package import Cryptography
package import DurableFiles

/// The papers that records name, beside the ledger, each under the SHA-256 of its bytes.
package struct AttachmentFolder: Sendable {
    /// As much as a record may say that a paper has.
    package static let byteCountMaximum: UInt64 = 1 << 30

    package let path: String

    package init(_ directory: LedgerDirectory) { path = directory.attachmentsFolder }

    package func file(_ sha256: Digest) -> String { "\(path)/\(sha256.hex)" }

    /// What a file's bytes come to.
    package struct Content: Sendable, Hashable {
        package let sha256: Digest
        package let byteCount: UInt64

        package init(_ bytes: [UInt8]) {
            (sha256, byteCount) = (SHA256.hash(bytes), UInt64(bytes.count))
        }

        fileprivate init(sha256: Digest, byteCount: UInt64) {
            (self.sha256, self.byteCount) = (sha256, byteCount)
        }
    }

    /// Reads a whole paper; nil where it is missing.
    package func content(_ sha256: Digest) throws(FileError) -> Content? {
        try Self.content(of: file(sha256))
    }

    /// Reads a file, a block at a time; nil where it is missing.
    package static func content(
        of path: String,
        forEachBlock body: ([UInt8]) throws(FileError) -> Void = { _ in }
    ) throws(FileError) -> Content? {
        var hasher = SHA256()
        var byteCount: UInt64 = 0
        let exists = try DurableFile.forEachBlock(
            of: path,
            byteCountMaximum: byteCountMaximum
        ) { (block) throws(FileError) in
            hasher.update(block)
            byteCount += UInt64(block.count)
            try body(block)
        }
        return exists ? Content(sha256: hasher.finalize(), byteCount: byteCount) : nil
    }
}
