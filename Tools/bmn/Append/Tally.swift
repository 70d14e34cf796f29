import Console
import LedgerWriter
import Survey
import Synchronization

/// What became of many commands.
final class Tally: Sendable {
    private struct Counts {
        var appended = 0
        var repeated = 0
        var refused = 0
        var claims = 0
        var warnings = 0
        var clockBehindMicroseconds: Int64 = 0
    }

    private let counts = Mutex(Counts())

    var appendedCount: Int { counts.withLock(\.appended) }
    var repeatedCount: Int { counts.withLock(\.repeated) }
    var refusedCount: Int { counts.withLock(\.refused) }
    var warningCount: Int { counts.withLock(\.warnings) }

    func count(_ answer: AppendAnswer) {
        counts.withLock { counts in
            counts.warnings += answer.warnings.count
            switch answer.result {
            case .success(let receipt):
                if receipt.isRepeated { counts.repeated += 1 } else { counts.appended += 1 }
                counts.clockBehindMicroseconds = max(
                    counts.clockBehindMicroseconds,
                    receipt.clockBehindMicroseconds
                )
            case .failure: counts.refused += 1
            }
        }
    }

    func countRefused(_ count: Int = 1) {
        counts.withLock { $0.refused += count }
    }

    /// A command said that its actor was authenticated in another way than by this tool.
    func countClaim() {
        counts.withLock { $0.claims += 1 }
    }

    /// Tells a person, on standard error.
    func report(_ language: Language) {
        let counts = counts.withLock { $0 }
        reportOddities(language)
        let phrase = Phrase(
            thai: "บันทึก \(counts.appended.grouped) เคยบันทึกแล้ว \(counts.repeated.grouped)"
                + " ปฏิเสธ \(counts.refused.grouped)",
            english: "\(counts.appended.grouped) recorded, \(counts.repeated.grouped) had been"
                + " before, \(counts.refused.grouped) refused"
        )
        Notice.line(phrase.text(language))
    }

    /// What the sender should know beside the counts.
    func reportOddities(_ language: Language) {
        let counts = counts.withLock { $0 }
        if counts.claims > 0 {
            let phrase = Phrase(
                thai: "คำสั่ง \(counts.claims.grouped) รายการอ้างวิธียืนยันตัวตนอื่น: บันทึกเป็น cli",
                english: "\(counts.claims.grouped) commands claimed another authentication:"
                    + " recorded as cli"
            )
            Notice.line(phrase.text(language))
        }
        if counts.warnings > 0 {
            let phrase = Phrase(
                thai: "คำเตือน \(counts.warnings.grouped) ข้อ: อาจนับคนเดียวกันหลายครั้ง บันทึกแล้ว",
                english: "\(counts.warnings.grouped) warnings: persons may be counted several"
                    + " times; recorded all the same"
            )
            Notice.line(phrase.text(language))
        }
        if counts.clockBehindMicroseconds > 0 {
            let seconds = counts.clockBehindMicroseconds / 1_000_000 + 1
            let phrase = Phrase(
                thai: "นาฬิกาช้ากว่าระเบียนล่าสุดถึง \(seconds.grouped) วินาที:"
                    + " ใช้เวลาของระเบียนล่าสุด",
                english: "The clock is up to \(seconds.grouped) s behind the last record, whose"
                    + " time was taken instead"
            )
            Notice.line(phrase.text(language))
        }
    }
}
