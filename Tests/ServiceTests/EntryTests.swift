import Foundation
import Ledger
import LedgerTestSupport
import NIOHTTP1
import Survey
import SurveyImport
import Testing

@Suite(.serialized) struct `Entering acts by forms` {
    /// An act of the synthetic province, by the columns of its file.
    struct Act: Sendable, CustomTestStringConvertible {
        let kind: ImportKind
        var shared: [String: String]
        var rows: [[String: String]] = [[:]]
        /// Whether the event is the command's own message.
        let isOf: @Sendable (Event, Command) -> Bool

        var testDescription: String { kind.rawValue }

        /// What `bmn import` makes of the same row.
        func command() throws -> Command {
            let rows = rows.map { shared.merging($0) { $1 } }
            var importer = CommandImporter(kind, actor: Actor())
            let items = importer.items(of: kind.file(of: rows, .bmn2560))
            guard case .command(let given, _)? = items.first, items.count == 1 else {
                Issue.record("no one command: \(items)")
                throw CocoaError(.fileReadCorruptFile)
            }
            return given.command
        }
    }

    static let meeting = Act(
        kind: .meetings,
        shared: [
            "meeting": "m-1", "cycle": "2561", "area": "9901", "scheduled_on": "20/1/2561",
            "place": "ที่ว่าการอำเภอ", "agenda": "=วางแผน, \"ครั้งแรก\"", "notice_number": "ว 12",
            "occurred_on": "13/1/2561",
        ],
        isOf: { $0.meetingCalled == $1.callMeeting }
    )

    /// In an order that the rules accept, one of each group at least.
    static let acts = [
        Act(
            kind: .directives,
            shared: [
                "directive": "d-1", "cycle": "2561", "number": "มท 0409/ว 1",
                "date": "27 ตุลาคม 2560", "from_office": "กรม", "from_area": "99",
                "subject": "การจัดเก็บ", "occurred_on": "30/10/2560",
            ],
            rows: [["area": "9901"], ["area": "990101"]],
            isOf: { $0.directiveIssued == $1.issueDirective }
        ),
        Act(
            kind: .trainings,
            shared: [
                "training": "t-1", "cycle": "2561", "area": "9901", "kind": "collector",
                "held_on": "๒๐/๑/๒๕๖๑", "place": "หอประชุม",
            ],
            rows: [
                ["person": "collector-1", "part": "participant"],
                ["person": "recorder-1", "part": "trainer"],
            ],
            isOf: { $0.trainingHeld == $1.recordTraining }
        ),
        meeting,
        Act(
            kind: .minutes,
            shared: [
                "meeting": "m-1", "held_on": "20/1/2561", "attendees": "recorder-1 | super-1",
                "guests": "4",
            ],
            rows: [
                [
                    "resolution": "ให้เริ่มเดือนหน้า", "for": "0", "against": "0", "abstained": "0",
                ]
            ],
            isOf: { event, command in
                // Who sat on the committee is the ledger's own addition.
                var minutes = event.meetingHeld
                (minutes.memberCount, minutes.presentCount, minutes.quorumCount) = (0, 0, 0)
                return minutes == command.holdMeeting
            }
        ),
        Act(
            kind: .plans,
            shared: [
                "plan": "p-1", "cycle": "2561", "area": "9901", "occurred_on": "15/1/2561",
            ],
            rows: [
                [
                    "step": "collect", "kind": "collecting", "text": "จัดเก็บ",
                    "starts_on": "16/1/2561", "due": "28/2/2561", "responsible": "collector-1",
                ],
                [
                    "step": "look", "kind": "other", "text": "ตรวจ", "starts_on": "1/2/2561",
                    "due": "28/2/2561", "office": "อำเภอ",
                ],
            ],
            isOf: { $0.actionPlanDrafted == $1.draftActionPlan }
        ),
        Act(
            kind: .planSubmissions,
            shared: ["plan": "p-1", "submitted_to": "99", "submitted_on": "16/1/2561"],
            isOf: { $0.actionPlanSubmitted == $1.submitActionPlan }
        ),
        Act(
            kind: .planReturns,
            shared: [
                "plan": "p-1", "by_area": "99", "returned_on": "17/1/2561",
                "reason": "ไม่มีผู้รับผิดชอบหมู่สอง",
            ],
            isOf: { $0.actionPlanReturned == $1.returnActionPlan }
        ),
        Act(
            kind: .budget,
            shared: [
                "allocation": "b-1", "cycle": "2561", "area": "9901", "activity": "ฝึกอบรม",
                "amount_baht": "15,000.50", "source": "กรม", "allocated_on": "15/1/2561",
            ],
            isOf: { $0.budgetAllocated == $1.allocateBudget }
        ),
        Act(
            kind: .questionnaires,
            shared: [
                "cycle": "2561", "area": "9901", "collector": "collector-1", "prefix": "A-",
                "first": "1", "last": "๑๒๐", "issued_on": "1/1/2561",
            ],
            isOf: { $0.questionnairesIssued == $1.issueQuestionnaires }
        ),
        Act(
            kind: .objections,
            shared: [
                "objection": "o-1", "cycle": "2561", "area": "9901", "raised_by": "resident",
                "text": "บ้านหลังนี้มีส้วมแล้ว", "indicator": "8",
            ],
            isOf: { $0.objectionRaised == $1.raiseObjection }
        ),
        Act(
            kind: .withdrawals,
            shared: [
                "kind": "training", "paper": "t-1", "reason": "บันทึกซ้ำ",
                "withdrawn_on": "1/2/2561",
            ],
            isOf: { $0.paperWithdrawn == $1.withdrawPaper }
        ),
    ]

