import Cryptography
import Ledger
import Survey
import TransparencyLog

/// Levels 4 to 6 for one record: was it allowed, is it signed, are its figures true?
extension AuditWalk {
    mutating func replay(_ indexed: IndexedEvent) throws {
        // What could not be decoded is a finding of structure already; the state goes on without.
        guard let recorded = indexed.recorded else { return }
        let index = indexed.index
        let envelope = recorded.envelope
        let event = recorded.event
        var household = HouseholdState()
        let continuesHousehold =
            event.isOfHousehold && envelope.streamVersion > 0
        let named = event.namedHousehold
        if continuesHousehold || named != nil {
            do {
                if let named {
                    household = try householdNamed(named, below: index)
                } else {
                    household = try householdBefore(envelope, index)
                }
            } catch {
                findings.add(
                    .householdUnreadable,
                    index,
                    "its household's earlier events: \(error)"
                )
                return
            }
        }
        try check(recorded, index: index, household: household)
        if checks.contains(.signatures) { note(event.documents, index: index) }
        let after = state.evolve(
            event,
            index: index,
            on: envelope.day,
            by: envelope.actor.user,
            household: household
        )
        if continuesHousehold { households.insert(after, stream: envelope.stream) }
    }

    /// The household as the events below this one tell it.
    ///
    /// By look-ups and not by a walk over the index: those end, however the index is damaged.
    private func householdBefore(
        _ envelope: Envelope,
        _ index: UInt64
    ) throws -> HouseholdState {
        let stream = envelope.stream
        let known = households.household(stream: stream, beforeVersion: envelope.streamVersion)
        if let known { return known }
        var household = HouseholdState()
        for version in 0..<envelope.streamVersion {
            let before = try reader.recordIndex(ofStream: stream, version: version)
            guard let before, before < index else { throw StreamBroken(version: version) }
            var isRight = false
            let exists = try reader.withRecord(before) { bytes in
                let earlier = try EventCodec.decode(bytes)
                isRight =
                    earlier.envelope.stream == stream && earlier.envelope.streamVersion == version
                let (day, user) = (earlier.envelope.day, earlier.envelope.actor.user)
                household.evolve(earlier.event, on: day, by: user)
            }
            guard exists, isRight else { throw StreamBroken(version: version) }
        }
        return household
    }

    /// The household that an objection or a defect names, as the events below the index tell it.
    private mutating func householdNamed(
        _ stream: String,
        below index: UInt64
    ) throws -> HouseholdState {
        // What is remembered was put there by a record below this one.
        var household = households.household(stream: stream) ?? HouseholdState()
        while let before = try reader.recordIndex(ofStream: stream, version: household.version),
            before < index
        {
            var isRight = false
            let version = household.version
            let exists = try reader.withRecord(before) { bytes in
                let earlier = try EventCodec.decode(bytes)
                isRight =
                    earlier.envelope.stream == stream && earlier.envelope.streamVersion == version
                let (day, user) = (earlier.envelope.day, earlier.envelope.actor.user)
                household.evolve(earlier.event, on: day, by: user)
            }
            guard exists, isRight else { throw StreamBroken(version: version) }
        }
        households.insert(household, stream: stream)
        return household
    }

    private mutating func check(
        _ recorded: RecordedEvent,
        index: UInt64,
        household: HouseholdState
    ) throws {
        let event = recorded.event
        if recorded.envelope.stream != event.stream {
            findings.add(
                .streamMismatch,
                index,
                "its stream is \(recorded.envelope.stream), its event belongs to \(event.stream)"
            )
        }
        switch event.kind {
        case .certificationPrepared(let prepared): checkFigures(prepared, index: index)
        case .certificationSigned(let signature): checkSignature(signature, index: index)
        default: break
        }
        let range = range
        let position = LogPosition(
            treeSize: range.treeSize,
            lastRecordedOn: recordTimeBefore?.bangkokDay,
            checkpoint: try checkpoint(drawnBy: event),
            rootHash: { range.rootHash }
        )
        do throws(Rejection) {
            try state.admit(
                event,
                act: recorded.envelope.act,
                household: household,
                position: position
            )
        } catch {
            add(error, index, of: event.eventKind)
        }
    }

    /// A refusal is reported once, by the level it belongs to; by this one when that was not asked
    /// for.
    private mutating func add(_ rejection: Rejection, _ index: UInt64, of kind: EventKind?) {
        let code = FindingCode(rejection, of: kind)
        // Those have been checked, whatever else the rules refuse.
        let isKnown =
            switch rejection.code {
            // Those of a presentation are compared by the rules alone.
            case .figuresMismatch: kind == .certificationPrepared
            case .signatureInvalid, .signatureFormInvalid, .cmsMalformed, .assertionMalformed,
                .assertionElsewhere, .assertionUnverified, .assertionRepeated:
                true
            case .keyUnknown, .certificateUnknown, .passkeyUnknown: code == .signerUnknown
            default: false
            }
        if checks.contains(code.check), isKnown { return }
        findings.add(
            code,
            index,
            "not allowed then: \(rejection)",
            of: checks.contains(code.check) ? code.check : .rules
        )
    }

