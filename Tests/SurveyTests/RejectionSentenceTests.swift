import Survey
import Testing

@Suite struct RejectionSentenceTests {
    /// Refusals that concern the whole ledger or command, so that there is nothing to name.
    static let withoutSubject: Set<RejectionCode> = [
        .kindUnknown, .ledgerAlreadyCreated, .ledgerNotCreated, .notStored,
    ]

    @Test(arguments: RejectionCode.allCases)
    func `Every refusal is one sentence in Thai and in English that shows its subject`(
        code: RejectionCode
    ) {
        let rejection = Rejection(code, "subject-7")
        for language in Language.allCases {
            let sentence = rejection.sentence(language)
            #expect(sentence.count > 10)
            #expect(sentence.contains("subject-7") != Self.withoutSubject.contains(code))
            #expect(!sentence.contains("{}"))
            #expect(!sentence.contains("\n"))
        }
        let isThai = { (scalar: Unicode.Scalar) in (0x0E00...0x0E7F).contains(scalar.value) }
        #expect(rejection.sentence(.thai).unicodeScalars.contains(where: isThai))
        #expect(!rejection.sentence(.english).unicodeScalars.contains(where: isThai))
        #expect(rejection.sentence(.english).hasSuffix("."))
        #expect(rejection.description == "\(code.rawValue): \(rejection.sentence(.english))")
    }

    @Test func `No two codes share a sentence`() {
        #expect(Set(RejectionCode.allCases.map(\.thai)).count == RejectionCode.allCases.count)
        #expect(Set(RejectionCode.allCases.map(\.english)).count == RejectionCode.allCases.count)
    }
}
