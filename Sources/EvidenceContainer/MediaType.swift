/// `type/subtype` (RFC 6838 §4.2), perhaps with parameters.
enum MediaType {
    private static let byteCountMax = 127

    /// Printable ASCII on both sides of a slash: what a program may show without care.
    static func admits(_ mediaType: String) -> Bool {
        let parts = mediaType.utf8.split(
            separator: UInt8(ascii: "/"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        return mediaType.utf8.count <= byteCountMax && parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.first != UInt8(ascii: " ")
                    && part.allSatisfy { byte in 0x20...0x7E ~= byte }
            }
    }
}
