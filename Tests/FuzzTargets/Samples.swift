import Cryptography
import EvidenceContainer
import TransparencyLog

/// Inputs that are accepted, made of fixed keys.
enum Samples {
    private static let origin = "bmn.example.th/ledger"

    private static let leafHashes = (0..<8).map { MerkleTree.leafHash(of: [UInt8($0)]) }

    private static let treeHead: TreeHead = {
        var range = CompactRange()
        for leafHash in leafHashes { range.append(leafHash) }
        return range.treeHead
    }()

    private static func key(_ number: UInt8) -> Ed25519PrivateKey {
        made { try Ed25519PrivateKey(seed: [UInt8](repeating: number, count: 32)) }
    }

    private static let signer = made { try NoteSigner(name: origin, privateKey: key(1)) }

    private static let cosigner = made { try Cosigner(name: "w.example/1", privateKey: key(2)) }

    static let note: SignedNote = made {
        let checkpoint = try Checkpoint(origin: origin, treeHead: treeHead)
        return try SignedNote(
            text: checkpoint.text,
            signatures: [
                try signer.sign(checkpoint.text),
                try cosigner.cosign(checkpoint, time: 1_764_547_200),
            ]
        )
    }

    static let proof: TLogProof = made {
        let inclusion = try InclusionProof(leafIndex: 5, treeSize: 8) { subtree in
            let first = Int(subtree.index) << subtree.level
            return MerkleTree.rootHash(ofEqualParts: leafHashes[first..<first + 1 << subtree.level])
        }
        return try TLogProof(inclusion: inclusion, note: note, extra: [1, 2, 3])
    }

    static let policy = """
        # whose checkpoints count
        log \(signer.verifierKey.vkey) https://log.example
        witness w1 \(cosigner.verifierKey.vkey)
        group all-of-them all w1
        quorum all-of-them

        """

    static let record =
        #"{"index":"0","previous":"\#(String(repeating: "0", count: 64))","#
        + #""recordedAt":"2018-02-01T02:00:00.000000Z","stream":"ledger","streamVersion":0,"#
        + #""commandId":"01614f17-9100-7000-9384-54127b096493","actor":{"user":"a","#
        + #""capacity":"b","authentication":"c"},"event":{"certificationIssued":"#
        + #"{"certification":"c-1"}}}"#

    static let signedContent = Array("what is signed".utf8)

    /// Made with `openssl req` by a throw-away key, so that each run begins with the same bytes.
    static let certificate: [UInt8] = made {
        Base64.decode(
            """
            MIIBhjCCASugAwIBAgIUcPgxBPqj2fmiw8yATHToO1vxsK0wCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEZnV6\
            ejAgFw0yNjExMjMwNDMwNDVaGA8yMTI2MTAzMDA0MzA0NVowDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49\
            AgEGCCqGSM49AwEHA0IABGMawLczP07jA5hl4gKpYsVilu4mEXB6ZKiJEgfrpr8lt44KSrotvdwaB8CQqSiM\
            Xz3FU/oqofzu9fkL23d2DJejYzBhMB0GA1UdDgQWBBTwVolvLAt6+neLdnJGJivEVqb7gzAfBgNVHSMEGDAW\
            gBTwVolvLAt6+neLdnJGJivEVqb7gzAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIGwDAKBggqhkjO\
            PQQDAgNJADBGAiEA3OIUa4zHk/vkD/jAt5cI3JNh5MRu/WogPt1n+yS9pQMCIQDrS6Qw2uks2jGeBoGOi0jL\
            6zQdYfxLCHCJRH7snlzt6w==
            """
        )
    }

    /// Made with `openssl cms` by the same key, over `signedContent`.
    static let signature: [UInt8] = made {
        Base64.decode(
            """
            MIIDJwYJKoZIhvcNAQcCoIIDGDCCAxQCAQExDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBoIIBijCCAYYw\
            ggEroAMCAQICFHD4MQT6o9n5osPMgEx06Dtb8bCtMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBGZ1enowIBcN\
            MjYxMTIzMDQzMDQ1WhgPMjEyNjEwMzAwNDMwNDVaMA8xDTALBgNVBAMMBGZ1enowWTATBgcqhkjOPQIBBggq\
            hkjOPQMBBwNCAARjGsC3Mz9O4wOYZeICqWLFYpbuJhFwemSoiRIH66a/JbeOCkq6Lb3cGgfAkKkojF89xVP6\
            KqH87vX5C9t3dgyXo2MwYTAdBgNVHQ4EFgQU8FaJbywLevp3i3ZyRiYrxFam+4MwHwYDVR0jBBgwFoAU8FaJ\
            bywLevp3i3ZyRiYrxFam+4MwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCBsAwCgYIKoZIzj0EAwID\
            SQAwRgIhANziFGuMx5P75A/4wLeXCNyTYeTEbv1qID7dZ/skvaUDAiEA60ukMNrpLNoxngaBjotIy+s0HWH8\
            SwhwiUR+7J5c7esxggFjMIIBXwIBATAnMA8xDTALBgNVBAMMBGZ1enoCFHD4MQT6o9n5osPMgEx06Dtb8bCt\
            MAsGCWCGSAFlAwQCAaCBzzAYBgkqhkiG9w0BCQMxCwYJKoZIhvcNAQcBMBwGCSqGSIb3DQEJBTEPFw0yNjEx\
            MjMwNDMyMTBaMC8GCSqGSIb3DQEJBDEiBCCBmJNDTE/pgYapPOJ4LHpzAjpGtYiwibtVn5j8S4lcPDBkBgsq\
            hkiG9w0BCRACLzFVMFMwUTBPBCC/fv5Giz9gqQjbSvGI/Yj8dFqrl1eh3da3qp7eEabRejArMBOkETAPMQ0w\
            CwYDVQQDDARmdXp6AhRw+DEE+qPZ+aLDzIBMdOg7W/GwrTAKBggqhkjOPQQDAgRGMEQCICP0NLJgMNPCm9df\
            d3J06PX672E5XbhbC9ykaJ8WRbSwAiBcVeShC0HtxH+k2Hf7FiVMDuG/bOC6g3ahYV0fsIoafA==
            """
        )
    }

