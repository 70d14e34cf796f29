import Cryptography
import Survey

/// Level 4 for papers: is what the records name there, and is it what they name?
extension AuditWalk {
    /// One paper as one record names it.
    struct NamedDocument {
        let index: UInt64
        let sha256: Digest
        let byteCount: UInt64
    }

    /// Keeps what is to be read at the end: many records may name one paper.
    mutating func note(_ documents: [Document], index: UInt64) {
        for document in documents {
            // The rules say so of one that is malformed.
            guard let sha256 = Digest(hex: document.sha256) else { continue }
            namedDocuments.append(
                NamedDocument(index: index, sha256: sha256, byteCount: document.byteCount)
            )
        }
    }

    mutating func checkAttachments(_ heartbeat: () throws -> Void) throws {
        var attachments: [Digest: AttachmentState] = [:]
        for document in namedDocuments {
            let known = attachments[document.sha256]
            let attachment = try known ?? reader.attachment(document.sha256)
            if known == nil {
                attachments[document.sha256] = attachment
                try heartbeat()
            }
            check(document, attachment)
        }
    }

    private mutating func check(_ document: NamedDocument, _ attachment: AttachmentState) {
        let name = "the document \(document.sha256.hex)"
        if attachment != .notKept { attachmentCount += 1 }
        switch attachment {
        case .notKept: break
        case .missing:
            findings.add(
                .attachmentMissing,
                document.index,
                "\(name) is not in attachments/"
            )
        case .unreadable(let reason):
            findings.add(.attachmentWrong, document.index, "\(name): \(reason)")
        case .read(let sha256, let byteCount):
            if sha256 != document.sha256 {
                findings.add(
                    .attachmentWrong,
                    document.index,
                    "\(name) has other bytes: their SHA-256 is \(sha256.hex)"
                )
            } else if byteCount != document.byteCount {
                findings.add(
                    .attachmentWrong,
                    document.index,
                    "\(name) has \(byteCount) bytes, the record says \(document.byteCount)"
                )
            }
        }
    }
}
