import Cryptography
package import GRDB
package import ProjectionRuntime
package import Survey

/// One member's signature.
package struct SignatureRow: ReadModelRow {
    package let certification: String
    package let person: String
    package let role: String
    /// Of the Ed25519 key; nil where a certificate or a passkey signed.
    package let publicKey: String?
    /// SHA-256 of the certificate that signed.
    package let certificate: String?
    /// Credential id of the passkey that signed, in base64url.
    package let passkey: String?
    package let signedAtIndex: Int64
    package let signedOn: String
    package let actor: String
}

/// A certification, who signed it, and whether it came in time.
package struct CertificationDetail: Sendable, Hashable, Codable {
    package let certification: CertificationRow
    package let signatures: [SignatureRow]
    /// Roles that must still sign before it can be issued.
    package let missingRoles: [String]
    /// How many signatures of whichever role are missing still.
    package let missingSignatureCount: Int
    /// The earliest deadline of its level, as changed; nil when the cycle has none.
    package let due: String?
    /// 0 when submitted in time; nil when not submitted yet, or nothing is due.
    package let daysLate: Int?
}

extension CertificationReadModel {
    package static func certification(
        _ id: String,
        _ db: Database
    ) throws -> CertificationDetail? {
        let row = try CertificationRow.fetchOne(
            db,
            sql: "SELECT * FROM certification WHERE certification = ?",
            arguments: [id]
        )
        return try row.map { try detail($0, db) }
    }

    /// The certifications of a cycle, by area and then oldest first.
    ///
    /// With `standing` only those neither withdrawn nor superseded.
    package static func certifications(
        cycle: String,
        area: String? = nil,
        standing: Bool = false,
        _ db: Database
    ) throws -> [CertificationDetail] {
        let condition = standing ? " AND \(CertificationTable.isStanding)" : ""
        let rows = try CertificationRow.fetchAll(
            db,
            sql: """
                SELECT * FROM certification
                WHERE cycle = ?1 AND (?2 IS NULL OR area = ?2)\(condition)
                ORDER BY level DESC, area, prepared_at_index
                """,
            arguments: [cycle, area]
        )
        return try rows.map { try detail($0, db) }
    }

    /// All, of whichever cycle, whose data changed after they were prepared.
    package static func superseded(_ db: Database) throws -> [CertificationRow] {
        try CertificationRow.fetchAll(
            db,
            sql: "SELECT * FROM certification WHERE superseded_at_index IS NOT NULL"
        )
    }

    /// Where anything of a cycle has a target or was counted.
    package static func cells(cycle: String, _ db: Database) throws -> [CellKey] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT village, lao FROM certification_cell WHERE cycle = ?",
            arguments: [cycle]
        )
        return rows.map { CellKey(cycle: cycle, village: $0["village"], lao: $0["lao"]) }
    }

    private static func detail(
        _ row: CertificationRow,
        _ db: Database
    ) throws -> CertificationDetail {
        let signatures = try SignatureRow.fetchAll(
            db,
            sql: """
                SELECT * FROM certification_signature WHERE certification = ?
                ORDER BY signed_at_index
                """,
            arguments: [row.certification]
        )
        let due = try String.fetchOne(
            db,
            sql: "SELECT MIN(due) FROM certification_deadline WHERE cycle = ? AND level = ?",
            arguments: [row.cycle, row.level]
        )
        let rule = try Row.fetchOne(
            db,
            sql: """
                SELECT required_roles, minimum_signatures FROM certification_rule
                WHERE cycle = ? AND level = ?
                """,
            arguments: [row.cycle, row.level]
        )
        let requiredRoles: String = rule?[0] ?? ""
        let minimum: Int = rule?[1] ?? 0
        let signedRoles = Set(signatures.map(\.role))
        return CertificationDetail(
            certification: row,
            signatures: signatures,
            missingRoles: requiredRoles.split(separator: ",").map(String.init)
                .filter { !signedRoles.contains($0) },
            missingSignatureCount: max(0, minimum - signatures.count),
            due: due,
            daysLate: daysLate(submittedOn: row.submittedOn, due: due)
        )
    }

    private static func daysLate(submittedOn: String?, due: String?) -> Int? {
        guard let submitted = submittedOn.flatMap({ Day(iso: $0) }),
            let due = due.flatMap({ Day(iso: $0) })
        else { return nil }
        return max(0, submitted - due)
    }
}

extension CertificationSignature {
    var publicKeyHex: String? { publicKey.isEmpty ? nil : Hex.encode(Array(publicKey)) }

    var passkeyText: String? {
        hasPasskey ? Base64URL.encode(Array(passkey.credentialID)) : nil
    }

    /// The rules have checked that the signature is by the certificate that it names.
    var certificateHex: String? {
        guard !cms.isEmpty, let signature = try? DetachedSignature(der: Array(cms)) else {
            return nil
        }
        let signer = try? signature.claimedSigner()
        return signer?.sha256.hex
    }
}
