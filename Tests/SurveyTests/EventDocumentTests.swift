import Survey
import SwiftProtobuf
import Testing

/// Auditors read every document that an event names.
@Suite struct EventDocumentTests {
    @Test func `No kind of event has documents that nobody reads`() {
        var naming: Set<EventKind> = []
        for kind in EventKind.allCases {
            let json = #"{"\#(kind.rawValue)":{"documents":[{"title":"a letter"}]}}"#
            // Refused for most kinds, which have no such field.
            guard let event = try? Event(jsonString: json) else { continue }
            naming.insert(kind)
            #expect(event.documents.map(\.title) == ["a letter"], "\(kind)")
        }
        #expect(naming.isSuperset(of: [.directiveIssued, .meetingHeld, .budgetAllocated]))
    }
}
