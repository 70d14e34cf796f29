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
}
