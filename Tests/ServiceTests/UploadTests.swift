import Foundation
import Ledger
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Service
import Survey
import SurveyImport
import Synchronization
import Testing

@Suite(.serialized) struct `Uploading CSV files` {
    private static let columns = ["person", "first_name", "last_name", "synthetic"]

    private static func people(_ count: Int) -> String {
        csv(columns, (1...count).map { ["new-\($0)", "ลับเฉพาะ", "คนที่ \($0)", "true"] })
    }

    @Test func `a good file is shown first, then recorded, and never twice`() async throws {
        var limits = ServiceLimits()
        limits.uploadBatchCount = 2
        try await RunningService.run(limits: limits) { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            let form = try await visitor.page("/import/persons")
            try form.requirePage()
            let template = try await visitor.page("/import/persons/template")
            #expect(template.text == ImportKind.persons.template)
            let uploaded = try await visitor.upload(.persons, Self.people(5))
            #expect(uploaded.status == 303, "\(uploaded.text)")
            let place = try #require(uploaded.headers.first(name: "Location"))
            let preview = try await visitor.page(place)
            try preview.requirePage()
            #expect(try preview.fact("แถวทั้งหมด") == 5)
            #expect(try preview.fact("รายการที่บันทึกได้") == 5 && preview.fact("ไม่รับ") == 0)
            #expect(preview.text.contains("คนที่ 1"))
            #expect(try service.treeSize() == size)
            // Sent twice, as by an impatient finger.
            for _ in 0..<2 { #expect(try await visitor.send(place + "/confirm").status == 303) }
            let done = try await visitor.ended(place)
            try done.requirePage()
            #expect(done.text.contains("เสร็จแล้ว"))
            #expect(try done.fact("บันทึกแล้ว") == 5 && done.fact("เหลือ") == 0)
            #expect(!done.text.contains("คนที่ 1"))
            #expect(try service.treeSize() == size + 5)
            let event = try #require(try service.recordedEvent(size))
            #expect(event.event.personRegistered.person == "new-1")
            #expect(event.envelope.actor.user == "super-1")
            let again = try await visitor.record(.persons, Self.people(6))
            #expect(try again.fact("มีอยู่ก่อนแล้ว") == 5 && again.fact("บันทึกแล้ว") == 1)
            #expect(try service.treeSize() == size + 6)
            #expect(!service.log.text.contains("ลับเฉพาะ"))
        }
    }

    @Test func `a file with faults says which rows and why, and records the others`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            let file = csv(
                Self.columns,
                [
                    ["new-1", "ลับเฉพาะ", "ก", "true"], ["new-2", "", "ลับเฉพาะ", "true"],
                    ["new-3", "ก", "ข", "ลับเฉพาะ"], ["collector-1", "ก", "ข", "true"],
                ]
            )
            let uploaded = try await visitor.upload(.persons, file)
            let place = try #require(uploaded.headers.first(name: "Location"))
            let preview = try await visitor.page(place + "?lang=en")
            try preview.requirePage()
            #expect(try preview.fact("Refused") == 2)
            #expect(try preview.fact("Acts that can be recorded") == 2)
            #expect(preview.text.contains("This field must be filled in."))
            #expect(preview.text.contains("It must be true or false."))
            let faults = try await visitor.ask(
                .GET,
                place + "/faults",
                [("Cookie", visitor.cookie ?? "")]
            )
            let lines = faults.text.split(separator: "\r\n").map(String.init)
            #expect(lines[1].hasPrefix("3,first_name,refused,valueMissing,"))
            #expect(lines[2].hasPrefix("4,synthetic,refused,flagMalformed,"))
            #expect(!faults.text.contains("ลับเฉพาะ"))
            _ = try await visitor.send(place + "/confirm")
            let done = try await visitor.ended(place + "?lang=th")
            // The rules refuse one more.
            #expect(try done.fact("บันทึกแล้ว") == 1 && done.fact("ไม่รับ") == 3)
            #expect(done.text.contains("personAlreadyRegistered"))
            #expect(try service.treeSize() == size + 1)
            let empty = try await visitor.upload(.persons, "")
            try empty.requirePage(status: 422)
            let notThis = try await visitor.upload(.persons, "what,is,this\r\n1,2,3\r\n")
            let other = try #require(notThis.headers.first(name: "Location"))
            let nothing = try await visitor.page(other)
            #expect(nothing.text.contains("headerMissing") && !nothing.text.contains("/confirm"))
            #expect(try await visitor.send(other + "/forget").status == 303)
            #expect(try await visitor.page(other).status == 404)
        }
    }

    @Test func `rows of other areas are refused, and auditors are told`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "village-1")
            try await visitor.arrive()
            let columns = ["cycle", "area", "collector", "first", "last", "issued_on"]
            func row(_ area: String, _ first: Int) -> [String] {
                ["2561", area, "collector-1", "\(first)", "\(first + 9)", "1/1/2561"]
            }
            let file = csv(columns, [row("99010102", 1), row("99010101", 11), row("9901", 21)])
            let done = try await visitor.record(.questionnaires, file)
            try done.requirePage()
            #expect(try done.fact("บันทึกแล้ว") == 1 && done.fact("ไม่รับ") == 2, "\(done.text)")
            #expect(done.text.contains("outsideOwnAreas"))
            #expect(
                try service.told().contains(
                    "village-1 POST /import/{kind} refused outsideOwnAreas"
                )
            )
        }
    }

    @Test func `an upload is its owner's alone, bounded, and forgotten in time`() async throws {
        var limits = ServiceLimits()
        limits.uploadByteCountMax = 2000
        limits.uploadsOfOneByteCountMax = 700
        limits.uploadTime = .seconds(60)
        try await RunningService.run(limits: limits) { service in
            let (visitor, other) = (
                try Visitor(service, "super-1"), try Visitor(service, "district-1")
            )
            try await visitor.arrive()
            try await other.arrive()
            #expect(try await visitor.upload(.persons, Self.people(100)).status == 413)
            let kept = try await visitor.upload(.persons, Self.people(6))
            let place = try #require(kept.headers.first(name: "Location"), "\(kept.text)")
            #expect(try await visitor.upload(.persons, Self.people(6)).status == 503)
            for path in [place, place + "/faults"] {
                #expect(try await other.page(path).status == 404)
            }
            #expect(try await other.send(place + "/confirm").status == 404)
            #expect(try await visitor.page(place).status == 200)
            service.clock.step(microseconds: 61_000_000)
            for _ in 0..<3000 {
                if try await visitor.upload(.persons, Self.people(6)).status == 303 { break }
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await visitor.page(place).status == 404)
        }
    }

    @Test func `a service that stops ends its batch and says how far an upload came`() async throws
    {
        var limits = ServiceLimits()
        limits.uploadBatchCount = 1
        let gate = CommitGate()
        let observer: CommitObserver = { step in
            if case .aboutToCommit = step { gate.pass() }
        }
        let count = 50
        try await RunningService.run(limits: limits, observer: observer) { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            let uploaded = try await visitor.upload(.persons, Self.people(count))
            let place = try #require(uploaded.headers.first(name: "Location"))
            gate.close(after: 3)
            _ = try await visitor.send(place + "/confirm")
            while try service.treeSize() < size + 3 {
                try await Task.sleep(for: .milliseconds(5))
            }
            await service.stop()
            // Until it is said that nothing more is taken.
            for _ in 0..<3000 {
                guard let reply = try? await service.ask(.GET, "/readyz", as: nil),
                    reply.status == 200
                else { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            gate.open()
            for _ in 0..<3000 where !service.log.text.contains("upload ended") {
                try await Task.sleep(for: .milliseconds(10))
            }
            let recorded = try service.treeSize() - size
            #expect(recorded >= 3 && recorded < UInt64(count))
            let line = try #require(
                service.log.text.split(separator: "\n").first { $0.contains("upload ended") }
            )
            let said = try Reply.object(String(line))
            let text = String(line)
            #expect(text.contains("stopping") && text.contains("\"\(recorded)\""), "\(said)")
        }
    }
}

/// Lets so many commits pass, and then none until it is opened.
private final class CommitGate: Sendable {
    private let left = Mutex<Int?>(nil)

    func close(after count: Int) { left.withLock { $0 = count } }

    func open() { left.withLock { $0 = nil } }

    func pass() {
        while true {
            let isOpen = left.withLock { left in
                guard let count = left else { return true }
                guard count > 0 else { return false }
                left = count - 1
                return true
            }
            if isOpen { return }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }
}
