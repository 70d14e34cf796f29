import Console
import Survey
import Testing

@Suite struct `The console` {
    @Test func `Thai marks above and below take no column`() {
        #expect("กำ".columnCount == 2)
        #expect("ที่นี่".columnCount == 2)
        #expect("เชื้อ".columnCount == 3)
        #expect("บึงกาฬ".columnCount == 5)
        #expect("ปู่".columnCount == 1)
        #expect("abc".columnCount == 3)
        #expect("漢字".columnCount == 4)
        #expect("e\u{301}".columnCount == 1)
        #expect("".columnCount == 0)
    }

    @Test func `a table lines up on a terminal and has tabs in a pipe`() {
        var table = Table([.init("ชื่อ"), .init("n", isNumeric: true), .init("x")])
        table.append(["ที่นี่", "7", "a"])
        table.append(["ab", "123", "b\tc\nd"])
        #expect(table.text(forTerminal: false) == "ชื่อ\tn\tx\nที่นี่\t7\ta\nab\t123\tb c d\n")
        #expect(table.text(forTerminal: true) == "ชื่อ    n  x\nที่นี่    7  a\nab  123  b c d\n")
    }

    @Test func `named values line up on a terminal and have tabs in a pipe`() {
        var fields = FieldList()
        fields.append("ชื่อ", "ก")
        fields.append("level", "x")
        #expect(fields.text(forTerminal: true) == "ชื่อ     ก\nlevel  x\n")
        #expect(fields.text(forTerminal: false) == "ชื่อ\tก\nlevel\tx\n")
    }

    @Test func `JSON keeps the order of members and escapes what it must`() {
        let json: JSON = [
            "z": "a\"b\\c\n\u{1}\u{1F}ก", "a": [1, true, .null, .unsigned(.max)], "o": [:],
            "r": .raw(Array("{}".utf8)),
        ]
        let text =
            #"{"z":"a\"b\\c\n\u0001\u001fก","a":[1,true,null,18446744073709551615],"o":{},"r":{}}"#
        #expect(json.text == text)
    }

    @Test func `numbers are grouped for people`() {
        #expect(
            [0, 7, 999, 1000, 130_937, -1234].map(\.grouped) == [
                "0", "7", "999", "1,000", "130,937", "-1,234",
            ]
        )
    }

    @Test func `days and times are Thailand's in words`() {
        // 20 March 2018, 17:30:05 UTC is past midnight in Thailand.
        let microseconds: Int64 = 1_521_567_005_000_000
        #expect(Language.english.text(unixMicroseconds: microseconds) == "21 March 2018 00:30:05")
        #expect(
            Language.thai.text(unixMicroseconds: microseconds) == "21 มีนาคม 2561 00:30:05 น."
        )
        #expect(Language.thai.text(isoDay: "2018-03-20") == "20 มีนาคม 2561")
        #expect(Language.english.text(isoDay: "") == "")
    }

    @Test func `the language is chosen by option then variables then Thai`() {
        func choose(_ option: String?, _ environment: [String: String]) -> Language {
            Language.choose(option: option, environment: environment)
        }
        #expect(choose(nil, [:]) == .thai)
        #expect(choose("en", ["BMN_LANG": "th"]) == .english)
        #expect(choose("xx", ["BMN_LANG": "en"]) == .english)
        #expect(choose(nil, ["LANG": "TH_th"]) == .thai)
        #expect(choose(nil, ["LANG": "de_DE.UTF-8"]) == .english)
        #expect(["", "th", "en", "TH", "en_GB"].allSatisfy(Language.isKnown))
        #expect(!["xx", "t", "ไทย"].contains(where: Language.isKnown))
    }

    @Test func `a failure is one line or one object`() {
        let failure = Failure("aCode", thai: "ไทย", english: "English.", exitStatus: 3)
        #expect(failure.message(.thai, asJSON: false) == "aCode: ไทย\n")
        #expect(
            failure.message(.english, asJSON: true)
                == #"{"error":{"code":"aCode","message":"English."}}"# + "\n"
        )
    }
}
