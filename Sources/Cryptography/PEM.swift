/// The text armour of key files (RFC 7468), read strictly and written in lines of 64.
///
/// libcrypto's own reader would ask for a passphrase at the terminal and decrypt legacy files;
/// this one knows nothing but labels and base64.
package enum PEM {
    /// More than any key file in use has; what is longer is not looked at.
    static let byteCountLimit = 65_536

    /// Writes one block.
    package static func encode(label: String, der: [UInt8]) -> [UInt8] {
        var text = Array("-----BEGIN \(label)-----\n".utf8)
        var body = Substring(Base64.encode(der))
        while !body.isEmpty {
            text.append(contentsOf: body.prefix(64).utf8)
            text.append(UInt8(ascii: "\n"))
            body = body.dropFirst(64)
        }
        text.append(contentsOf: "-----END \(label)-----\n".utf8)
        return text
    }

    /// Reads a file that holds one block and nothing else but line ends.
    static func decode(
        _ text: [UInt8]
    ) throws(CryptographyError) -> (label: String, der: [UInt8]) {
        guard text.count <= byteCountLimit else {
            throw malformed("is longer than \(byteCountLimit) bytes")
        }
        let lines = text.split(separator: UInt8(ascii: "\n")).map { line in
            String(
                decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line,
                as: UTF8.self
            )
        }
        guard
            let first = lines.first,
            let last = lines.last,
            first.hasPrefix("-----BEGIN "),
            first.hasSuffix("-----"),
            lines.count >= 3
        else {
            throw malformed("has no -----BEGIN line at its start")
        }
        let label = String(first.dropFirst("-----BEGIN ".count).dropLast("-----".count))
        guard last == "-----END \(label)-----" else {
            throw malformed("has no matching -----END line at its end")
        }
        guard let der = Base64.decode(lines.dropFirst().dropLast().joined()) else {
            throw malformed("holds something else than base64")
        }
        return (label, der)
    }

    private static func malformed(_ complaint: String) -> CryptographyError {
        CryptographyError(.malformedKeyFile, "The key file \(complaint).")
    }

    /// Reads every block of a text, with whatever stands around them (RFC 7468 §5.2): stock tools
    /// write certificates below their description, and chains as one block after another.
    static func blocks(
        _ text: [UInt8],
        byteCountLimit: Int = byteCountLimit,
        otherwise code: CryptographyError.Code
    ) throws(CryptographyError) -> [(label: String, der: [UInt8])] {
        guard text.count <= byteCountLimit else {
            throw CryptographyError(code, "The PEM text is longer than \(byteCountLimit) bytes.")
        }
        var blocks: [(label: String, der: [UInt8])] = []
        var open: (label: String, body: String)?
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let line = String(decoding: line, as: UTF8.self).trimmed
            if let block = open {
                if line == "-----END \(block.label)-----" {
                    guard !block.body.isEmpty, let der = Base64.decode(block.body) else {
                        throw CryptographyError(
                            code,
                            "A PEM block holds something else than base64."
                        )
                    }
                    blocks.append((block.label, der))
                    open = nil
                } else if line.hasPrefix("Proc-Type:") {
                    throw CryptographyError(
                        .unsupportedKey,
                        "The key file is encrypted in the old way; `openssl pkcs8 -topk8` renews it."
                    )
                } else {
                    open?.body += line
                }
            } else if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
                let label = line.dropFirst("-----BEGIN ".count).dropLast("-----".count)
                open = (String(label), "")
            }
        }
        guard open == nil else {
            throw CryptographyError(code, "A PEM block has no matching -----END line.")
        }
        return blocks
    }
}

extension String {
    /// Without the white space that editors and mail leave at the end of a line.
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace {
            text.removeLast()
        }
        return String(text)
    }
}
