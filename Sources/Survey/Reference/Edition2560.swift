extension Edition {
    /// The form of plan 12's years: 31 indicators, 13 by household and 18 by person.
    ///
    /// Names, units and scopes are those of the indicator table; its column applies_to is quoted
    /// where a scope is not simply an age range.
    package static let bmn2560 = Edition(
        years: 2560...2564,
        indicators: [
            // "children aged not over 1 year": on the first birthday a child is 1 in whole years
            // and in; a month later it is still 1, but out. Whole years cannot tell them apart.
            person(
                1,
                .health,
                "เด็กแรกเกิดมีน้ำหนัก 2,500 กรัม ขึ้นไป",
                "Newborns weigh 2,500 g or more",
                someAged: 0...1
            ),
            // "children aged 6 months to 1 year decide": months, which a record does not hold.
            person(
                2,
                .health,
                "เด็กแรกเกิดได้กินนมแม่อย่างเดียวอย่างน้อย 6 เดือนแรกติดต่อกัน",
                "Newborns exclusively breast-fed for at least the first 6 consecutive months",
                someAged: 0...1
            ),
            person(
                3,
                .health,
                "เด็กแรกเกิดถึง 12 ปี ได้รับวัคซีนป้องกันโรคครบตามตารางสร้างเสริมภูมิคุ้มกันโรค",
                "Children 0-12 fully vaccinated by the immunisation schedule",
                everybodyAged: 0...12
            ),
            household(
                4,
                .health,
                "ครัวเรือนกินอาหารถูกสุขลักษณะ ปลอดภัย และได้มาตรฐาน",
                "Household eats hygienic, safe, standard food"
            ),
            household(
                5,
                .health,
                "ครัวเรือนมีการใช้ยาเพื่อบำบัด บรรเทาอาการเจ็บป่วยเบื้องต้นอย่างเหมาะสม",
                "Household uses medicine properly for minor illness"
            ),
            person(
                6,
                .health,
                "คนอายุ 35 ปีขึ้นไป ได้รับการตรวจสุขภาพประจำปี",
                "Persons 35+ had an annual health check",
                everybodyAged: 35...Indicator.oldestAge
            ),
            person(
                7,
                .health,
                "คนอายุ 6 ปีขึ้นไป ออกกำลังกายอย่างน้อยสัปดาห์ละ 3 วัน ๆ ละ 30 นาที",
                "Persons 6+ exercise at least 3 days a week, 30 minutes a day",
                everybodyAged: 6...Indicator.oldestAge
            ),
            household(
                8,
                .environment,
                "ครัวเรือนมีความมั่นคงในที่อยู่อาศัยและบ้านมีสภาพคงทนถาวร",
                "Household has secure tenure and a durable house"
            ),
            household(
                9,
                .environment,
                "ครัวเรือนมีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี อย่างน้อยคนละ 5 ลิตรต่อวัน",
                "Household has enough clean drinking water all year, at least 5 litres per person per day"
            ),
            household(
                10,
                .environment,
                "ครัวเรือนมีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน",
                "Household has enough water for use all year, at least 45 litres per person per day"
            ),
            household(
                11,
                .environment,
                "ครัวเรือนมีการจัดบ้านเรือนเป็นระเบียบเรียบร้อย สะอาด และถูกสุขลักษณะ",
                "Household keeps the home orderly, clean and hygienic"
            ),
            household(
                12,
                .environment,
                "ครัวเรือนไม่ถูกรบกวนจากมลพิษ",
                "Household not disturbed by pollution"
            ),
            household(
                13,
                .environment,
                "ครัวเรือนมีการป้องกันอุบัติภัย และภัยธรรมชาติอย่างถูกวิธี",
                "Household guards properly against accidents and natural disasters"
            ),
            household(
                14,
                .environment,
                "ครัวเรือนมีความปลอดภัยในชีวิตและทรัพย์สิน",
                "Household is safe in life and property"
            ),
            person(
                15,
                .education,
                "เด็กอายุ 3 - 5 ปี ได้รับการบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน",
                "Children 3-5 receive preschool care",
                everybodyAged: 3...5
            ),
            person(
                16,
                .education,
                "เด็กอายุ 6 - 14 ปี ได้รับการศึกษาภาคบังคับ 9 ปี",
                "Children 6-14 receive the 9-year compulsory education",
                everybodyAged: 6...14
            ),
            // "persons who finished M.3 in the past year": no age is named, adults finish it too.
            person(
                17,
                .education,
                "เด็กจบชั้น ม.3 ได้เรียนต่อชั้น ม.4 หรือเทียบเท่า",
                "M.3 leavers continue to M.4 or equivalent",
                someAged: nil
            ),
            // "persons who finished 9 years, did not go on to M.4 and have no work": no age is
            // named.
            person(
                18,
                .education,
                "คนในครัวเรือนที่จบการศึกษาภาคบังคับ 9 ปี ที่ไม่ได้เรียนต่อและยังไม่มีงานทำ ได้รับการฝึกอบรมด้านอาชีพ",
                "Members with 9-year education, not studying further and without work, had vocational training",
                someAged: nil
            ),
            person(
                19,
                .education,
                "คนอายุ 15 - 59 ปี อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายได้",
                "Persons 15-59 read and write Thai and do simple sums",
                everybodyAged: 15...59
            ),
            // "less full-time students without a job and disabled persons who cannot care for
            // themselves".
            person(
                20,
                .employmentAndIncome,
                "คนอายุ 15 - 59 ปี มีอาชีพและรายได้",
                "Persons 15-59 have an occupation and income",
                someAged: 15...59
            ),
            // "less disabled persons who cannot care for themselves".
            person(
                21,
                .employmentAndIncome,
                "คนอายุ 60 ปีขึ้นไป มีอาชีพและรายได้",
                "Persons 60+ have an occupation and income",
                someAged: 60...Indicator.oldestAge
            ),
            household(
                22,
                .employmentAndIncome,
                "รายได้เฉลี่ยของคนในครัวเรือนต่อปี ไม่น้อยกว่าคนละ 38,000 บาทต่อคนต่อปี",
                "Average income per household member at least 38,000 baht per person per year"
            ),
            household(
                23,
                .employmentAndIncome,
                "ครัวเรือนมีการเก็บออมเงิน",
                "Household saves money"
            ),
            // "every person (printed denominator = whole population)".
            person(
                24,
                .values,
                "คนในครัวเรือนไม่ดื่มสุรา",
                "Household members do not drink alcohol",
                everybodyAged: nil
            ),
            // As 24.
            person(
                25,
                .values,
                "คนในครัวเรือนไม่สูบบุหรี่",
                "Household members do not smoke",
                everybodyAged: nil
            ),
            person(
                26,
                .values,
                "คนอายุ 6 ปีขึ้นไป ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง",
                "Persons 6+ practise a religious activity at least once a week",
                everybodyAged: 6...Indicator.oldestAge
            ),
            person(
                27,
                .values,
                "ผู้สูงอายุได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
                "The elderly are cared for by family, community, state or private sector",
                everybodyAged: 60...Indicator.oldestAge
            ),
            // "persons with disability (roster: body condition)": sealed, and of any age.
            person(
                28,
                .values,
                "ผู้พิการได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
                "Persons with disability are cared for",
                someAged: nil
            ),
            // "persons with chronic illness (roster: body condition)": sealed, and of any age.
            person(
                29,
                .values,
                "ผู้ป่วยโรคเรื้อรังได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
                "Persons with chronic illness are cared for",
                someAged: nil
            ),
            household(
                30,
                .values,
                "ครัวเรือนมีส่วนร่วมทำกิจกรรมสาธารณะเพื่อประโยชน์ของชุมชนหรือท้องถิ่น",
                "Household takes part in public activities for the community"
            ),
            household(
                31,
                .values,
                "ครอบครัวมีความอบอุ่น",
                "The family is warm"
            ),
        ]
    )

    private static func household(
        _ number: Int,
        _ category: Indicator.Category,
        _ nameTh: String,
        _ nameEn: String
    ) -> Indicator {
        Indicator(
            number: number,
            category: category,
            nameTh: nameTh,
            nameEn: nameEn,
            unit: .household,
            ageRange: nil,
            scopeIsExact: true
        )
    }

    // nil: of any age.
    private static func person(
        _ number: Int,
        _ category: Indicator.Category,
        _ nameTh: String,
        _ nameEn: String,
        everybodyAged ageRange: ClosedRange<Int>?
    ) -> Indicator {
        Indicator(
            number: number,
            category: category,
            nameTh: nameTh,
            nameEn: nameEn,
            unit: .person,
            ageRange: ageRange,
            scopeIsExact: true
        )
    }

    private static func person(
        _ number: Int,
        _ category: Indicator.Category,
        _ nameTh: String,
        _ nameEn: String,
        someAged ageRange: ClosedRange<Int>?
    ) -> Indicator {
        Indicator(
            number: number,
            category: category,
            nameTh: nameTh,
            nameEn: nameEn,
            unit: .person,
            ageRange: ageRange,
            scopeIsExact: false
        )
    }
}
