package import Console
import ProjectionRuntime
package import Survey

/// The lists that there are: `bmn list NAME`, the pages `/lists/NAME` and `/v1/lists/NAME` are made
/// of these alone.
package enum ListName: String, CaseIterable, Sendable {
    case directives, users, appointments, orders, meetings, trainings, rosters, untrained
    case directivesNotReceived = "directives-not-received"
    case cooperation, plans, targets, forms, households, progress
    case planSteps = "plan-steps"
    case notCollected = "not-collected"
    case objections, defects, checks, samples, awards, budget, certifications, deadlines
    case presentations, expenses
}

extension ListName {
    /// Whether each row is a household, which not everybody may see.
    package var isOfHouseholds: Bool { self == .households || self == .notCollected }

    /// Whether a level says by which areas it adds up, and picks no rows.
    package var isDividedByLevel: Bool { self == .targets || self == .progress }

    /// The state that all its rows are in, where it is the part of another list.
    package var onlyState: String? { self == .directivesNotReceived ? "not_received" : nil }

    /// By which areas it adds up where nobody says it.
    package func level(of place: AreaInScope?) -> Area.Level? {
        guard self == .progress else { return nil }
        // Districts report to the province, which types in nothing itself.
        return place.map(\.scope.level).flatMap { $0 == .province ? nil : $0 }
    }

    package func list(by level: Area.Level?, _ language: Language) -> OfficeList {
        switch self {
        case .directives, .directivesNotReceived: .directives
        case .users: .users
        case .appointments: .appointments
        case .orders: .orders
        case .meetings: .meetings
        case .trainings: .trainings
        case .rosters: .rosters
        case .untrained: .untrained
        case .cooperation: .cooperation
        case .plans: .plans
        case .planSteps: .planSteps
        case .targets: level.map { .targets(by: $0) } ?? .targets
        case .forms: .forms
        case .households: .households
        case .notCollected: .notCollected
        case .progress: .progress(by: level ?? .district)
        case .objections: .objections
        case .defects: .defects
        case .checks: .checks
        case .samples: .samples
        case .awards: .awards
        case .budget: .budget
        case .expenses: .expenses
        case .presentations: .presentations
        case .certifications: .certifications
        case .deadlines: .deadlines(language == .english)
        }
    }

    /// What people call it.
    package var title: Phrase {
        switch self {
        case .directives: Phrase(thai: "หนังสือสั่งการ", english: "Letters")
        case .directivesNotReceived:
            Phrase(thai: "หนังสือสั่งการที่ยังไม่ได้รับ", english: "Letters not received")
        case .users: Phrase(thai: "ทะเบียนผู้ใช้", english: "Register of users")
        case .appointments: Phrase(thai: "ผู้ได้รับแต่งตั้ง", english: "Appointments")
        case .orders: Phrase(thai: "คำสั่งแต่งตั้ง", english: "Orders")
        case .meetings: Phrase(thai: "การประชุม", english: "Meetings")
        case .trainings: Phrase(thai: "การฝึกอบรม", english: "Trainings")
        case .rosters: Phrase(thai: "ผู้เข้าอบรมและวิทยากร", english: "People of trainings")
        case .untrained: Phrase(thai: "ทำงานก่อนอบรม", english: "Work before training")
        case .cooperation: Phrase(thai: "การขอความร่วมมือ", english: "Co-operation")
        case .plans: Phrase(thai: "แผน", english: "Plans")
        case .planSteps: Phrase(thai: "ขั้นตอนของแผน", english: "Steps of plans")
        case .targets: Phrase(thai: "เป้าหมาย", english: "Targets")
        case .forms: Phrase(thai: "แบบสอบถามที่จ่าย", english: "Forms given out")
        default: titleOfResults
        }
    }

    private var titleOfResults: Phrase {
        switch self {
        case .households: Phrase(thai: "ครัวเรือน", english: "Households")
        case .notCollected: Phrase(thai: "ครัวเรือนที่จัดเก็บไม่ได้", english: "Not collected")
        case .progress: Phrase(thai: "รายงานประจำวัน", english: "Daily progress")
        case .objections: Phrase(thai: "ข้อคัดค้าน", english: "Objections")
        case .defects: Phrase(thai: "ข้อบกพร่อง", english: "Defects")
        case .checks: Phrase(thai: "การตรวจสอบคุณภาพ", english: "Quality checks")
        case .samples: Phrase(thai: "ตัวอย่างที่สุ่ม", english: "Samples")
        case .awards: Phrase(thai: "รางวัล", english: "Awards")
        case .budget: Phrase(thai: "งบประมาณ", english: "Budget")
        case .expenses: Phrase(thai: "หลักฐานจ่าย", english: "Vouchers")
        case .presentations: Phrase(thai: "การนำเสนอผล", english: "Presentations")
        case .certifications: Phrase(thai: "คำรับรอง", english: "Certifications")
        case .deadlines: Phrase(thai: "กำหนดเวลา", english: "Deadlines")
        default: Phrase(thai: rawValue, english: rawValue)
        }
    }
}
