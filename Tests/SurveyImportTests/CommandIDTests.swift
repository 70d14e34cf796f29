import Survey
import SurveyImport
import Testing

@Suite struct CommandIDTests {
    @Test(arguments: ImportKind.allCases)
    func `Ids are lower-case UUIDs of version 8`(kind: ImportKind) throws {
        let id = try #require(Imported(kind, kind.template).commands.first).id
        let form = try Regex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        #expect(id.wholeMatch(of: form) != nil)
    }

    @Test func `Ids are the same for ever`() throws {
        // SHA-256 of "bmn-import", "households", "2561" and the village or household, each ended by
        // a zero byte, computed with sha256sum.
        let id = try #require(Imported(.households, file(.households)).commands.first).id
        #expect(id == "05c0a346-f4f5-8d01-8f72-37bf95cea380")
    }

    @Test func `Importing a file twice gives the same commands`() {
        for kind in ImportKind.allCases {
            let first = Imported(kind, kind.template, chunkByteCount: 3)
            let second = Imported(kind, kind.template, chunkByteCount: 1_000)
            #expect(first.commands == second.commands)
        }
    }

    @Test func `Ids follow from identifiers and never from personal data`() {
        func id(_ values: [String: String]) -> String? {
            Imported(.households, file(.households, values)).commands.first?.id
        }
        let changed: [String: String] = [
            "house_number": "99", "address": "x", "i04": "F", "interviewed_on": "16/1/2561",
            "members": "นาย|ก|ข||1/1/2500|ชาย|หัวหน้า|พุทธ|ปกติ",
        ]
        #expect(id([:]) != nil)
        #expect(id([:]) == id(changed))
        #expect(id([:]) != id(["household": "38010101-0002"]))
        #expect(id([:]) != id(["cycle": "2562"]))
        #expect(
            Imported(.persons, file(.persons)).commands.first?.id
                == Imported(
                    .persons,
                    file(.persons, ["first_name": "x", "citizen_id": "", "birth_date": ""])
                ).commands.first?.id
        )
    }

    @Test func `Households of one village lie together and of two villages apart`() {
        let rows = [
            ["household": "a"], ["household": "b"], ["household": "c", "village": "38010102"],
        ]
        let ids = Imported(.households, file(.households, rows: rows)).commands.map(\.id)
        #expect(ids.count == 3)
        #expect(ids[0].prefix(13) == ids[1].prefix(13))
        #expect(ids[0] != ids[1])
        #expect(ids[0].prefix(13) != ids[2].prefix(13))
    }

    @Test func `Kinds and parts cannot be confused`() {
        func id(_ village: String, _ lao: String) -> String? {
            let values = ["village": village, "lao": lao]
            return Imported(.targets, file(.targets, values)).commands.first?.id
        }
        #expect(id("38010101", "380151") != id("38010101", "3801"))
        #expect(
            id("38010101", "380151") != Imported(.households, file(.households)).commands.first?.id
        )
    }
}
