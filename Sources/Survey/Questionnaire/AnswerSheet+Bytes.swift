/// A sheet's answers in bytes: as they are sealed, and as a command holds them.
///
/// Both are protobuf's encoding, written out: its encoder needs a message for each answer, and asks each
/// for its size again at every level above it. Tests compare the bytes.
extension AnswerSheet {
    /// Puts texts and days where the schema has fields for them.
    ///
    /// Returns the bytes of the other answers as a `SealedAnswers`. The sheet must fit its form.
    func store(in personal: inout PersonalData) -> [UInt8] {
        for place in form.compiled.items.indices {
            guard form.compiled.items[place].isOfHousehold,
                let field = form.compiled.items[place].field,
                let text = fieldText(place, row: 0)
            else { continue }
            personal[field] = text
        }
        personal.members = (0..<memberCount).map { member in
            var stored = Member()
            for place in form.compiled.items.indices {
                guard !form.compiled.items[place].isOfHousehold,
                    let field = form.compiled.items[place].field,
                    let text = fieldText(place, row: 1 + member)
                else { continue }
                stored[field] = text
            }
            return stored
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(memberCount * 300 + 400)
        appendSealed(row: 0, to: &bytes)
        for member in 0..<memberCount {
            var answers: [UInt8] = []
            answers.reserveCapacity(400)
            appendSealed(row: 1 + member, to: &answers)
            Wire.append(2, answers, to: &bytes)
        }
        return bytes
    }

    private func fieldText(_ place: Int, row: Int) -> String? {
        let slot = slot(place, row: row)
        switch slot.kind {
        case .none, .misfit, .yesNo, .number: return nil
        case .text: return text(slot)
        case .day: return Day(daysSinceEpoch: Int32(truncatingIfNeeded: slot.value)).iso
        case .choice: return form.compiled.codes[place][Int(slot.value)]
        }
    }

    /// As `repeated SealedAnswer` of number 1, in the order of the form.
    private func appendSealed(row: Int, to bytes: inout [UInt8]) {
        for place in form.compiled.items.indices {
            let item = form.compiled.items[place]
            let slot = slot(place, row: row)
            guard slot.kind != .none, item.field == nil else { continue }
            let number = place == 0 ? 0 : 1 + Wire.byteCount(UInt64(place))
            switch slot.kind {
            case .none, .misfit: continue
            case .yesNo:
                begin(place, number + 2, &bytes)
                Wire.append(2, UInt64(slot.value), to: &bytes)
            case .choice:
                let value = UInt64(slot.value)
                begin(place, number + 1 + Wire.byteCount(value), &bytes)
                Wire.append(3, value, to: &bytes)
            case .number, .day:
                let value = Wire.zigZag(slot.value)
                begin(place, number + 1 + Wire.byteCount(value), &bytes)
                Wire.append(slot.kind == .number ? 4 : 5, value, to: &bytes)
            case .text:
                let text = text(slot)
                begin(place, number + Wire.byteCount(ofField: text.utf8.count), &bytes)
                Wire.append(6, text, to: &bytes)
            }
        }
    }

    private func begin(_ place: Int, _ byteCount: Int, _ bytes: inout [UInt8]) {
        Wire.begin(1, byteCount: byteCount, to: &bytes)
        if place > 0 { Wire.append(1, UInt64(place), to: &bytes) }
    }

    /// The bytes of the `AnswersDocument` of these answers, its maps in the order of their keys.
    package var documentBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((1 + memberCount) * 1200)
        for row in 0...memberCount {
            var fields: [UInt8] = []
            fields.reserveCapacity(1500)
            for place in row == 0 ? form.compiled.byName.household : form.compiled.byName.member {
                append(place, row: row, to: &fields)
            }
            Wire.append(row == 0 ? 1 : 2, fields, to: &bytes)
        }
        return bytes
    }

    /// One entry of a `Struct`'s map: the item's name and a `Value`.
    private func append(_ place: Int, row: Int, to bytes: inout [UInt8]) {
        let slot = slot(place, row: row)
        guard slot.kind != .none, slot.kind != .misfit else { return }
        let name = form.compiled.names[place]
        let text =
            switch slot.kind {
            case .text: self.text(slot)
            case .choice: form.compiled.codes[place][Int(slot.value)]
            case .day: Day(daysSinceEpoch: Int32(truncatingIfNeeded: slot.value)).iso
            default: ""
            }
        let valueByteCount =
            switch slot.kind {
            case .yesNo: 2
            case .number: 9
            default: Wire.byteCount(ofField: text.utf8.count)
            }
        let entryByteCount =
            Wire.byteCount(ofField: name.utf8.count) + Wire.byteCount(ofField: valueByteCount)
        Wire.begin(1, byteCount: entryByteCount, to: &bytes)
        Wire.append(1, name, to: &bytes)
        Wire.begin(2, byteCount: valueByteCount, to: &bytes)
        switch slot.kind {
        case .yesNo: Wire.append(4, UInt64(slot.value), to: &bytes)
        case .number: Wire.append(2, double: Double(slot.value), to: &bytes)
        default: Wire.append(3, text, to: &bytes)
        }
    }
}

/// Fields of protobuf's encoding: a tag, then the value.
///
/// Sizes are of fields with numbers below 16, whose tag is one byte.
package enum Wire {
    static func byteCount(_ number: UInt64) -> Int {
        max(1, (70 - (number | 1).leadingZeroBitCount) / 7)
    }

    /// Of a field with so many bytes, its tag and length included.
    static func byteCount(ofField byteCount: Int) -> Int {
        1 + self.byteCount(UInt64(byteCount)) + byteCount
    }

    static func zigZag(_ number: Int64) -> UInt64 {
        UInt64(bitPattern: number << 1 ^ number >> 63)
    }

    /// A number, also where it is 0.
    static func append(_ field: UInt64, _ number: UInt64, to bytes: inout [UInt8]) {
        append(varint: field << 3, to: &bytes)
        append(varint: number, to: &bytes)
    }

    static func append(_ field: UInt64, double: Double, to bytes: inout [UInt8]) {
        append(varint: field << 3 | 1, to: &bytes)
        let bits = double.bitPattern
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
    }

    package static func append(_ field: UInt64, _ text: String, to bytes: inout [UInt8]) {
        begin(field, byteCount: text.utf8.count, to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    package static func append(_ field: UInt64, _ content: [UInt8], to bytes: inout [UInt8]) {
        begin(field, byteCount: content.count, to: &bytes)
        bytes.append(contentsOf: content)
    }

    /// Tag and length of a field whose bytes follow.
    static func begin(_ field: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
        append(varint: field << 3 | 2, to: &bytes)
        append(varint: UInt64(byteCount), to: &bytes)
    }

    private static func append(varint number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
