import Audit
import Console
import Cryptography
import Ledger

extension Verdict {
    /// The one object of `verify --json` (design.md 7); null is what was not computed.
    var json: JSON {
        [
            "ok": .bool(isOK),
            "origin": origin.map { .string($0.shown) } ?? .null,
            "size": .unsigned(treeSize),
            "root": rootHash.map { .string($0.hex) } ?? .null,
            "head": headHash.map { .string($0.hex) } ?? .null,
            "seal": seal.map(\.json) ?? .null,
            "documents": [
                "named": .unsigned(namedDocumentCount), "checked": .unsigned(attachmentCount),
            ],
            "checks": .array(checks.map(\.json)),
            "findings": .array(findings.map(\.json)),
        ]
    }

    /// The same object for a ledger that could not be read: nothing is known of it but why.
    static func unreadableJSON(_ reason: String) -> JSON {
        [
            "ok": false, "origin": .null, "size": .null, "root": .null, "head": .null,
            "checks": [CheckResult(.structure, checkedCount: 0, findingCount: 1).json],
            "findings": [Finding(.couldNotRead, nil, reason).json],
        ]
    }
}

extension CheckResult {
    fileprivate var json: JSON {
        [
            "name": .string(check.rawValue),
            "ok": .bool(isOK),
            "checked": .unsigned(checkedCount),
            "findings": .number(findingCount),
        ]
    }
}

extension Finding {
    fileprivate var json: JSON {
        [
            "check": .string(check.rawValue),
            "code": .string(code.rawValue),
            "index": index.map { .unsigned($0) } ?? .null,
            "reason": .string(reason),
        ]
    }
}

extension Seal {
    fileprivate var json: JSON {
        [
            "signedSize": .unsigned(signedTreeSize),
            "endorsedSize": endorsedTreeSize.map { .unsigned($0) } ?? .null,
            "witnesses": .array(
                witnesses.map { ["name": .string($0.name.shown), "time": .unsigned($0.time)] }
            ),
            "timestamp": timestamp.map { stamp in
                [
                    "size": .unsigned(stamp.treeSize),
                    "time": .string(
                        RecordTime(unixMicroseconds: stamp.unixMicroseconds)?.text ?? ""
                    ),
                    "authority": .string(stamp.authority.shown),
                    "trusted": .bool(stamp.isTrusted),
                ]
            } ?? .null,
        ]
    }
}
