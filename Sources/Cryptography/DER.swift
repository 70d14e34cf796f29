import COpenSSL

/// DER (X.690) by libcrypto's own readers and writers.
package enum DER {
    /// Decodes one DER value that must fill all the bytes.
    static func decode(
        _ der: [UInt8],
        by read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: (OpaquePointer) -> Void
    ) -> OpaquePointer? {
        unsafe der.withUnsafeBufferPointer { der in
            var cursor = der.baseAddress
            guard let value = unsafe read(&cursor, der.count) else {
                return nil
            }
            guard unsafe cursor == der.baseAddress.map({ start in unsafe start + der.count }) else {
                unsafe free(value)
                return nil
            }
            return unsafe value
        }
    }

    /// The DER bytes that a libcrypto encoder writes; none where it failed.
    static func encode(
        by write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8] {
        let byteCount = write(nil)
        guard byteCount > 0 else {
            return []
        }
        var der = [UInt8](repeating: 0, count: Int(byteCount))
        let writtenCount = unsafe der.withUnsafeMutableBufferPointer { der in
            var cursor = der.baseAddress
            return unsafe write(&cursor)
        }
        return writtenCount == byteCount ? der : []
    }
}