    private mutating func checkFigures(_ prepared: CertificationPrepared, index: UInt64) {
        certificationCount += 1
        let name = prepared.certification
        let level = state.areas[prepared.area]?.area.level ?? .unspecified
        let figures = state.figures(area: prepared.area, level: level, cycle: prepared.cycle)
        if prepared.figures != figures {
            findings.add(
                .figuresWrong,
                index,
                "the figures of \(name) are not those of the records below it"
            )
        }
        let digest = prepared.figures.digest(cycle: prepared.cycle, area: prepared.area)
        if prepared.figuresDigest != digest.hex {
            findings.add(
                .figuresWrong,
                index,
                "the figures digest of \(name) is not that of its figures"
            )
        }
        // The tree level says it too, and more of it.
        if !checks.contains(.tree), prepared.treeSize != range.treeSize {
            findings.add(.figuresWrong, index, "\(name) claims figures at another tree size")
        }
    }

    private mutating func checkSignature(_ signature: CertificationSignature, index: UInt64) {
        signatureCount += 1
        let person = signature.person
        guard let certification = state.certifications[signature.certification] else {
            let name = signature.certification
            findings.add(.signerUnknown, index, "\(person) signs \(name), which does not exist")
            return
        }
        let statement = certification.prepared.statement
        switch signature.form {
        case .key: checkKeySignature(signature, over: statement, index)
        case .certificate: checkCMS(signature, over: statement, index)
        case .passkey: checkAssertion(signature, over: statement, index)
        case nil:
            findings.add(
                .signatureInvalid,
                index,
                "the signature of \(person) is of no form, or of several"
            )
        }
    }

    private mutating func checkKeySignature(
        _ signature: CertificationSignature,
        over statement: String,
        _ index: UInt64
    ) {
        let person = signature.person
        if !signature.isValid(over: statement) {
            findings.add(
                .signatureInvalid,
                index,
                "the signature of \(person) is not over this statement's bytes"
            )
        }
        if state.persons[person]?.publicKeys[Array(signature.publicKey)] == nil {
            findings.add(.signerUnknown, index, "the key was not \(person)'s when it signed")
        }
    }

    /// Form, bytes and owner; whether anybody vouches for the certificate, the rules tell.
    private mutating func checkCMS(
        _ signature: CertificationSignature,
        over statement: String,
        _ index: UInt64
    ) {
        let person = signature.person
        do throws(Rejection) {
            let signed = try signature.verified(over: statement, knowing: state.certificateRoots)
            if state.persons[person]?.certificates[signed.signer.sha256] == nil {
                findings.add(
                    .signerUnknown,
                    index,
                    "the certificate was not \(person)'s when it signed"
                )
            }
        } catch {
            findings.add(
                .signatureInvalid,
                index,
                error.code == .cmsMalformed
                    ? "the signature of \(person) is no CAdES-B signature"
                    : "the signature of \(person) is not over this statement's bytes"
            )
        }
    }
}

extension AuditWalk {
    /// Owner, page, challenge, bytes and counter.
    private mutating func checkAssertion(
        _ signature: CertificationSignature,
        over statement: String,
        _ index: UInt64
    ) {
        let person = signature.person
        let id = Array(signature.passkey.credentialID)
        guard let passkey = state.persons[person]?.passkeys[id] else {
            findings.add(.signerUnknown, index, "the passkey was not \(person)'s when it signed")
            return
        }
        do throws(Rejection) {
            try signature.verifyAssertion(over: statement, by: passkey)
        } catch {
            findings.add(.signatureInvalid, index, Self.reason(error.code, person))
        }
    }

    private static func reason(_ code: RejectionCode, _ person: String) -> String {
        switch code {
        case .assertionMalformed: "the signature of \(person) is no assertion of a passkey"
        case .assertionElsewhere: "the passkey of \(person) answered another site"
        case .assertionUnverified: "the passkey of \(person) verified nobody"
        case .assertionRepeated:
            "the counter in the signature of \(person) did not grow since the one before"
        default: "the signature of \(person) is not over this statement's bytes"
        }
    }
}

private struct StreamBroken: Error, CustomStringConvertible {
    let version: UInt32

    var description: String { "version \(version) is not found by the stream index" }
}
