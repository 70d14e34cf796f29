import Audit
import Console
import Evidence
import Survey
import TransparencyLog

extension BundleVerdict {
    /// The verdict in words: what it is of, on whose word, what it cannot show, and the checks.
    func text(_ language: Language) -> String {
        var lines = [
            Phrase(
                thai: "แฟ้มหลักฐาน: \(subject?.stream ?? "?") (\(recordCount) ระเบียน)",
                english: "Evidence bundle: \(subject?.stream ?? "?") (\(recordCount) records)"
            )
        ]
        if let status {
            lines.append(
                Phrase(
                    thai: "สถานะของคำรับรองตามแฟ้มนี้: \(status)",
                    english: "Status of the certification as far as this shows: \(status)"
                )
            )
        }
        if let logKey {
            lines.append(
                Phrase(
                    thai: "กุญแจของบัญชี: \(logKey.vkey)",
                    english: "The log's key: \(logKey.vkey)"
                )
            )
        }
        lines += [policyLine, sealLine]
        lines.append(
            Phrase(
                thai: "โซ่แฮช: ใช้ไม่ได้กับบางระเบียน ใช้หลักฐานต้นไม้แทน",
                english: "Chain: not applicable to some records; proofs of the tree stand for it"
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
            + VerdictText(verdict: verdict, language: language).text
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
        guard let containerSigner, !isSealedByNobody else {
            return Phrase(
                thai: "ลายมือชื่อของแฟ้มรวมทำด้วยกุญแจใช้ครั้งเดียว ไม่บอกว่ามาจากใคร: หลักฐานอยู่ในเนื้อหา",
                english: "The container's own signature is by a key that was thrown away and names"
                    + " nobody: the content carries its own proofs"
            )
        }
        return Phrase(
            thai: "แฟ้มรวมลงนามโดย \(containerSigner) (ไม่ได้ตรวจใบรับรองถึงราก)",
            english: "The container is signed by \(containerSigner) (its certificate not checked to"
                + " a root)"
        )
    }

    /// The object of `verify --json`, with what is of bundles alone under `bundle`.
    var json: JSON {
        guard case .object(let members) = verdict.json else { return verdict.json }
        let bundle: JSON = [
            "stream": subject.map { .string($0.stream) } ?? .null,
            "status": status.map { .string($0) } ?? .null,
            "records": .number(recordCount),
            "logKey": logKey.map { .string($0.vkey) } ?? .null,
            "policy": .string(policySource.rawValue),
            "signer": isSealedByNobody ? .null : containerSigner.map { .string($0) } ?? .null,
            "notShown": .array(
                (subject.map(BundleLimit.of) ?? []).map { .string($0.english) }
            ),
        ]
        return .object(members + [("bundle", bundle)])
    }
}