    @Test func `each kind's form is a page with a field for each of its columns`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let list = try await visitor.page("/enter")
            try list.requirePage()
            #expect(list.text.contains(#"<a href="/enter" aria-current="page">"#))
            for kind in ImportKind.allCases where ![.households, .answers].contains(kind) {
                #expect(list.text.contains("href=\"/enter/\(kind.rawValue)\""))
                let page = try await visitor.page("/enter/\(kind.rawValue)?lang=en")
                try page.requirePage()
                for field in kind.fields(of: .bmn2560) {
                    let name = (field.isOfRow ? "r0." : "f.") + field.column.name
                    #expect(page.text.contains("<label for=\"\(name)\">"), "\(name)")
                    #expect(page.text.contains("id=\"\(name)\" name=\"\(name)\""), "\(name)")
                }
            }
            for path in ["/enter/households", "/enter/nothing", "/import/nothing"] {
                #expect(try await visitor.page(path).status == 404, "\(path)")
            }
            // What is known of the reader is filled in, and what a link hands on.
            let page = try await visitor.page("/enter/meetings?meeting=m%229")
            #expect(page.text.contains(#"name="f.cycle" type="text" value="2561""#))
            #expect(page.text.contains(#"name="f.area" type="text" value="99""#))
            #expect(page.text.contains(#"name="f.meeting" type="text" value="m&quot;9""#))
        }
    }

    @Test func `an act of a form is the same record as its row would be`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            for act in Self.acts {
                let size = try service.treeSize()
                let reply = try await visitor.enter(act.kind, act.shared, rows: act.rows)
                try reply.requirePage(status: 201)
                #expect(try reply.recordIndex() == size && service.treeSize() == size + 1)
                let recorded = try #require(try service.recordedEvent(size))
                let command = try act.command()
                #expect(act.isOf(recorded.event, command), "\(act.kind)")
                #expect(recorded.envelope.commandID.text == command.id)
                #expect(recorded.envelope.actor.user == "super-1")
                #expect(recorded.envelope.actor.authentication == "passkey")
                let again = try await visitor.enter(act.kind, act.shared, rows: act.rows)
                try again.requirePage()
                #expect(try again.recordIndex() == size && service.treeSize() == size + 1)
            }
            // Where the plan goes on, its name goes along.
            let plan = try await visitor.enter(
                .planReturns,
                Self.acts.first { $0.kind == .planReturns }?.shared ?? [:]
            )
            #expect(plan.text.contains("/enter/plans?plan=p-1"))
        }
    }

    @Test func `a form that is sent twice at once is recorded once`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            let act = Self.meeting
            let replies = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    let (cookie, csrf) = (visitor.cookie, visitor.csrf)
                    let tab = try Visitor(service, "super-1")
                    (tab.cookie, tab.csrf) = (cookie, csrf)
                    group.addTask { [tab = Tab(tab)] in
                        try await tab.visitor.enter(act.kind, act.shared).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.sorted() == [200, 200, 200, 201])
            #expect(try service.treeSize() == size + 1)
        }
    }

    @Test func `what is wrong is said at its field, and what was typed stays`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            var act = Self.meeting
            act.shared["scheduled_on"] = "31/2/2561"
            act.shared["area"] = "<b>99x"
            act.shared["place"] = ""
            let reply = try await visitor.enter(act.kind, act.shared)
            try reply.requirePage(status: 422)
            for name in ["f.scheduled_on", "f.area", "f.place"] {
                #expect(reply.text.contains("id=\"\(name)-fault\""), "\(name)")
                #expect(reply.text.contains("<a href=\"#\(name)\">"), "\(name)")
            }
            #expect(reply.text.contains("value=\"31/2/2561\""))
            #expect(reply.text.contains("value=\"&lt;b&gt;99x\""))
            #expect(reply.text.contains("value=\"=วางแผน, &quot;ครั้งแรก&quot;\""))
            #expect(reply.text.contains("ไม่มีวันนี้ในปฏิทิน"))
            // What the rules find is at its row.
            let training = try #require(Self.acts.first { $0.kind == .trainings })
            var rows = training.rows
            rows[1]["person"] = "nobody-1"
            let refused = try await visitor.enter(.trainings, training.shared, rows: rows)
            try refused.requirePage(status: 422)
            #expect(refused.text.contains("id=\"r1.person-fault\""), "\(refused.text)")
            #expect(!refused.text.contains("id=\"r0.person-fault\""))
            #expect(try service.treeSize() == size)
        }
    }

    @Test func `rows are added and removed by buttons, without a script`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let training = try #require(Self.acts.first { $0.kind == .trainings })
            let (shared, rows) = (training.shared, training.rows)
            let more = try await visitor.enter(.trainings, shared, rows: rows, button: "add")
            try more.requirePage()
            #expect(more.text.contains(#"name="r2.person""#))
            #expect(!more.text.contains(#"name="r3.person""#))
            #expect(more.text.contains(#"name="r0.person" type="text" value="collector-1""#))
            let fewer = try await visitor.enter(.trainings, shared, rows: rows, button: "drop-0")
            try fewer.requirePage()
            #expect(fewer.text.contains(#"name="r0.person" type="text" value="recorder-1""#))
            #expect(!fewer.text.contains(#"name="r1.person""#))
            // A row that nobody filled in is none.
            let size = try service.treeSize()
            let entered = try await visitor.enter(.trainings, shared, rows: rows + [[:], [:]])
            #expect(entered.status == 201, "\(entered.text)")
            let event = try #require(try service.recordedEvent(size)).event
            #expect(event.trainingHeld.participants == ["collector-1"])
            #expect(event.trainingHeld.trainers == ["recorder-1"])
        }
    }

    @Test func `nobody enters by a form what he may not`() async throws {
        try await RunningService.run { service in
            let size = try service.treeSize()
            let act = Self.meeting
            for person in ["auditor-1", "admin-1"] {
                let visitor = try Visitor(service, person)
                try await visitor.arrive()
                let front = try await visitor.page("/")
                #expect(!front.text.contains(#"href="/enter""#))
                for path in ["/enter", "/enter/meetings", "/import/persons"] {
                    #expect(try await visitor.page(path).status == 403, "\(path)")
                }
                #expect(try await visitor.enter(act.kind, act.shared).status == 403)
                #expect(try await visitor.upload(.persons, "person\r\n").status == 403)
            }
            let recorder = try Visitor(service, "recorder-1")
            try await recorder.arrive()
            let list = try await recorder.page("/enter")
            try list.requirePage()
            #expect(list.text.contains("/import/answers") && !list.text.contains("/enter/meetings"))
            #expect(try await recorder.enter(act.kind, act.shared).status == 403)
            // The area is typed, so what was typed stays; auditors are told.
            let village = try Visitor(service, "village-1")
            try await village.arrive()
            let elsewhere = try await village.enter(act.kind, act.shared)
            try elsewhere.requirePage(status: 403)
            #expect(elsewhere.text.contains("value=\"9901\""))
            #expect(
                try service.told().contains(
                    "village-1 POST /enter/{kind} refused outsideOwnAreas"
                )
            )
            let supervisor = try Visitor(service, "super-1")
            try await supervisor.arrive()
            for csrf in ["", village.csrf, String(repeating: "0", count: 64)] {
                let forged = try await supervisor.enter(act.kind, act.shared, csrf: csrf)
                #expect(forged.status == 403)
                #expect(forged.text.contains("requestForged"))
            }
            // Each of the five enrolled a passkey, and that is all.
            #expect(try service.treeSize() == size + 5)
        }
    }

    @Test func `a list leads to the forms of what stands in it`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            for list in [
                "orders", "appointments", "meetings", "trainings", "plans", "cooperation",
                "checks", "defects", "objections", "awards", "budget",
            ] {
                let page = try await visitor.page("/lists/\(list)")
                let links = page.text.matches(of: /href="(\/enter\/[a-z-]+)"/).map { "\($0.1)" }
                #expect(!links.isEmpty, "\(list)")
                for link in links { #expect(try await visitor.page(link).status == 200, "\(link)") }
            }
            let auditor = try Visitor(service, "auditor-1")
            try await auditor.arrive()
            #expect(!(try await auditor.page("/lists/meetings")).text.contains("/enter/"))
        }
    }
}

/// A visitor whom one task has alone.
private struct Tab: @unchecked Sendable {
    let visitor: Visitor

    init(_ visitor: Visitor) { self.visitor = visitor }
}
