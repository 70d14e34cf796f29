import Cryptography
import TestSupport
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct TimestampRefusalTests {
    private let stamps: TestTimestampAuthority

    init() throws { stamps = try TestTimestampAuthority() }

    /// What is wrong with a token: with the roots, and without.
    private func refusals(
        _ der: [UInt8],
        root: String = "root"
    ) -> [CryptographyError.Code?] {
        [
            .thrown {
                let roots = try stamps.authority.roots(root)
                _ = try TimestampToken(der: der).verify(imprint: stamps.imprint, roots: roots)
            },
            .thrown {
                _ = try TimestampToken(der: der).verifyWithoutChain(imprint: stamps.imprint)
            },
        ]
    }

    @Test func `Another digest or another nonce is refused`() throws {
        defer { stamps.tool.cleanUp() }
        let token = try stamps.token()
        let roots = try stamps.authority.roots()
        for imprint in [.zero, SHA256.hash(stamps.message + [0])] {
            #expect(throws: CryptographyError(.imprintMismatch, "")) {
                try token.verify(imprint: imprint, roots: roots)
            }
            #expect(throws: CryptographyError(.imprintMismatch, "")) {
                try token.verifyWithoutChain(imprint: imprint)
            }
        }
        for nonce in [[], [0], [1], stamps.nonce + [0], Array(stamps.nonce.dropLast())] {
            #expect(throws: CryptographyError(.nonceMismatch, "")) {
                try token.verify(imprint: stamps.imprint, nonce: nonce, roots: roots)
            }
        }
        let request = try TimestampRequest(imprint: stamps.imprint)
        let without = try TimestampResponse(der: stamps.answer(to: request)).token()
        #expect(without.nonce == nil)
        #expect(throws: CryptographyError(.nonceMismatch, "")) {
            try without.verify(imprint: stamps.imprint, nonce: stamps.nonce, roots: roots)
        }
    }

    @Test func `Only a certificate for exactly that, and critical, gives timestamps`() throws {
        defer { stamps.tool.cleanUp() }
        let token = try stamps.token()
        let usage = "keyUsage=critical,digitalSignature"
        for (extensions, code) in [
            (TestAuthority.stampExtensions, nil),
            (["extendedKeyUsage=critical,timeStamping"], nil),
            (TestAuthority.signerExtensions, .certificateUsage),
            ([usage, "extendedKeyUsage=timeStamping"], .certificateUsage),
            ([usage, "extendedKeyUsage=critical,timeStamping,emailProtection"], .certificateUsage),
            ([usage, "extendedKeyUsage=critical,timeStamping,1.2.3.4"], .certificateUsage),
            ([usage, "extendedKeyUsage=critical,serverAuth"], .certificateUsage),
            (
                ["keyUsage=keyAgreement", "extendedKeyUsage=critical,timeStamping"],
                .certificateUsage
            ),
        ] as [([String], CryptographyError.Code?)] {
            try stamps.authority.issue("other", subject: "/CN=Other", extensions: extensions)
            let der = try stamps.resigned(token, by: "other")
            #expect(refusals(der) == [code, code], "\(extensions)")
        }
    }

    @Test func `Another root, or another signer than named, is refused`() throws {
        defer { stamps.tool.cleanUp() }
        let authority = stamps.authority
        let extensions = TestAuthority.authorityExtensions
        try authority.issue("twin", subject: "/CN=Root", by: nil, extensions: extensions)
        let token = try stamps.token(["tsa_name = yes"])
        #expect(refusals(token.der) == [nil, nil])
        #expect(refusals(token.der, root: "twin") == [.untrustedCertificate, nil])
        try authority.issue(
            "other",
            subject: "/CN=Other",
            extensions: TestAuthority.stampExtensions
        )
        let renamed = try stamps.resigned(token, by: "other")
        #expect(refusals(renamed) == [.signerMismatch, .signerMismatch])
    }

    @Test func `What an authority's signature lacks is told`() throws {
        defer { stamps.tool.cleanUp() }
        let token = try stamps.token()
        let usual = ["-cades", "-md", "sha256"]
        for (options, code) in [
            (usual, nil), (["-md", "sha256"], .signerMismatch),
            (usual + ["-nocerts"], .malformedTimestamp),
            (["-md", "sha256", "-noattr"], .malformedTimestamp),
            (["-md", "sha1", "-cades"], .weakAlgorithm),
            (usual + ["-signer", "root.pem", "-inkey", "root.key"], .malformedTimestamp),
        ] as [([String], CryptographyError.Code?)] {
            let der = try stamps.resigned(token, by: "tsa", options)
            #expect(refusals(der) == [code, code], "\(options)")
        }
        let document = try stamps.authority.stockSignature([1], by: "tsa", usual + ["-nodetach"])
        #expect(refusals(document) == [.malformedTimestamp, .malformedTimestamp])
        var altered = token.der
        altered[altered.count - 1] ^= 0x01
        #expect(refusals(altered) == [.signatureMismatch, .signatureMismatch])
        altered = token.der
        let time = try #require(altered.ranges(of: Array("Z".utf8)).first).lowerBound - 1
        altered[time] ^= 0x01
        #expect(refusals(altered) == [.signatureMismatch, .signatureMismatch])
    }

    @Test func `What an authority states must be what RFC 3161 has it state`() throws {
        defer { stamps.tool.cleanUp() }
        let fields: [(fields: [String: String], isRead: Bool)] = [
            ([:], true), (["version": "INTEGER:2"], false),
            (["algorithm": "OID:sha512"], false), (["digest": "FORMAT:HEX,OCT:00"], false),
            (["nonce": "INTEGER:-5"], false), (["nonce": "INTEGER:5"], true),
            (["serial": "INTEGER:-5"], true),
            (["accuracy": "SEQUENCE:accuracy", "sections": "[accuracy]\ns=INTEGER:1"], true),
            (["accuracy": "SEQUENCE:accuracy", "sections": "[accuracy]\ns=INTEGER:-1"], false),
            (
                [
                    "accuracy": "SEQUENCE:accuracy",
                    "sections": "[accuracy]\ns=INTEGER:0xFFFFFFFFFFFFFFFFFF",
                ], false
            ),
            (
                [
                    "accuracy": "SEQUENCE:accuracy",
                    "sections": "[accuracy]\nm=IMP:0,INTEGER:1000",
                ], false
            ),
            (
                [
                    "extensions": "IMP:1,SEQUENCE:all",
                    "sections": "[all]\ne=SEQUENCE:e\n[e]\ni=OID:1.2.3\nc=BOOL:TRUE\nv=OCT:x",
                ], false
            ),
            (
                [
                    "extensions": "IMP:1,SEQUENCE:all",
                    "sections": "[all]\ne=SEQUENCE:e\n[e]\ni=OID:1.2.3\nv=OCT:x",
                ], true
            ),
        ]
        for (fields, isRead) in fields {
            let der = try stamps.token(stating: fields)
            let code: CryptographyError.Code? = isRead ? nil : .malformedTimestamp
            #expect(refusals(der) == [code, code], "\(fields)")
        }
    }

    @Test func `A refusal says what the authority found`() throws {
        defer { stamps.tool.cleanUp() }
        let request = try TimestampRequest(imprint: stamps.imprint)
        let answer = try stamps.answer(to: request, ["digests = sha512"])
        let response = try TimestampResponse(der: answer)
        #expect(response.status == .rejection)
        #expect(response.failures == [.badAlgorithm])
        #expect(!response.statusTexts.joined().isEmpty)
        #expect(response.tokenDER == nil)
        #expect(throws: CryptographyError(.timestampRefused, "")) { try response.token() }
        for (hex, isRead) in [
            ("3005300302010200", false), ("30053003020102", true), ("30053003020103", true),
            ("30053003020100", false), ("30053003020106", false), ("300530030201FF", false),
            ("3080300302010200", false), ("308030030201020000", true), ("3000", false),
            ("", false),
        ] {
            let der = try #require(Hex.decode(hex.lowercased()))
            let code = CryptographyError.Code.thrown { _ = try TimestampResponse(der: der) }
            #expect(code == (isRead ? nil : .malformedTimestamp), "\(hex)")
        }
    }

    @Test func `Answer and token end where they end`() throws {
        defer { stamps.tool.cleanUp() }
        let request = try TimestampRequest(imprint: stamps.imprint)
        let answer = try stamps.answer(to: request)
        let token = try TimestampResponse(der: answer).token()
        #expect(answer.suffix(token.der.count) == token.der[...])
        let refusal = CryptographyError(.malformedTimestamp, "")
        for count in 0..<token.der.count {
            #expect(throws: refusal) { try TimestampToken(der: Array(token.der.prefix(count))) }
        }
        for count in 0..<answer.count {
            #expect(throws: refusal) { try TimestampResponse(der: Array(answer.prefix(count))) }
        }
        let long = [UInt8](repeating: 0x30, count: TimestampResponse.byteCountLimit + 1)
        #expect(throws: refusal) { try TimestampToken(der: token.der + [0]) }
        #expect(throws: refusal) { try TimestampResponse(der: answer + [0]) }
        #expect(throws: refusal) { try TimestampToken(der: answer) }
        #expect(throws: refusal) { try TimestampResponse(der: token.der) }
        #expect(throws: refusal) { try TimestampToken(der: long) }
        #expect(throws: refusal) { try TimestampResponse(der: long) }
    }

    @Test func `No random mutation crashes, or passes with another statement`() throws {
        defer { stamps.tool.cleanUp() }
        var generator = SeededGenerator.announced(for: "mutated timestamps")
        let request = try TimestampRequest(imprint: stamps.imprint, nonce: stamps.nonce)
        let answer = try stamps.answer(to: request)
        let token = try TimestampResponse(der: answer).token()
        let roots = try stamps.authority.roots()
        for _ in 0..<600 {
            guard
                let response = try? TimestampResponse(der: generator.mutation(of: answer)),
                let read = try? response.token()
            else { continue }
            #expect(throws: CryptographyError.self) {
                try read.verify(imprint: .zero, roots: roots)
            }
            let verified = try? read.verify(imprint: stamps.imprint, roots: roots)
            if verified != nil {
                #expect(read.unixMicroseconds == token.unixMicroseconds)
                #expect(read.nonce == token.nonce)
                #expect(read.serialHex == token.serialHex)
            }
            _ = try? read.verifyWithoutChain(imprint: stamps.imprint)
        }
    }
}
