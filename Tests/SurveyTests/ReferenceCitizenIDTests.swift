import Survey
import Testing

@Suite struct ReferenceCitizenIDTests {
    // Made-up numbers on which three published libraries agree; the last three have the remainders
    // 0, 1 and 10, where a check digit is shared or wraps.
    static let valid = [
        "1101700203450", "3380100000012", "1380200000123", "1883607598381", "1706690743910",
        "1291417776311",
    ]

    @Test(arguments: valid)
    func `Numbers with the right check digit are accepted`(text: String) throws {
        #expect(try CitizenID(text).digits == text)
        #expect(CitizenID.problem(of: text) == nil)
    }

    @Test(arguments: valid)
    func `Every other last digit is refused`(text: String) {
        for digit in 0...9 where !text.hasSuffix("\(digit)") {
            #expect(throws: CitizenIDProblem.wrongCheckDigit) {
                try CitizenID(text.dropLast() + "\(digit)")
            }
        }
    }

    @Test(arguments: [
        "", "110170020345", "11017002034500", "1-1017-00203-45-0", "110170020345x",
        "๑๑๐๑๗๐๐๒๐๓๔๕๐", "1.1017E+12", " 1101700203450",
    ])
    func `Anything but thirteen ASCII digits is refused`(text: String) {
        #expect(throws: CitizenIDProblem.notThirteenDigits) { try CitizenID(text) }
    }

    @Test func `The registers of 0 are accepted and 9 is refused`() throws {
        // Sum for 0 0000 0000 001 x: 1 * 2 = 2, check digit (11 - 2) mod 10 = 9.
        #expect(try CitizenID("0000000000019").digits.count == 13)
        // Sum for 9 and zeros: 9 * 13 = 117 = 7 mod 11, check digit 4.
        #expect(throws: CitizenIDProblem.unknownRegister) { try CitizenID("9000000000004") }
    }

    @Test func `Printing an id or its problem never shows the digits`() throws {
        let id = try CitizenID("1101700203450")
        var dumped = ""
        dump(id, to: &dumped)
        for text in ["\(id)", String(reflecting: id), dumped] {
            #expect(!text.contains("1101700203450"))
        }
        let problem = try #require(CitizenID.problem(of: "1101700203451"))
        #expect(!String(reflecting: problem).contains("1"))
    }

    /// A value in DER of less than 128 bytes.
    private static func value(_ tag: UInt8, _ contents: [UInt8]...) -> [UInt8] {
        let content = contents.flatMap(\.self)
        return [tag, UInt8(content.count)] + content
    }

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    private static let id = Array("1101700203450".utf8)

    // Tags: 03 and 04 strings of bits and octets, 0C UTF8String, 13 PrintableString, 16 IA5String,
    // 1C UniversalString, 1E BMPString, 30 SEQUENCE, 31 SET, 80 told by its place.
    static let telling: [[UInt8]] = [
        value(0x13, id), value(0x16, Array("PNOTH-".utf8), id),
        value(0x30, value(0x31, value(0x13, id)), value(0x31)),
        // The length, and what stands behind, look like digits.
        value(0x0C, id, Array(String(repeating: " x", count: 18).utf8)),
        value(0x30, value(0x13, id), value(0x30), value(0x31)),
        value(0x0C, Array("๑-๑๐๑๗-๐๐๒๐๓-๔๕-๐".utf8)), value(0x0C, Array("１１０１７００２０３４５０".utf8)),
        value(0x1E, utf16("1 1017 00203 45 0")), value(0x1E, utf16("เลขที่ ๑๑๐๑๗๐๐๒๐๓๔๕๐")),
        value(0x1E, utf16("１１０１７００２０３４５０")),
        value(0x1C, "1101700203450".utf8.flatMap { [0, 0, 0, $0] }), value(0x04, id),
        value(0x04, value(0x30, value(0x30), value(0x13, id), value(0x30))),
        value(0x03, [0], value(0x30, value(0x13, id), value(0x31))), value(0x80, id),
        value(0x80, value(0x13, id), value(0x30)), Array("no DER 1101700203450".utf8),
    ]

    @Test(arguments: telling)
    func `An id is found in every kind of text in DER`(der: [UInt8]) {
        #expect(CitizenID.isFound(inDER: der))
    }

    static let innocent: [[UInt8]] = [
        [], [0x30], value(0x30), value(0x13, Array("11017002034500".utf8)),
        value(0x13, Array("1101700203451".utf8)),
        // Twelve digits, and the tag of the next value would be the right thirteenth.
        value(0x30, value(0x13, Array(id.dropLast())), value(0x30, value(0x05))),
        value(0x17, Array("180101000000Z".utf8)), value(0x18, Array("20180101000000Z".utf8)),
        // 1101700203450 as a serial number.
        value(0x02, [0x01, 0x00, 0x83, 0x4D, 0xE7, 0xBA]),
        value(0x1E, utf16("11017002034500")),
    ]

    @Test(arguments: innocent)
    func `Other numbers in DER are no ids`(der: [UInt8]) {
        #expect(!CitizenID.isFound(inDER: der))
    }
}
