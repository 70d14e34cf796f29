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

    /// Nil where the machine's OpenSSL makes none; then the target begins with nothing.
    private static let identity = try? SigningIdentity.ephemeral(
        commonName: "fuzz",
        validFrom: 1_700_000_000,
        validTo: 4_000_000_000
    )

    static let certificate = identity?.certificate.der

    static let signature: [UInt8]? = identity.flatMap { identity in
        try? DetachedSignature.sign(
            signedContent,
            identity: identity,
            signingTime: 1_764_547_200
        ).der
    }

    static let container = try? EvidenceContainer.make(
        files: [ContainerFile(name: "a.txt", mediaType: "text/plain", contents: [1, 2, 3])],
        signers: [ManifestSigner(.signature) { _ in [0x30, 0] }]
    )

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

    private static func made<Value>(_ body: () throws -> Value?) -> Value {
        guard let value = try? body() else { preconditionFailure("a sample cannot be made") }
        return value
    }
}
