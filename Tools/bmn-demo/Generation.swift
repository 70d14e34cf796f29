import Foundation

/// One synthetic cycle of Bueng Kan 2561, written as the files that the command line takes.
package struct Generation {
    package let folder: String
    package let seed: UInt64
    let cycle = "2561"
    let province: Province
    let cast: Cast
    let cells: [DemoCell]

    /// Plans a cycle with so many households, collected or not.
    ///
    /// The folder is made if need be and must not hold files of these names; `areasPath` is the
    /// published list of areas. Everything invented follows from the seed.
    package init(
        folder: String,
        areasPath: String,
        householdCount: Int,
        seed: UInt64
    ) throws {
        self.folder = folder
        self.seed = seed
        province = try Province(areasPath: areasPath, householdCount: householdCount, seed: seed)
        cells = try province.cells(householdCount: householdCount, seed: seed)
        cast = Cast(province, seed: seed)
    }

    /// What was written, for people.
    package struct Summary: Sendable {
        package let villageCount: Int
        package let laoCount: Int
        package let collectedCount: Int
        package let notCollectedCount: Int
        package let correctedCount: Int
        package let personCount: Int
    }

    /// Writes all files; memory is that of one household and of the areas.
    package func write() throws -> Summary {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try writeAreas()
        try writeCycle()
        try writePersons()
        try writeOrders()
        try writeOrderChanges()
        try writeTargets()
        try writeReports()
        var collection = try CollectionFiles(self)
        try collection.write()
        guard let lateCorrection = collection.lateCorrection else {
            throw DemoProblem("LAO \(supersededLAO) has no household that could be corrected late")
        }
        try writeAnnouncements()
        try writeChecks()
        try writeCertifications(lateCorrection: lateCorrection)
        return Summary(
            villageCount: province.villages.count,
            laoCount: province.laos.count,
            collectedCount: collection.summary.collectedCount,
            notCollectedCount: collection.summary.notCollectedCount,
            correctedCount: collection.summary.correctedCount,
            personCount: collection.summary.personCount
        )
    }

    /// Places differ: how much more often than usual the households of a tambon fail.
    func hardship(ofTambon code: String) -> Double {
        var random = SeededGenerator(seed: seed, purpose: "hardship \(code)")
        return 0.8 + 0.4 * random.fraction()
    }
}
