/// Makes citizen ids that pass the check digit and belong to nobody.
///
/// Digits 2 and 3 of a citizen id are the province of registration; 99 is none. Every id made here
/// begins with 199, so that a synthetic one can always be told from a real one.
package struct CitizenIDMint {
    package static let prefix = "199"

    /// Nine digits after the prefix.
    private var serial: Int

    init(startingAt serial: Int) { self.serial = serial }

    mutating func next() -> String {
        precondition(serial < 1_000_000_000, "the made-up range is used up")
        let digits = String(serial)
        serial += 1
        let body = Self.prefix + String(repeating: "0", count: 9 - digits.utf8.count) + digits
        var sum = 0
        for (offset, byte) in body.utf8.enumerated() {
            sum += Int(byte - UInt8(ascii: "0")) * (13 - offset)
        }
        return body + "\((11 - sum % 11) % 10)"
    }
}
