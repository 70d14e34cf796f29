package import Cryptography

/// What one signature is about: META-INF/ASiCManifest….xml (ETSI EN 319 162-1, annex A.4).
///
/// The signature covers the bytes of the manifest, and the manifest names the files by digest.
package struct ASiCManifest: Hashable, Sendable {
    /// The two kinds of signatures that a manifest can have.
    package enum SignatureKind: String, Sendable, CaseIterable {
        /// A detached CMS signature (CAdES).
        case signature
        /// A time-stamp token (RFC 3161).
        case timestamp

        package var mediaType: String {
            switch self {
            case .signature: "application/x-pkcs7-signature"
            case .timestamp: "application/vnd.etsi.timestamp-token"
            }
        }

        /// How names of its files end.
        package var suffix: String {
            switch self {
            case .signature: ".p7s"
            case .timestamp: ".tst"
            }
        }
    }

    /// One file that the signature covers.
    package struct Reference: Hashable, Sendable {
        package let name: String
        /// Empty where the manifest has none, as other makers may do.
        package let mediaType: String
        package let digest: Digest

        package init(name: String, mediaType: String, digest: Digest) {
            self.name = name
            self.mediaType = mediaType
            self.digest = digest
        }
    }

    /// The most bytes that are read; every manifest of `ZipFormat.entryCountMax` files is smaller.
    static let byteCountMax = 8 * 1024 * 1024

    static let namespace = "http://uri.etsi.org/02918/v1.2.1#"
    static let signatureNamespace = "http://www.w3.org/2000/09/xmldsig#"
    static let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"

    /// The entry that holds the signature.
    package let signatureName: String
    package let signatureKind: SignatureKind
    package let references: [Reference]

    init(signatureName: String, signatureKind: SignatureKind, references: [Reference]) {
        self.signatureName = signatureName
        self.signatureKind = signatureKind
        self.references = references
    }

    /// Its bytes, in the one spelling that is written here.
    package var encoded: [UInt8] {
        let signature =
            "URI=\"\(PercentEncoding.encode(signatureName))\""
            + " MimeType=\"\(Self.escaped(signatureKind.mediaType))\""
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            "<asic:ASiCManifest xmlns:asic=\"\(Self.namespace)\""
                + " xmlns:ds=\"\(Self.signatureNamespace)\">",
            "<asic:SigReference \(signature)/>",
        ]
        for reference in references {
            lines += [
                "<asic:DataObjectReference URI=\"\(PercentEncoding.encode(reference.name))\""
                    + " MimeType=\"\(Self.escaped(reference.mediaType))\">",
                "<ds:DigestMethod Algorithm=\"\(Self.sha256)\"/>",
                "<ds:DigestValue>\(Base64.encode(reference.digest.bytes))</ds:DigestValue>",
                "</asic:DataObjectReference>",
            ]
        }
        lines.append("</asic:ASiCManifest>")
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}

/// Names of entries as relative references (RFC 3986 §2.1, §4.2).
enum PercentEncoding {
    private static let slash = UInt8(ascii: "/")
    private static let percent = UInt8(ascii: "%")

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }

    static func encode(_ name: String) -> String {
        name.utf8.reduce(into: "") { encoded, byte in
            if isUnreserved(byte) || byte == slash {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + Hex.encode([byte]).uppercased()
            }
        }
    }

    /// The name that a reference spells, or nil: absolute ones, those with a query or a fragment,
    /// and encoded slashes, which not everyone reads as slashes, are no names.
    static func decode(_ reference: String) -> String? {
        var name: [UInt8] = []
        var rest = Array(reference.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == percent {
                let digits = String(decoding: rest.prefix(2), as: UTF8.self).lowercased()
                guard
                    rest.count >= 2, let decoded = Hex.decode(digits)?.first, decoded != slash
                else { return nil }
                name.append(decoded)
                rest = rest.dropFirst(2)
            } else if isUnreserved(byte) || byte == slash || "!$&'()+,;=@".utf8.contains(byte) {
                name.append(byte)
            } else {
                return nil
            }
        }
        return EntryName.admits(name[...]) ? String(decoding: name, as: UTF8.self) : nil
    }
}
