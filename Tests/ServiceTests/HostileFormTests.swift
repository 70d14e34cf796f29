import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Hostile forms of a household` {
    @Test func `each is refused by its code, and the service goes on`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let form = try TypedForm(of: try await visitor.english("/households/new"))
            func changed(_ changes: [String: String?]) -> String {
                var form = form
                for (name, value) in changes { form.fields[name] = value }
                return form.body(csrf: visitor.csrf, pressing: "check")
            }
            let good = changed([:])
            let bodies: [(String, String, Int)] = [
                ("thousands of members", changed(["members": "100000"]), 400),
                ("as many as no number holds", changed(["members": "99999999999999999999"]), 400),
                ("fewer than none", changed(["members": "-1"]), 400),
                ("nobody", changed(["members": "0"]), 400),
                ("a member beyond those", changed(["m2.firstName": "x"]), 400),
                ("a field nobody knows", changed(["h.nothing": "x"]), 400),
                ("a field of the other unit", changed(["h.firstName": "x"]), 400),
                (
                    "a huge field", changed(["h.houseNumber": String(repeating: "ก", count: 3000)]),
                    400
                ),
                ("no form id", changed(["form": nil]), 400),
                ("a form id that is none", changed(["form": "../../etc"]), 400),
                ("a version that is none", changed(["version": "1e9"]), 400),
                ("another cycle", changed(["cycle": "9999"]), 404),
                ("a button nobody made", good.replacing("do=check", with: "do=erase"), 400),
                (
                    "a member removed who is not there",
                    good.replacing("do=check", with: "do=remove-7"), 200
                ),
                (
                    "a member with the least number there is",
                    good.replacing("do=check", with: "do=remove-\(Int.min)"), 400
                ),
                ("too much of it", good + "&x=" + String(repeating: "a", count: 600_000), 413),
            ]
            for (name, body, status) in bodies {
                let reply = try await visitor.sendForm("/households/new", body)
                #expect(reply.status == status, "\(name): \(reply.text.prefix(800))")
            }
            // Without a token that can be read nothing is looked at further.
            for (name, body) in [
                ("no UTF-8", good + "&address=%FF%FE"), ("half a code", good + "&address=%4"),
                ("a control", good + "&address=a%00b"),
                ("a field twice", good + "&household=a&household=b"), ("nothing", ""),
            ] {
                let reply = try await visitor.sendForm("/households/new", body)
                #expect(reply.status == 403, "\(name): \(reply.text.prefix(800))")
            }
            let many = (0..<30_000).map { "h.q\($0)=1" }.joined(separator: "&")
            #expect(try await visitor.sendForm("/households/new", "\(many)&\(good)").status == 403)
            #expect(try await visitor.sendForm("/households/new", good).status == 200)
        }
    }

    @Test func `random changes of a good form end in no fault of ours`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Sample.answers(), household: "99010101-0042")
            let good = Array(form.body(csrf: visitor.csrf, pressing: "check").utf8)
            var seed: UInt64 = 0x5EED
            func next(_ bound: Int) -> Int {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((seed >> 33) % UInt64(bound))
            }
            for round in 0..<150 {
                var bytes = good
                for _ in 0...next(6) {
                    let place = next(bytes.count)
                    switch next(4) {
                    case 0: bytes[place] = UInt8(0x21 + next(0x5E))
                    case 1: bytes.remove(at: place)
                    case 2: bytes.insert(UInt8(0x21 + next(0x5E)), at: place)
                    default: bytes.insert(contentsOf: Array("%E0%B8%81".utf8), at: place)
                    }
                }
                let body = String(decoding: bytes, as: UTF8.self)
                let reply = try await visitor.sendForm("/households/new", body)
                #expect(reply.status < 500, "round \(round): \(reply.text.prefix(400))")
            }
            #expect(!service.log.text.contains("สมมุติ"))
        }
    }
}
