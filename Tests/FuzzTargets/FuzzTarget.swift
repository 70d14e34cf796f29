/// One parser of bytes that nobody vouches for, and what must hold whatever the bytes are.
///
/// A target may refuse its input. It must not trap, hang or read past it, and what it accepts and
/// can write has one spelling: written again it is the same bytes.
package struct FuzzTarget: Sendable {
    package let name: String
    /// Inputs that are accepted, for a fuzzer to begin with.
    package let seeds: [[UInt8]]
    /// Reads the bytes; says what does not hold, if anything.
    package let check: @Sendable ([UInt8]) -> String?
    /// Whether the bytes are accepted.
    package let accepts: @Sendable ([UInt8]) -> Bool

    /// A parser whose values can be written again.
    init<Value>(
        _ name: String,
        seeds: [[UInt8]],
        read: @escaping @Sendable ([UInt8]) throws -> Value,
        write: @escaping @Sendable (Value) throws -> [UInt8]
    ) {
        self.name = name
        self.seeds = seeds
        accepts = { (try? read($0)) != nil }
        check = { bytes in
            guard let value = try? read(bytes) else { return nil }
            guard let written = try? write(value) else { return "it cannot be written again" }
            return written == bytes ? nil : "it is written again in other bytes"
        }
    }

    /// A parser that only judges; what it returns is what does not hold, if anything.
    init(
        _ name: String,
        seeds: [[UInt8]],
        judge: @escaping @Sendable ([UInt8]) throws -> String?
    ) {
        self.name = name
        self.seeds = seeds
        accepts = { bytes in
            do {
                _ = try judge(bytes)
                return true
            } catch {
                return false
            }
        }
        check = { bytes in (try? judge(bytes)) ?? nil }
    }
}
