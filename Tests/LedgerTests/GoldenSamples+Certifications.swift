import Survey

/// Forms of events about certifying, and of what holds it up, that came after their kinds.
extension GoldenSamples {
    static var certificationForms: [String: Event] {
        var dated = event(.certificationPrepared)
        dated.certificationPrepared.preparedOn = "2018-02-01"
        var objection = event(.objectionRaised)
        objection.objectionRaised.householdVillage = "99010101"
        objection.objectionRaised.householdLao = "990151"
        var defect = event(.defectFound)
        defect.defectFound.householdVillage = "99010101"
        defect.defectFound.householdLao = "990151"
        var cycle = Event()
        cycle.cycleDefined.cycle = "2562"
        cycle.cycleDefined.requiresDistrictChecks = true
        cycle.cycleDefined.certificationRules = [
            make {
                ($0.level, $0.minimumSignatures) = (.district, 1)
                ($0.formNumber, $0.formInArabicDigits) = ("2", true)
            }
        ]
        return [
            "certification-prepared-dated": dated, "objection-raised-placed": objection,
            "defect-found-placed": defect, "cycle-defined-forms": cycle,
            "certification-signed-passkey": signedWithPasskey,
        ]
    }
}
