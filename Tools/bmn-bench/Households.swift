import Ledger
import Survey

/// Invented households, the same for the same serial number.
///
/// They come as they would from recorders who each work through a village: in runs of one village,
/// house after house.
struct Households {
    /// How many in a row are of one village.
    let runLength: Int

    init(runLength: Int = 200) {
        self.runLength = runLength
    }

    func command(serial: Int) -> Command {
        let run = serial / runLength
        return command(
            village: run % Province.villageCount,
            house: run / Province.villageCount * runLength + serial % runLength + 1,
            serial: serial
        )
    }

    /// The household of one house number of a village.
    func command(village: Int, house: Int, serial: Int) -> Command {
        var random = SplitMix(state: UInt64(serial))
        var record = RecordHousehold()
        record.cycle = Province.cycle
        record.village = Province.village(village)
        record.lao = Province.lao(ofVillage: village)
        record.household = "\(record.village)-\(house + 100_000)"
        record.interviewedOn = "2018-01-15"
        record.collector = Province.collector
        let births = [
            "\(1950 + random.below(30))-05-14", "\(1952 + random.below(30))-11-02",
            "\(2004 + random.below(12))-07-21",
        ]
        record.personal = personal(births, house: house, &random)
        record.indicators = indicators(births, &random)
        record.synthetic = true
        // Setting up took the first serials.
        return .bench(.recordHousehold(record), serial: UInt64(serial) + 1 << 20)
    }

    private func personal(
        _ births: [String],
        house: Int,
        _ random: inout SplitMix
    ) -> PersonalData {
        var personal = PersonalData()
        personal.houseNumber = "\(house)/1"
        personal.houseRegistrationCode = random.digits(11)
        personal.address = "หมู่ 4 ถนนสมมุติ"
        personal.latitude = "18.\(random.digits(6))"
        personal.longitude = "103.\(random.digits(6))"
        for (offset, birth) in births.enumerated() {
            var member = Member()
            member.title = ["นาย", "นาง", "เด็กหญิง"][offset]
            member.firstName = ["สมมุติ", "สมหญิง", "สมใจ"][offset]
            member.lastName = "ตัวอย่าง"
            member.citizenID = random.citizenID()
            member.birthDate = birth
            member.sex = offset == 0 ? "m" : "f"
            member.relation = ["head", "spouse", "child"][offset]
            personal.members.append(member)
        }
        return personal
    }

    private func indicators(_ births: [String], _ random: inout SplitMix) -> [IndicatorCount] {
        let reference = Day(iso: "2018-01-01") ?? Day(daysSinceEpoch: 0)
        let ages = births.compactMap { birth in
            Day(iso: birth).map { UInt32($0.wholeYears(until: reference)) }
        }
        return Questionnaire.bmn2560.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                Questionnaire.bmn2560.inScope(indicator.number, ages: ages).upperBound
            )
            count.failing = random.below(20) == 0 ? count.inScope : 0
            return count
        }
    }
}

extension Command {
    /// A command of the recorder with an id of version 7, a millisecond after the one before.
    static func bench(_ kind: OneOf_Kind, serial: UInt64) -> Command {
        var random = SplitMix(state: serial)
        var command = Command()
        command.id =
            CommandID(
                unixMilliseconds: 1_516_000_000_000 + serial,
                random: (random.next(), random.next())
            ).text
        command.actor.user = Province.recorder
        command.actor.capacity = "recorder"
        command.actor.authentication = "none"
        command.kind = kind
        return command
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }

    mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character("\(below(10))") })
    }

    /// A number that passes the check digit; the leading 0 is of no citizen.
    mutating func citizenID() -> String {
        let stem = "0\(digits(11))"
        let sum = stem.utf8.enumerated().reduce(0) { sum, digit in
            sum + Int(digit.element - UInt8(ascii: "0")) * (13 - digit.offset)
        }
        return "\(stem)\((11 - sum % 11) % 10)"
    }
}
