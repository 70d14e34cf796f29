import Survey

/// One member of an invented household.
struct DemoMember {
    let title: String
    let firstName: String
    let lastName: String
    let citizenID: String
    let birthDate: Day
    let isMan: Bool
    let relation: String
    let bodyCondition: String
    /// Whole years at the reference date.
    let age: Int

    static let disabled = "พิการ"
    static let chronicallyIll = "ป่วยเรื้อรัง"
}

/// Who lives together: drawn so that households have about three members of all ages.
struct DemoHousehold {
    /// Ages count at the cycle's reference date; everybody is born at least a month before it, so
    /// that nobody is interviewed before the birth.
    static let referenceDate = Day(2018, 1, 1)

    let members: [DemoMember]

    var ages: [UInt32] { members.map { UInt32($0.age) } }
    var adultCount: Int { members.count { $0.age >= 15 } }

    init(_ random: inout SeededGenerator, _ mint: inout CitizenIDMint) {
        let memberCount = 1 + random.index(weights: [15, 24, 25, 20, 10, 4, 2])
        let headAge = 28 + random.index(below: 26) + random.index(below: 26)
        let family = random.pick(Names.families)
        var members = [
            Self.member(headAge, random.chance(0.62), "หัวหน้าครัวเรือน", family, &random, &mint)
        ]
        while members.count < memberCount {
            let (age, relation) = Self.relative(number: members.count, headAge, &random)
            let isMan = relation == "คู่สมรส" ? !members[0].isMan : random.chance(0.5)
            members.append(Self.member(age, isMan, relation, family, &random, &mint))
        }
        self.members = members
    }

    private static func relative(
        number: Int,
        _ headAge: Int,
        _ random: inout SeededGenerator
    ) -> (age: Int, relation: String) {
        if number == 1, random.chance(0.85) {
            return (max(20, headAge + random.integer(in: -7...5)), "คู่สมรส")
        }
        if headAge < 62, random.chance(0.12) {
            return (min(99, headAge + random.integer(in: 20...32)), "บิดามารดา")
        }
        if headAge >= 50, random.chance(0.4) { return (random.integer(in: 0...16), "หลาน") }
        return (max(0, headAge - random.integer(in: 20...38)), "บุตร")
    }

    private static func member(
        _ age: Int,
        _ isMan: Bool,
        _ relation: String,
        _ family: String,
        _ random: inout SeededGenerator,
        _ mint: inout CitizenIDMint
    ) -> DemoMember {
        let title =
            switch (age < 15, isMan) {
            case (true, true): "ด.ช."
            case (true, false): "ด.ญ."
            case (false, true): "นาย"
            case (false, false): relation == "บุตร" ? "น.ส." : "นาง"
            }
        // From 2 January to 29 November of a year gives one age on 1 January 2018.
        let birthDate = Day(2017 - age, 1, 1) + random.integer(in: 1...332)
        let condition: String
        switch random.fraction() {
        case ..<(age >= 60 ? 0.06 : 0.02): condition = DemoMember.disabled
        case ..<(age >= 60 ? 0.36 : age >= 35 ? 0.13 : 0.03): condition = DemoMember.chronicallyIll
        default: condition = "ปกติ"
        }
        return DemoMember(
            title: title,
            firstName: random.pick(isMan ? Names.men : Names.women),
            lastName: family,
            citizenID: mint.next(),
            birthDate: birthDate,
            isMan: isMan,
            relation: relation,
            bodyCondition: condition,
            age: age
        )
    }
}
