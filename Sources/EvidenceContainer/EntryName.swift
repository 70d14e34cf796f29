/// Which names entries may have: those that mean one and the same file wherever they are unpacked.
///
/// A name is printable ASCII, so that no two readers disagree about its encoding, and has nothing
/// that any common file system reads as something else: no folder above, no drive, no backslash.
package enum EntryName {
    package static let byteCountMax = 255

    static let mimetype = "mimetype"
    static let metadataFolder = "META-INF/"

    private static let refused = Set(#"\:*?"<>|"#.utf8)
    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")
    private static let space = UInt8(ascii: " ")

    static func admits(_ name: String) -> Bool { admits(Array(name.utf8)[...]) }

    static func admits(_ name: ArraySlice<UInt8>) -> Bool {
        guard 1...byteCountMax ~= name.count else { return false }
        let isPlain = name.allSatisfy { byte in
            0x20...0x7E ~= byte && !refused.contains(byte)
        }
        // Windows drops dots and spaces at the end, so that two names would be one file; this
        // covers `.` and `..` too.
        return isPlain
            && name.split(separator: slash, omittingEmptySubsequences: false).allSatisfy { part in
                part.last.map { last in last != dot && last != space } ?? false
            }
    }

    /// Whether `mimetype` or a file of META-INF: what a container has beside its files.
    static func isReserved(_ name: String) -> Bool {
        let folded = name.lowercased()
        return folded == mimetype || folded == "meta-inf"
            || folded.hasPrefix(metadataFolder.lowercased())
    }

    /// The position of a name that would be unpacked over another one: the same but for case, as
    /// many file systems see it, or a file where another has its folder.
    static func collision(among names: [String]) -> Int? {
        // With the slash below every other byte, a folder's first file comes right after the file
        // of the folder's name.
        let keys = names.indices.map { index in
            (key: names[index].lowercased().utf8.map { $0 == slash ? 0 : $0 }, index: index)
        }
        let sorted = keys.sorted { left, right in
            left.key.lexicographicallyPrecedes(right.key)
                || (left.key == right.key && left.index < right.index)
        }
        for (left, right) in zip(sorted, sorted.dropFirst())
        where left.key == right.key || right.key.starts(with: left.key + [0]) {
            return max(left.index, right.index)
        }
        return nil
    }
}
