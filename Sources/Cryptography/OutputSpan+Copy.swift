extension OutputSpan<UInt8> {
    /// Appends many bytes at once; there must be room for them.
    package mutating func append(copying bytes: Span<UInt8>) {
        precondition(bytes.count <= freeCapacity, "the output has no room for the bytes")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count...])
                _ = unsafe free.initialize(fromContentsOf: bytes)
            }
            count += bytes.count
        }
    }
}
