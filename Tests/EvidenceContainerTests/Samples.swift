import Cryptography
import EvidenceContainer

/// A small container whose "signatures" anyone can check: a word and the digest of the manifest.
enum Samples {
    static let files = [
        ContainerFile(name: "record.json", mediaType: "application/json", contents: [0x7B, 0x7D]),
        ContainerFile(name: "proofs/1.tlog-proof", mediaType: "text/plain", contents: [0x31]),
        ContainerFile(name: "empty.txt", mediaType: "text/plain", contents: []),
    ]

    static func signature(_ word: String, _ manifest: [UInt8]) -> [UInt8] {
        Array(word.utf8) + SHA256.hash(manifest).bytes
    }

    static func signer(
        _ kind: ASiCManifest.SignatureKind,
        _ word: String = "signed"
    ) -> ManifestSigner {
        ManifestSigner(kind) { manifest in signature(word, manifest) }
    }

    static func container() throws -> [UInt8] {
        try EvidenceContainer.make(files: files, signers: [signer(.signature), signer(.timestamp)])
    }

    /// What a caller relies on: the files of a container without findings whose signatures verify,
    /// or nil.
    static func verified(_ bytes: [UInt8]) -> [String: [UInt8]]? {
        guard let container = try? EvidenceContainer(bytes: bytes), container.check().isEmpty else {
            return nil
        }
        let areSigned = container.manifests.allSatisfy { signed in
            signed.signature.map(Array.init) == signature("signed", Array(signed.bytes))
        }
        return areSigned ? contents(container.files) : nil
    }

    static func contents(_ entries: [ZipEntry]) -> [String: [UInt8]] {
        Dictionary(
            entries.map { ($0.name, Array($0.contents)) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
