import Cryptography
import Foundation
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct TimestampTests {
    @Test func `A request without nonce has the bytes that everyone's has`() throws {
        let imprint = SHA256.hash(Array("hello ledger\n".utf8))
        let request = try TimestampRequest(imprint: imprint)
        let expected =
            "30390201013031300d060960864801650304020105000420"
            + "a8496f58b5ccff69d451acf438db6ca951b6a94f458cfa030564d516598fcf340101ff"
        #expect(Hex.encode(request.der) == expected)
        #expect(request.der.count == 59)
    }

    @Test func `A nonce is a positive number of up to 32 bytes`() throws {
        let tool = try OpenSSLTool()
        defer { tool.cleanUp() }
        for (nonce, spelled) in [
            ([0], "0x0"), ([0x7F], "0x7F"), ([0xFF, 0x01], "0xFF01"), ([0, 0, 0x80], "0x80"),
        ] as [([UInt8], String)] {
            let request = try TimestampRequest(imprint: .zero, nonce: nonce)
            try tool.write(request.der, to: "q.tsq")
            let printed = try tool.run("ts", "-query", "-in", "q.tsq", "-text").output
            #expect(printed.contains("Nonce: \(spelled)\n"))
            #expect(printed.contains("Certificate required: yes"))
        }
        for nonce in [[], [UInt8](repeating: 1, count: 33)] {
            #expect(throws: CryptographyError(.malformedTimestamp, "")) {
                try TimestampRequest(imprint: .zero, nonce: nonce)
            }
        }
    }

    @Test(arguments: [TestAuthority.Key.p256, .rsa2048], ["sha1", "sha256"])
    func `A stock authority's timestamp is checked here and by the stock tool`(
        key: TestAuthority.Key,
        identifierDigest: String
    ) throws {
        let stamps = try TestTimestampAuthority(key: key)
        defer { stamps.tool.cleanUp() }
        let before = Int64(Date().timeIntervalSince1970)
        let answer = try stamps.answer(
            to: TimestampRequest(imprint: stamps.imprint, nonce: stamps.nonce),
            identifierDigest: identifierDigest,
            ["accuracy = secs:1, millisecs:500, microsecs:100", "clock_precision_digits = 3"]
        )
        let response = try TimestampResponse(der: answer)
        #expect(response.status == .granted)
        #expect(response.failures.isEmpty)
        let token = try response.token()
        let certificate = try stamps.authority.certificate("tsa")
        #expect(token.imprint == stamps.imprint)
        #expect(token.nonce == Array(stamps.nonce.dropFirst()))
        #expect(token.policy == "1.2.3.4.1")
        #expect(token.serialHex == "02")
        #expect(token.accuracyMicroseconds == 1_500_100)
        #expect(token.authority == "CN=TSA,O=หน่วยงาน")
        #expect(token.unixMicroseconds / 1_000_000 >= before)

        let verified = try token.verify(
            imprint: stamps.imprint,
            nonce: stamps.nonce,
            roots: stamps.authority.roots()
        )
        #expect(verified.authority == certificate)
        #expect(verified.unixMicroseconds == token.unixMicroseconds)
        _ = try token.verify(imprint: stamps.imprint, roots: stamps.authority.roots())
        #expect(try token.verifyWithoutChain(imprint: stamps.imprint) == verified)

        try stamps.tool.write(token.der, to: "stored")
        try stamps.authority.run([
            "ts", "-verify", "-data", "message", "-token_in", "-in", "stored", "-CAfile",
            "root.pem",
        ])
        try stamps.authority.run([
            "ts", "-verify", "-queryfile", "q.tsq", "-in", "r.tsr", "-CAfile", "root.pem",
        ])
    }

    @Test func `A statement's time is read to the microsecond, and only in its one form`() throws {
        let stamps = try TestTimestampAuthority()
        defer { stamps.tool.cleanUp() }
        for (text, microseconds) in [
            ("20251201000000Z", 1_764_547_200_000_000),
            ("20251201000000.25Z", 1_764_547_200_250_000),
            ("20240229235959.9999999Z", 1_709_251_199_999_999),
            ("19691231235959.5Z", -500_000),
            ("20251301000000Z", nil), ("20251201000060Z", nil), ("20251201000000.Z", nil),
            ("20251201000000,5Z", nil), ("20251201000000.5xZ", nil), ("202512010000Z", nil),
            ("20251201000000", nil), ("20251201000000+0700", nil), ("Z", nil), ("", nil),
        ] as [(String, Int64?)] {
            let der = try stamps.token(stating: ["time": "IMP:24U,FORMAT:ASCII,OCT:\(text)"])
            if let microseconds {
                let token = try TimestampToken(der: der)
                #expect(token.unixMicroseconds == microseconds, "\(text)")
                #expect(token.serialHex == "2a")
                #expect(token.nonce == nil)
                #expect(token.accuracyMicroseconds == nil)
            } else {
                #expect(throws: CryptographyError(.malformedTimestamp, ""), "\(text)") {
                    try TimestampToken(der: der)
                }
            }
        }
    }

    @Test func `The authority's certificate must have been valid at the timestamp's time`() throws {
        let stamps = try TestTimestampAuthority(from: "20240101000000Z", to: "20251231235959Z")
        defer { stamps.tool.cleanUp() }
        for (time, code) in [
            ("20251231235958Z", nil), ("20240101000000Z", nil),
            ("20231231235959Z", .certificateNotYetValid), ("20260101000000Z", .certificateExpired),
            // A fraction before the first second is still too early.
            ("20231231235959.9Z", .certificateNotYetValid),
            ("19691231235959.9Z", .certificateNotYetValid),
        ] as [(String, CryptographyError.Code?)] {
            let der = try stamps.token(stating: ["time": "IMP:24U,FORMAT:ASCII,OCT:\(time)"])
            let token = try TimestampToken(der: der)
            let withRoots = CryptographyError.Code.thrown {
                _ = try token.verify(imprint: stamps.imprint, roots: stamps.authority.roots())
            }
            let withoutChain = CryptographyError.Code.thrown {
                _ = try token.verifyWithoutChain(imprint: stamps.imprint)
            }
            #expect(withRoots == code, "\(time)")
            #expect(withoutChain == code, "\(time)")
        }
    }
}
