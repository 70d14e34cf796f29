import Cryptography
import Survey
import Testing

@Suite struct CertificationRuleTests {
    @Test func `A certification goes from preparation through signatures to submission`() throws {
        var fixture = try Fixture.collected()
        let size = fixture.treeSize
        let id = try fixture.prepare("9981")
        #expect(id == "2561-9981-1")
        let prepared = try fixture.certification(id).prepared
        #expect(prepared.treeSize == size)
        #expect(prepared.rootHash == Fixture.position(size).rootHash().hex)
        #expect(prepared.figures.targetHouseholds == 2)
        #expect(prepared.figures.collected == 1)
        #expect(prepared.figures.notCollected == 1)
        for person in ["chair-1", "member-1", "secretary-1"] { try fixture.sign(id, person) }
        #expect(
            try fixture.certification(id).signatures.map(\.role) == [
                "chair", "member", "secretary",
            ]
        )
        try fixture.run(.issueCertification(.sample(id)))
        #expect(try fixture.certification(id).status == .issued)
        try fixture.run(.submitCertification(.sample(id, to: "9901")))
        #expect(try fixture.certification(id).status == .submitted)
        #expect(try !fixture.state.isSuperseded(fixture.certification(id)))
    }

    @Test(arguments: ["99", "990101", "99010101"])
    func `An area whose level has no certification rule cannot be certified`(area: String) throws {
        var fixture = try Fixture.collected()
        #expect(throws: Rejection(.certificationLevelInvalid, area)) { try fixture.prepare(area) }
    }

    @Test func `An area is certified if it was valid on the reference date or still is`() throws {
        let collected = try Fixture.collected()
        var revision = AreaRevision()
        revision.code = "9981"
        revision.reason = "merged into the town"
        for (lastDay, isRefused) in [("2017-12-31", true), ("2018-01-01", false)] {
            var fixture = collected
            revision.validTo = lastDay
            try fixture.run(.reviseArea(revision))
            if isRefused {
                #expect(throws: Rejection(.areaNotValid, "9981")) { try fixture.prepare("9981") }
            } else {
                try fixture.prepare("9981")
            }
        }
        var fixture = collected
        var young = Area.sample("9982", .lao, "9901", covering: ["990101"])
        young.validFrom = Fixture.workday
        try fixture.run(.defineArea(young))
        try fixture.run(.setTarget(.sample("99010101", "9982", 0)))
        try fixture.prepare("9982")
    }

    @Test func `A certification id is used once`() throws {
        var fixture = try Fixture.collected()
        var command = PrepareCertification.sample("9981")
        command.certification = "first"
        try fixture.run(.prepareCertification(command))
        command.area = "990151"
        #expect(throws: Rejection(.certificationIdTaken, "first")) {
            try fixture.run(.prepareCertification(command))
        }
        command.certification = "a b"
        #expect(throws: Rejection(.identifierMalformed, "certification")) {
            try fixture.run(.prepareCertification(command))
        }
    }

    @Test func `An area has one standing certification at a time`() throws {
        var fixture = try Fixture.collected()
        let first = try fixture.prepare("9981")
        #expect(throws: Rejection(.certificationOpen, "9981")) { try fixture.prepare("9981") }
        try fixture.run(.withdrawCertification(.sample(first)))
        #expect(try fixture.prepare("9981") == "2561-9981-2")
    }

    @Test func `A certification that nobody prepared is refused`() throws {
        var fixture = try Fixture.collected()
        let expected = Rejection(.certificationUnknown, "none")
        var signature = CertificationSignature()
        signature.certification = "none"
        let commands: [Command.OneOf_Kind] = [
            .signCertification(signature), .issueCertification(.sample("none")),
            .submitCertification(.sample("none", to: "9901")),
            .withdrawCertification(.sample("none")),
        ]
        for command in commands {
            #expect(throws: expected) { try fixture.run(command) }
        }
    }

    @Test func `Nothing more happens to a withdrawn certification`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        var withdrawal = CertificationWithdrawn.sample(id)
        withdrawal.reason = ""
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.withdrawCertification(withdrawal))
        }
        try fixture.run(.withdrawCertification(.sample(id)))
        let expected = Rejection(.certificationWithdrawn, id)
        #expect(throws: expected) { try fixture.sign(id, "chair-1") }
        #expect(throws: expected) { try fixture.run(.issueCertification(.sample(id))) }
        #expect(throws: expected) { try fixture.run(.submitCertification(.sample(id, to: "9901"))) }
        #expect(throws: expected) { try fixture.run(.withdrawCertification(.sample(id))) }
    }

    @Test func `A household without record or reason holds the certification up`() throws {
        var fixture = try Fixture.collected()
        try fixture.run(.withdrawHousehold(.sample("h-2")))
        #expect(throws: Rejection(.coverageIncomplete, "99010101")) { try fixture.prepare("9981") }
        try fixture.run(.reviseTarget(.sample("99010101", "9981", 1)))
        try fixture.prepare("9981")
    }

    @Test func `A village collected twice over does not hide another one`() throws {
        var fixture = try Fixture.collected()
        try fixture.run(.setTarget(.sample("99010102", "9981", 1)))
        try fixture.run(.recordHousehold(.sample("h-6")))
        #expect(throws: Rejection(.coverageIncomplete, "99010102")) { try fixture.prepare("9981") }
    }

    @Test func `Coverage cannot be judged where no target was set`() throws {
        var fixture = try Fixture.collected()
        #expect(throws: Rejection(.targetNotSet, "990050")) { try fixture.prepare("990050") }
        try fixture.run(.recordHousehold(.sample("h-6", "99010102", "9981")))
        #expect(throws: Rejection(.targetNotSet, "99010102")) { try fixture.prepare("9981") }
    }

    @Test func `A cycle may be defined without the coverage rule`() throws {
        var fixture = try Fixture.staffed()
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.requiresFullCoverage = false
        try fixture.run(.defineCycle(cycle))
        var command = PrepareCertification.sample("9981")
        command.cycle = "2562"
        let event = try fixture.run(.prepareCertification(command))
        #expect(event.certificationPrepared.figures.targetHouseholds == 0)
    }

    @Test func `A district is certified after every LAO at work in it has submitted`() throws {
        var fixture = try Fixture.collected()
        #expect(
            fixture.state.laosAtWork(district: "9901", cycle: "2561") == [
                "990151", "990152", "9981",
            ]
        )
        try fixture.certify("990151")
        try fixture.certify("990152")
        let expected = Rejection(.lowerCertificationMissing, "9981")
        #expect(throws: expected) { try fixture.prepare("9901") }
        let id = try fixture.issue("9981")
        #expect(throws: expected) { try fixture.prepare("9901") }
        try fixture.run(.submitCertification(.sample(id, to: "9901")))
        try fixture.certify("9901")
        // The other district waits for its own LAO alone.
        try fixture.certify("990251")
        try fixture.certify("9902")
    }

    @Test func `An LAO with a target and no household yet is waited for`() throws {
        var fixture = try Fixture.collected()
        for lao in ["9981", "990151", "990152"] { try fixture.certify(lao) }
        try fixture.run(.defineArea(.sample("9982", .lao, "9901", covering: ["990102"])))
        try fixture.run(.setTarget(.sample("99010201", "9982", 0)))
        #expect(throws: Rejection(.lowerCertificationMissing, "9982")) {
            try fixture.prepare("9901")
        }
    }

    @Test func `An LAO whose only household moved away is not waited for`() throws {
        var fixture = try Fixture.collected()
        try fixture.run(.recordHousehold(.sample("h-6", "99010102", "9981")))
        var correction = CorrectHousehold.sample("h-6")
        correction.lao = "990151"
        try fixture.run(.defineArea(.sample("9982", .lao, "9901", covering: ["990102"])))
        try fixture.run(.recordHousehold(.sample("h-7", "99010201", "9982")))
        try fixture.run(.correctHousehold(correction))
        #expect(fixture.state.laosAtWork(district: "9901", cycle: "2561").contains("9982"))
        try fixture.run(.withdrawHousehold(.sample("h-7")))
        #expect(!fixture.state.laosAtWork(district: "9901", cycle: "2561").contains("9982"))
        for lao in ["9981", "990151", "990152", "9901"] { try fixture.certify(lao) }
    }

    @Test func `A cycle without LAO certifications lets districts certify alone`() throws {
        var fixture = try Fixture.staffed()
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.certificationRules.removeFirst()
        try fixture.run(.defineCycle(cycle))
        var target = Target.sample("99010101", "9981", 0)
        target.cycle = "2562"
        try fixture.run(.setTarget(target))
        var command = PrepareCertification.sample("9901")
        command.cycle = "2562"
        try fixture.run(.prepareCertification(command))
    }

    @Test func `A certification is submitted once, after it was issued, to the level above`() throws
    {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        #expect(throws: Rejection(.notIssued, id)) {
            try fixture.run(.submitCertification(.sample(id, to: "9901")))
        }
        for person in ["chair-1", "member-1", "secretary-1"] { try fixture.sign(id, person) }
        try fixture.run(.issueCertification(.sample(id)))
        for area in ["9902", "99", "", "9981"] {
            #expect(throws: Rejection(.recipientMismatch, area)) {
                try fixture.run(.submitCertification(.sample(id, to: area)))
            }
        }
        try fixture.run(.submitCertification(.sample(id, to: "9901")))
        #expect(throws: Rejection(.alreadySubmitted, id)) {
            try fixture.run(.submitCertification(.sample(id, to: "9901")))
        }
    }

    @Test func `Figures, tree head and statement are the log's or the event is refused`() throws {
        var fixture = try Fixture.collected()
        try fixture.prepare("9981")
        let step = try #require(fixture.history.last)
        let prepared = step.event.certificationPrepared
        func problem(_ change: (inout CertificationPrepared) -> Void) -> RejectionCode? {
            var forged = prepared
            change(&forged)
            let event = Event(.certificationPrepared(forged))
            return rejection(step.before, event, treeSize: prepared.treeSize)?.code
        }
        #expect(problem { _ in } == nil)
        #expect(problem { $0.treeSize -= 1 } == .treeHeadMismatch)
        #expect(problem { $0.treeSize = .max } == .treeHeadMismatch)
        #expect(problem { $0.rootHash = $0.rootHash.uppercased() } == .treeHeadMismatch)
        #expect(problem { $0.figures.collected += 1 } == .figuresMismatch)
        #expect(problem { $0.figures.targetHouseholds = .max } == .figuresMismatch)
        #expect(problem { $0.figures.failed.removeLast() } == .figuresMismatch)
        #expect(
            problem { $0.figuresDigest = String($0.figuresDigest.reversed()) } == .figuresMismatch
        )
        #expect(problem { $0.statement += "\n" } == .statementMismatch)
        #expect(problem { $0.certification = "other" } == .statementMismatch)
        #expect(problem { $0.area = "990151" } == .figuresMismatch)
    }
}
