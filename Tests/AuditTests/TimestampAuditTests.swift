import Audit
import AuditTestSupport
import Cryptography
import Foundation
import Survey
import TestSupport
import Testing
import TransparencyLog

/// Time-stamps over stored checkpoints, by an authority that the stock `openssl` plays.
@Suite struct TimestampAuditTests {
    let records: [[UInt8]]
    let heads: Checkpoints

    private static let authority = Result { try StampingAuthority() }
    private static let stranger = Result { try StampingAuthority() }

    init() throws {
        records = try HonestLog(.collected).records
        heads = Checkpoints(records)
    }

    private var size: Int { records.count }

    /// When the last record was recorded.
    private var end: Date {
        Date(timeIntervalSince1970: Double(Sample.start / 1_000_000) + Double(size - 1))
    }

    private func token(over size: Int, at time: Date) throws -> [UInt8] {
        let digest = SHA256.hash(try heads.note(size).encoded)
        return try Self.authority.get().token(overDigest: digest.hex, at: time)
    }

    private func roots(_ authority: Result<StampingAuthority, any Error>) throws -> Trust {
        Trust(timestampRoots: try TrustedRoots(pem: try authority.get().rootPEM()))
    }

    private func verify(
        _ tokens: [UInt8]...,
        size: Int? = nil,
        only check: Check? = nil,
        trust: Trust = Trust()
    ) throws -> Verdict {
        var source = MemorySource(records)
        source.checkpoints = [try heads.stored(size ?? self.size, timestamps: tokens)]
        return try AuditTests.verify(source, only: check, trust: trust)
    }

    @Test(arguments: [nil, Check.signatures])
    func `A token over the checkpoint's bytes is verified, with roots and without`(
        _ check: Check?
    ) throws {
        let token = try token(over: size, at: end)
        for isTrusted in [false, true] {
            let trust = isTrusted ? try roots(Self.authority) : Trust()
            let verdict = try verify(token, only: check, trust: trust)
            #expect(verdict.findings == [])
            let stamp = try #require(verdict.seal?.timestamp)
            #expect(stamp.treeSize == UInt64(size))
            #expect(stamp.unixMicroseconds == Int64(end.timeIntervalSince1970) * 1_000_000)
            #expect(stamp.authority.contains("tsa"))
            #expect(stamp.isTrusted == isTrusted)
        }
        #expect(try verify(only: check).seal?.timestamp == nil)
    }

    @Test func `A token that leads to none of the auditor's roots does not count`() throws {
        let token = try token(over: size, at: end)
        let verdict = try verify(token, trust: roots(Self.stranger))
        #expect(verdict.findings.map(\.code) == [.timestampMissing])
        expect(verdict, .signatures, nil, "none of the 1 time-stamps")
        #expect(verdict.seal?.timestamp == nil)
        // Beside one that does it is no finding, in whichever order.
        let known = try Self.stranger.get()
            .token(overDigest: SHA256.hash(try heads.note(size).encoded).hex, at: end)
        for tokens in [[token, known], [known, token]] {
            let both = try verify(tokens[0], tokens[1], trust: roots(Self.stranger))
            #expect(both.findings == [])
            #expect(both.seal?.timestamp?.isTrusted == true)
        }
        // But what it says must hold.
        let early = try self.token(over: size, at: end.addingTimeInterval(-310))
        for wrong in [early, try self.token(over: size - 1, at: end)] {
            let codes = try verify(wrong, known, trust: roots(Self.stranger)).findings.map(\.code)
            #expect(codes == [.timestampInvalid])
        }
    }

    @Test(arguments: [nil, Check.signatures])
    func `No token at all is a finding for who named roots, and only for them`(
        _ check: Check?
    ) throws {
        let verdict = try verify(only: check, trust: roots(Self.authority))
        expect(verdict, .timestampMissing, of: .signatures)
        expectOnly(verdict, [.signatures])
        #expect(try verify(only: check).isOK)
    }

    @Test(arguments: [nil, Check.signatures])
    func `A token over another checkpoint is a finding`(_ check: Check?) throws {
        for trust in [Trust(), try roots(Self.authority)] {
            let verdict = try verify(token(over: size - 1, at: end), only: check, trust: trust)
            expect(verdict, .timestampInvalid, of: .signatures)
            expect(verdict, .signatures, nil, "imprintMismatch")
        }
    }

    @Test func `Bytes that are no token are a finding, also beside a right one`() throws {
        let right = try token(over: size, at: end)
        var altered = right
        altered[altered.count - 5] ^= 1
        for wrong in [[], [0], Array("hello".utf8), Array(right.dropLast()), right + [0], altered] {
            expect(try verify(wrong), .timestampInvalid, of: .signatures)
            expect(try verify(right, wrong), .timestampInvalid, of: .signatures)
        }
    }

    @Test func `A token from before the last record under it is a finding`() throws {
        let early = try verify(token(over: size, at: end.addingTimeInterval(-310)))
        expect(early, .timestampInvalid, of: .signatures)
        expect(early, .signatures, nil, "was time-stamped before its last record was recorded")
        // Clocks differ by some minutes.
        #expect(try verify(token(over: size, at: end.addingTimeInterval(-290))).isOK)
        // Records after the checkpoint may be later than its time-stamp.
        let time = end.addingTimeInterval(-310 - Double(size))
        #expect(!(try verify(token(over: 2, at: time), size: 2)).isOK)
        let late = try verify(token(over: 2, at: end.addingTimeInterval(86_400)), size: 2)
        #expect(late.isOK)
        #expect(late.seal?.timestamp?.treeSize == 2)
    }
}
