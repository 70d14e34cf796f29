import Foundation
import Ledger
package import Survey
import TransparencyLog

/// The commands of one small survey from areas to a district's certification, in order.
///
/// A step is made when its turn comes, from the state that the ones before it left: a signature is
/// over the statement that was prepared.
package struct Script: Sendable {
    package typealias Step = @Sendable (State) throws -> Command

    package private(set) var steps: [Step] = []

    private let firstSerial: UInt64

    /// - Parameter firstSerial: what the ids of the commands count from.
    package init(firstSerial: UInt64 = 0) { self.firstSerial = firstSerial }

    package mutating func add(
        _ kind: Command.OneOf_Kind,
        by user: String = "recorder-1",
        on day: String = Sample.workday
    ) {
        add { _ in
            kind
        } by: {
            user
        } on: {
            day
        }
    }

    package mutating func add(
        _ kind: @escaping @Sendable (State) throws -> Command.OneOf_Kind,
        by user: @escaping @Sendable () -> String = { "recorder-1" },
        on day: @escaping @Sendable () -> String = { Sample.workday }
    ) {
        let serial = firstSerial + UInt64(steps.count)
        steps.append { state in
            var command = Command()
            command.id = CommandID(unixMilliseconds: 1_517_450_400_000, random: (0, serial)).text
            command.actor.user = user()
            command.actor.capacity = "test"
            command.actor.authentication = "none"
            command.occurredOn = day()
            command.kind = try kind(state)
            return command
        }
    }
}

/// Whole scripts, each longer than the one before.
extension Script {
    /// Areas, the cycle, people, keys, orders and targets.
    package static var staffed: Script { staffed(inCycle: { _ in }) }

    /// The same in a cycle with other rules.
    package static func staffed(inCycle change: (inout Cycle) -> Void) -> Script {
        var script = Script()
        for area in Sample.areas { script.add(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.synthetic = true
        cycle.deadlines.append(Sample.reportDeadline)
        change(&cycle)
        script.add(.defineCycle(cycle))
        for person in Sample.people { script.add(.registerPerson(Sample.registration(person))) }
        for person in Sample.signers {
            script.add { _ in .registerMemberKey(try Sample.key(person)) }
        }
        for order in Sample.orders { script.add(.issueOrder(order)) }
        for target in Sample.targets { script.add(.setTarget(target)) }
        return script
    }

    /// With three households and one that was not collected; one of them corrected twice, one
    /// withdrawn and recorded again.
    package static var collected: Script { collected(inCycle: { _ in }) }

    package static func collected(inCycle change: (inout Cycle) -> Void) -> Script {
        var script = staffed(inCycle: change)
        script.add(.recordHousehold(Sample.record("h-1", failing: [8: 1])))
        script.add(.recordHousehold(Sample.record("h-2")))
        script.add(.recordNotCollected(Sample.visit("h-3")))
        script.add(.recordHousehold(Sample.record("h-4", place: 1)))
        script.add(.correctHousehold(Sample.correction("h-1", indicator: 8, failing: 0)))
        script.add(.correctHousehold(Sample.correction("h-1", indicator: 9, failing: 1)))
        script.add(.withdrawHousehold(Sample.withdrawal("h-2")))
        script.add(.recordHousehold(Sample.record("h-2", failing: [4: 1])))
        return script
    }

    /// With both LAOs and the district certified, and one event of every other kind.
    package static var certified: Script {
        var script = collected
        script.add(.changeDeadline(Sample.deadlineChange))
        script.add(.submitReport(Sample.report("summary")))
        script.addActs()
        script.addReviews()
        script.add(.reviseArea(Sample.areaRevision))
        script.add(.reviseTarget(Sample.targetRevision))
        script.prepare("2561-9981-1", "9981")
        script.withdraw("2561-9981-1")
        script.certify("2561-9981-2", "9981", ["chair-1", "member-1", "secretary-1"])
        script.certify("2561-990151-1", "990151", ["chair-1", "member-1", "secretary-1"])
        script.add { _ in .defineCertificateRoots(Sample.roots([try Sample.identity()])) }
        script.add { _ in
            .registerMemberCertificate(Sample.certificate("secretary-2", try Sample.identity()))
        }
        script.add { _ in
            .registerPasskey(Sample.passkey("chair-2", try Sample.authenticator()))
        }
        script.certify("2561-9901-1", "9901", ["chair-2", "secretary-2"])
        script.add { _ in
            .revokePasskey(Sample.passkeyRevocation("chair-2", try Sample.authenticator()))
        }
        script.add { _ in
            .revokeMemberCertificate(
                Sample.certificateRevocation("secretary-2", try Sample.identity())
            )
        }
        script.add { _ in .revokeMemberKey(try Sample.keyRevocation("member-1")) }
        script.add(.amendOrder(Sample.amendment))
        script.add(.revokeOrder(Sample.orderRevocation))
        script.add(.defineEdition(Sample.editionDefinition))
        script.add(.erasePersonalData(Sample.erasure(household: "h-4")))
        // A ledger on disk has a key of its own, which cannot endorse here.
        script.add { state in
            var rotation = Sample.keyRotation()
            let former = Sample.logSigner().verifierKey.vkey
            if state.logKeys.last?.vkey != former { rotation.endorsement = Data() }
            return .rotateLogKey(rotation)
        }
        return script
    }

    package mutating func certify(_ id: String, _ area: String, _ signers: [String]) {
        prepare(id, area)
        for person in signers { sign(id, person) }
        add(.issueCertification(Sample.issue(id)))
        add { state in .submitCertification(Sample.submission(id, state.areas[area]?.area)) }
    }

    package mutating func prepare(_ id: String, _ area: String) {
        add(.prepareCertification(Sample.preparation(id, area)))
    }

    /// With the person's certificate or passkey where one is registered, else with the key.
    package mutating func sign(_ id: String, _ person: String) {
        add { state in
            let statement = state.certifications[id]?.prepared.statement ?? ""
            if state.persons[person]?.passkeys.isEmpty == false {
                return .signCertification(
                    try Sample.passkeySignature(
                        id,
                        person,
                        by: Sample.authenticator(),
                        over: statement
                    )
                )
            }
            guard state.persons[person]?.certificates.isEmpty == false else {
                return .signCertification(try Sample.signature(id, person, over: statement))
            }
            return .signCertification(
                try Sample.certificateSignature(
                    id,
                    person,
                    by: Sample.identity(),
                    over: statement
                )
            )
        }
    }

    package mutating func withdraw(_ id: String) {
        add(.withdrawCertification(Sample.certificationWithdrawal(id)))
    }
}
