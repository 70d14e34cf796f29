import ArgumentParser

/// Writes the files of one synthetic cycle; `Tools/demo` plays them through `bmn`.
@main
struct BMNDemo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bmn-demo",
        abstract: "ข้อมูลสมมติสำหรับการสาธิต · Write a synthetic cycle of Bueng Kan 2561.",
        discussion: """
            Districts and tambons are real; villages, LAOs, people, households and answers are \
            invented and marked synthetic. The same seed gives the same bytes.

            Example:
              bmn-demo --areas Tools/bmn-demo/Resources/thailand.csv --dir input --households 4000
            """
    )

    @Option(help: "รายชื่อพื้นที่ · The published list of areas, thailand.csv.")
    var areas: String

    @Option(help: "โฟลเดอร์ · Where the files go.")
    var dir: String

    @Option(help: "จำนวนครัวเรือน · Households of the province.")
    var households = 4000

    @Option(help: "ค่าตั้งต้น · What everything invented follows from.")
    var seed: UInt64 = 2561

    func validate() throws {
        guard (1...20_000_000).contains(households) else {
            throw ValidationError("--households takes a number from 1 to 20,000,000.")
        }
    }

    func run() throws {
        let generation = try Generation(
            folder: dir,
            areasPath: areas,
            householdCount: households,
            seed: seed
        )
        let summary = try generation.write()
        print(
            """
            seed \(seed)
            villages \(summary.villageCount), LAOs \(summary.laoCount) (synthetic)
            households \(summary.collectedCount + summary.notCollectedCount): \
            \(summary.collectedCount) collected with \(summary.personCount) persons, \
            \(summary.notCollectedCount) not collected, \(summary.correctedCount) corrected
            """
        )
    }
}
