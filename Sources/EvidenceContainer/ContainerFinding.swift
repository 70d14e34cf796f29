/// One thing in a well-formed container that does not fit the rest.
package struct ContainerFinding: Hashable, Sendable {
    /// Stable: scripts and translations rely on these words.
    package enum Code: String, Sendable, CaseIterable {
        case digestMismatch
        case fileMissing
        case fileNotCovered
        case noManifest
        case signatureMissing
        case signatureOfNothing
        case signatureShared
        case unknownMetadata
    }

    package let code: Code
    /// The entry it is about; empty for the container as a whole.
    package let name: String
    /// The manifest that says otherwise; empty where none does.
    package let manifest: String

    init(_ code: Code, _ name: String = "", manifest: String = "") {
        self.code = code
        self.name = name
        self.manifest = manifest
    }

    /// One sentence saying what is wrong, where, and what to do.
    package var thai: String {
        switch code {
        case .digestMismatch:
            "\(name): แฮชไม่ตรงกับ \(manifest) ไฟล์ถูกแก้หลังลงนาม: ห้ามใช้เป็นหลักฐาน"
        case .fileMissing:
            "\(name): ไม่มีในแฟ้มหลักฐาน แต่ \(manifest) อ้างถึง: ให้ขอแฟ้มที่ครบจากผู้จัดทำ"
        case .fileNotCovered:
            "\(name): ไม่มี manifest ใดอ้างถึง จึงไม่มีผู้ลงนามรับรอง: ห้ามใช้เป็นหลักฐาน"
        case .noManifest:
            "ไม่มี META-INF/ASiCManifest จึงไม่มีผู้ลงนามรับรองไฟล์ใด: ให้ขอแฟ้มที่ครบจากผู้จัดทำ"
        case .signatureMissing:
            "\(name): ไม่มีลายมือชื่อที่ \(manifest) อ้างถึง: ให้ขอแฟ้มที่ครบจากผู้จัดทำ"
        case .signatureOfNothing:
            "\(name): ไม่มี manifest ใดอ้างถึงลายมือชื่อนี้: ให้ถือว่าไม่รับรองสิ่งใด"
        case .signatureShared:
            "\(name): \(manifest) ใช้ลายมือชื่อของ manifest อื่นด้วย: ให้ขอแฟ้มใหม่จากผู้จัดทำ"
        case .unknownMetadata:
            "\(name): ไม่รู้จักไฟล์นี้ใน META-INF และไม่มีผู้ลงนามรับรอง: ห้ามใช้เป็นหลักฐาน"
        }
    }

    /// One sentence saying what is wrong, where, and what to do.
    package var english: String {
        switch code {
        case .digestMismatch:
            "\(name): its digest is not the one in \(manifest), so it was changed after signing:"
                + " do not rely on it."
        case .fileMissing:
            "\(name): \(manifest) lists it and the container lacks it: ask its maker for a whole"
                + " one."
        case .fileNotCovered:
            "\(name): no manifest lists it, so nobody has signed it: do not rely on it."
        case .noManifest:
            "There is no META-INF/ASiCManifest, so nobody has signed anything: ask the maker for a"
                + " whole container."
        case .signatureMissing:
            "\(name): the container lacks the signature that \(manifest) names: ask its maker for"
                + " a whole one."
        case .signatureOfNothing:
            "\(name): no manifest names this signature: take it as signing nothing."
        case .signatureShared:
            "\(name): \(manifest) names the signature of another manifest too: ask its maker for"
                + " the container again."
        case .unknownMetadata:
            "\(name): this file of META-INF is not known and nobody has signed it: do not rely on"
                + " it."
        }
    }
}
