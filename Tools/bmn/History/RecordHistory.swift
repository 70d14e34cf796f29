import CertificationsProjection
import Cryptography
import Foundation
import Ledger
import LedgerReader
import OfficeLists
import ProjectionRuntime
import Survey

/// The histories of an order, of a village's targets and of a certification.
enum RecordHistory {
    static func order(
        _ id: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [ActEntry] {
        let records = try snapshot.records(ofStream: "order/\(id)")
        guard case .orderIssued(let order) = records.first?.event.kind else {
            throw Rejection(.orderUnknown, id)
        }
        return records.compactMap { record in
            guard let kind = record.event.eventKind else { return nil }
            return ActEntry(record, kind, facts(of: record.event, order))
        }
    }

    private static func facts(of event: Event, _ order: Order) -> [ActEntry.Fact] {
        switch event.kind {
        case .orderIssued:
            ActEntry.facts(of: order) + [ActEntry.appointed(order.appointments, order)]
        case .orderAmended(let amendment):
            ActEntry.facts(of: amendment) + [
                ActEntry.appointed(amendment.added, order),
                ActEntry.removed(amendment.removedPersons), .reason(amendment.reason),
            ]
        case .orderRevoked(let revocation):
            ActEntry.facts(of: revocation) + [.reason(revocation.reason)]
        case .orderCirculated(let circulation):
            [
                .text(
                    "to_areas",
                    "แจ้งเวียนถึง",
                    "circulated to",
                    circulation.toAreas.joined(separator: " ")
                ),
                .day("circulated_on", "เมื่อ", "on", circulation.circulatedOn),
                .text("document_number", "ที่", "number", circulation.documentNumber),
            ]
        case .orderSubmitted(let submission):
            [
                .text("to_area", "ส่งถึง", "submitted to", submission.toArea),
                .day("submitted_on", "เมื่อ", "on", submission.submittedOn),
                .text("document_number", "ที่", "number", submission.documentNumber),
            ]
        default: []
        }
    }

    /// Of all LAOs that the village has targets in.
    static func target(
        _ village: String,
        _ cycle: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [ActEntry] {
        var last: [String: Target] = [:]
        let entries = try snapshot.records(ofKinds: [.targetSet, .targetRevised])
            .compactMap { record -> ActEntry? in
                let (set, reason) = targetSet(by: record.event)
                guard let target = set, target.cycle == cycle, target.village == village else {
                    return nil
                }
                let before = last.updateValue(target, forKey: target.lao)
                return ActEntry(
                    record,
                    reason.isEmpty ? .targetSet : .targetRevised,
                    [
                        .text("cycle", "รอบปี", "cycle", target.cycle),
                        .text("lao", "อปท.", "LAO", target.lao),
                        ActEntry.Fact(
                            ListTitle("households", "ครัวเรือน", "households"),
                            .number(Int(target.households)),
                            from: before.map { .number(Int($0.households)) }
                        ),
                        ActEntry.Fact(
                            ListTitle("questionnaires", "แบบสอบถาม", "questionnaires"),
                            .number(Int(target.questionnaires)),
                            from: before.map { .number(Int($0.questionnaires)) }
                        ),
                        .reason(reason),
                    ]
                )
            }
        guard !entries.isEmpty else { throw Rejection(.targetNotSet, village) }
        return entries
    }

    /// The target that an event sets, with the reason where it changes one.
    private static func targetSet(by event: Event) -> (Target?, String) {
        switch event.kind {
        case .targetSet(let target): return (target, "")
        case .targetRevised(let revision):
            var target = Target()
            target.cycle = revision.cycle
            target.village = revision.village
            target.lao = revision.lao
            target.households = revision.households
            target.questionnaires = revision.questionnaires
            return (target, revision.reason)
        default: return (nil, "")
        }
    }
}

/// What became of a certification, and which later record overtook it.
extension RecordHistory {
    static func certification(
        _ id: String,
        _ models: borrowing ReadModels
    ) throws -> [ActEntry] {
        let records = try models.snapshot.records(ofStream: "certification/\(id)")
        guard !records.isEmpty else { throw Rejection(.certificationUnknown, id) }
        var entries = records.compactMap { record in
            record.event.eventKind.map { ActEntry(record, $0, facts(of: record.event)) }
        }
        let row = try models.read { db in try CertificationReadModel.certification(id, db) }
        if let index = row?.certification.supersededAtIndex,
            let record = try models.snapshot.recordedEvent(UInt64(clamping: index)),
            let kind = record.event.eventKind
        {
            let overtaken = ActEntry.Fact.text(
                "supersedes",
                "ข้อมูลเปลี่ยนหลังคำรับรอง",
                "overtakes the certification",
                record.envelope.stream
            )
            entries.append(ActEntry(record, kind, [overtaken]))
        }
        return entries.sorted { $0.envelope.index < $1.envelope.index }
    }

    private static func facts(of event: Event) -> [ActEntry.Fact] {
        switch event.kind {
        case .certificationPrepared(let prepared):
            [
                .text("area", "พื้นที่", "area", prepared.area),
                .number("tree_size", "ขนาด", "tree size", Int(clamping: prepared.treeSize)),
                .text("root_hash", "ราก", "root hash", prepared.rootHash),
                .text("figures_digest", "ค่าย่อยตัวเลข", "figures digest", prepared.figuresDigest),
                .number(
                    "collected",
                    "จัดเก็บแล้ว",
                    "collected",
                    Int(clamping: prepared.figures.collected)
                ),
            ]
        case .certificationSigned(let signature):
            [
                .text("person", "ผู้ลงนาม", "signer", signature.person),
                .word("role", "บทบาท", "role", signature.role),
                .text(
                    "public_key",
                    "กุญแจสาธารณะ",
                    "public key",
                    Hex.encode(Array(signature.publicKey))
                ),
            ]
        case .certificationSubmitted(let submission):
            [
                .text("to_area", "ส่งถึง", "submitted to", submission.toArea),
                .text("document_number", "ที่", "number", submission.documentNumber),
            ]
        case .certificationWithdrawn(let withdrawal): [.reason(withdrawal.reason)]
        default: []
        }
    }
}
