import Audit
import AuditReport
import Console
import Evidence
import Survey
import TransparencyLog

extension BundleVerdict {
    /// The verdict in words: what it is of, on whose word, what it cannot show, and the checks.
    func text(_ language: Language) -> String {
        let stream = subject?.stream.shown ?? "?"
        var lines = [
            Phrase(
                thai: "แฟ้มหลักฐาน: \(stream) (\(recordCount) ระเบียน)",
                english: "Evidence bundle: \(stream) (\(recordCount) records)"
            )
        ]
        if let status {
            lines.append(
                Phrase(
                    thai: "สถานะของคำรับรองตามแฟ้มนี้: \(status.thai)",
                    english: "Status of the certification as far as this shows: \(status.rawValue)"
                )
            )
        }
        if let key = logKey?.vkey.shown {
            lines.append(Phrase(thai: "กุญแจของบัญชี: \(key)", english: "The log's key: \(key)"))
        }
        lines += [policyLine, sealLine]
        lines.append(
            Phrase(
                thai: "โซ่แฮช: ตรวจไม่ได้เพราะมีเพียงบางระเบียน ใช้หลักฐานต้นไม้แทน",
                english: "Chain: cannot be checked with only a part of the records; proofs of the"
                    + " tree stand for it"
            )
        )
        if let subject {
            lines += BundleLimit.of(subject).map { limit in
                Phrase(
                    thai: "พิสูจน์ไม่ได้: \(limit.thai)",
                    english: "Not shown: \(limit.english)"
                )
            }
        }
        return lines.map { $0.text(language) + "\n" }.joined()
            + VerdictText(verdict: verdict, language: language, isOfBundle: true).text
    }

    /// What a report says of it beside the verdict.
    var reported: VerificationReport.Bundle {
        let limits = subject.map { BundleLimit.of($0) } ?? []
        return VerificationReport.Bundle(
            subject: subject?.stream.shown ?? "?",
            recordCount: recordCount,
            limits: [policyLine] + limits.map { Phrase(thai: $0.thai, english: $0.english) }
        )
    }

    private var policyLine: Phrase {
        switch policySource {
        case .auditor:
            Phrase(
                thai: "ใช้นโยบายที่ผู้ตรวจกำหนด",
                english: "Measured by the auditor's own policy"
            )
        case .bundle:
            Phrase(
                thai: "ใช้นโยบายในแฟ้มเอง: พิสูจน์เพียงว่าแฟ้มสอดคล้องกัน"
                    + " ให้ระบุ --policy ของท่านเอง",
                english:
                    "Measured by the bundle's own policy: that proves only that it is consistent"
                    + " with itself; give your own with --policy"
            )
        case .none:
            Phrase(
                thai: "ไม่มีนโยบาย: พิสูจน์เพียงว่าแฟ้มสอดคล้องกัน"
                    + " ให้เทียบกุญแจของบัญชี หรือระบุ --policy",
                english:
                    "Measured by no policy: that proves only that the bundle is consistent with"
                    + " itself; compare the log's key, or give --policy"
            )
        }
    }

    private var sealLine: Phrase {
        let names = namedSigners.map(\.shown)
        guard !names.isEmpty else {
            return Phrase(
                thai: "ลายมือชื่อของแฟ้มรวมทำด้วยกุญแจใช้ครั้งเดียว ไม่บอกว่ามาจากใคร: หลักฐานอยู่ในเนื้อหา",
                english: "The container's own signature is by a key that was thrown away and names"
                    + " nobody: the content carries its own proofs"
            )
        }
        let (thai, english) = (names.joined(separator: " และ "), names.joined(separator: " and "))
        return Phrase(
            thai: "แฟ้มรวมลงนามโดย \(thai) (ไม่ได้ตรวจใบรับรองถึงราก)",
            english: "The container is signed by \(english) (no certificate was checked to a root)"
        )
    }

    /// The object of `verify --json`, with what is of bundles alone under `bundle`.
    var json: JSON {
        guard case .object(let members) = verdict.json else { return verdict.json }
        let bundle: JSON = [
            "stream": subject.map { .string($0.stream.shown) } ?? .null,
            "status": status.map { .string($0.rawValue) } ?? .null,
            "records": .number(recordCount),
            "logKey": logKey.map { .string($0.vkey.shown) } ?? .null,
            "policy": .string(policySource.rawValue),
            "signers": .array(namedSigners.map { .string($0.shown) }),
            "notShown": .array(
                (subject.map(BundleLimit.of) ?? []).map { .string($0.english) }
            ),
        ]
        return .object(members + [("bundle", bundle)])
    }
}

extension CertificationState.Status {
    fileprivate var thai: String {
        switch self {
        case .prepared: "จัดทำแล้ว"
        case .issued: "ออกแล้ว"
        case .submitted: "ส่งแล้ว"
        case .withdrawn: "ถอนแล้ว"
        }
    }
}
