import Console
import Survey
import Testing

@Suite struct `Words for what was done` {
    @Test func `every kind of event has its own in both languages`() {
        let phrases = EventKind.allCases.map { Words.kind($0.rawValue) }
        for (kind, phrase) in zip(EventKind.allCases, phrases) {
            #expect(phrase.english != kind.rawValue && phrase.thai != kind.rawValue, "\(kind)")
        }
        #expect(Set(phrases.map(\.english)).count == phrases.count)
        #expect(Set(phrases.map(\.thai)).count == phrases.count)
        #expect(Set(Words.kindNames) == Set(EventKind.allCases.map(\.rawValue)))
        #expect(Words.kind("somethingNew").english == "somethingNew")
    }
}