    static let container: [UInt8] = made {
        try EvidenceContainer.make(
            files: [ContainerFile(name: "a.txt", mediaType: "text/plain", contents: [1, 2, 3])],
            signers: [ManifestSigner(.signature) { _ in [0x30, 0] }]
        )
    }

    static let manifest: [UInt8] = made {
        try EvidenceContainer(bytes: container).manifests.first.map { Array($0.bytes) }
    }

    /// The claimed size in two bytes, then DEFLATE: a stored block, one with fixed codes, and one with
    /// codes of its own, as zlib writes it.
    static let deflated: [[UInt8]] = made {
        guard
            let own = Base64.decode(
                "7YyxDYBADANBoqGjoOB7Fnnbr+y/Eboh6FJFztk35U3OvlyHVaeda9lDykuO6oFXfHPJ/OH06JPZw2f72te+9v3k"
                    + "+wA="
            )
        else { return nil }
        return [
            [0, 3, 1, 3, 0, 0xFC, 0xFF, 7, 8, 9], [0, 4, 0x4B, 0x4C, 0x4C, 0x4C, 0x04, 0x00],
            [0x04, 0xB0] + own,
        ]
    }

    /// Made with `openssl ts` by a throw-away key: a response with a token over 32 zero bytes.
    static let timestampResponse: [UInt8] = made {
        Base64.decode(
            """
            MIIDZTADAgEAMIIDXAYJKoZIhvcNAQcCoIIDTTCCA0kCAQMxDzANBglghkgBZQMEAgEFADBnBgsqhkiG9w0BCRAB\
            BKBYBFYwVAIBAQYDKgMEMDEwDQYJYIZIAWUDBAIBBQAEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
            AgECGA8yMDI2MTEyMzAyMzcxOVowAwIBAaCCAYYwggGCMIIBJ6ADAgECAhRW06JEvKuYQ/UNZoMgJtXQMKrmQjAK\
            BggqhkjOPQQDAjATMREwDwYDVQQDDAhUZXN0IFRTQTAgFw0yNjExMjMwMjM3MThaGA8yMTI2MTAzMDAyMzcxOFow\
            EzERMA8GA1UEAwwIVGVzdCBUU0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATFZru2P3trPCMRUpsSfQ4hJO/E\
            qGkn5EB4UMPlWgWcXUEHH+Y6209kDrViWF18IL0Y78RJiYcmfDBNBotku+v0o1cwVTAMBgNVHRMBAf8EAjAAMA4G\
            A1UdDwEB/wQEAwIHgDAWBgNVHSUBAf8EDDAKBggrBgEFBQcDCDAdBgNVHQ4EFgQUNzxH03hr5RxN9s6Q8h7YwG4l\
            u10wCgYIKoZIzj0EAwIDSQAwRgIhAIG9XxSHM1G7C0t8RrpBHiSsoK6rt1Goytovt+NvuaEiAiEA1/eF2+cFIJv+\
            MANpBOz9zVEc34a5Eiulh+MUFidQNN0xggE+MIIBOgIBATArMBMxETAPBgNVBAMMCFRlc3QgVFNBAhRW06JEvKuY\
            Q/UNZoMgJtXQMKrmQjANBglghkgBZQMEAgEFAKCBpDAaBgkqhkiG9w0BCQMxDQYLKoZIhvcNAQkQAQQwHAYJKoZI\
            hvcNAQkFMQ8XDTI2MTEyMzAyMzcxOVowLwYJKoZIhvcNAQkEMSIEIBwx3yyosmCQyRRTsanyOSf4vBLWEN7Z+BqD\
            TtJlH/EkMDcGCyqGSIb3DQEJEAIvMSgwJjAkMCIEIBpNt9W1PHuL/XQa4HLCWz30ZjPts58fSaT/yqqkL5iyMAoG\
            CCqGSM49BAMCBEYwRAIgN4ckLB1lM5bDg4/DJrbPDvvS2dlPvotQwS9cFwICb4kCIFcyTzDVvkBL9MN/BkU19otK\
            Fpz1fvEktnsvzxZCAYpq
            """
        )
    }

    static func made<Value>(_ body: () throws -> Value?) -> Value {
        guard let value = try? body() else { preconditionFailure("a sample cannot be made") }
        return value
    }
}
