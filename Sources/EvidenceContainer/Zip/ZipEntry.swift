/// One file of an archive.
package struct ZipEntry: Hashable, Sendable {
    package let name: String

    /// A slice of the archive's own bytes where the entry is stored.
    package let contents: ArraySlice<UInt8>

    /// Whether it is stored and has no extra field, as everything that is written here.
    let isPlain: Bool

    package init(name: String, contents: ArraySlice<UInt8>) {
        self.init(name: name, contents: contents, isPlain: true)
    }

    init(name: String, contents: ArraySlice<UInt8>, isPlain: Bool) {
        self.name = name
        self.contents = contents
        self.isPlain = isPlain
    }
}
