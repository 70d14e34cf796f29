import Cryptography
import LedgerReader
import PasskeyTestSupport
import Survey

/// Makes commands of every kind: most could be accepted as things stand, since those that nothing
/// speaks for never get past the first rule.
struct RandomCommands {
    /// A form that a collector got.
    struct Form {
        let cycle: String
        let collector: String
        let prefix: String
        let number: UInt32
    }

    static let mainCycle = "2561"
    static let reason = "counted once more"

    var dice: Dice
    let directory: LedgerDirectory
    /// A paper that lies beside the ledger.
    let document: Document
    /// Of members' public keys.
    var privateKeys: [[UInt8]: Ed25519PrivateKey] = [:]
    var identities: [String: SigningIdentity] = [:]
    /// By credential id.
    var authenticators: [[UInt8]: VirtualAuthenticator] = [:]
    var forms: [Form] = []
    private var serial = 0

    init(dice: Dice, directory: LedgerDirectory, document: Document) {
        self.dice = dice
        self.directory = directory
        self.document = document
    }

    mutating func fresh(_ prefix: String) -> String {
        serial += 1
        return "\(prefix)-\(serial)"
    }

    /// One of those that are there, or seldom a name that nobody has given.
    mutating func existing<Value>(
        _ dictionary: [String: Value],
        where isWanted: (Value) -> Bool = { _ in true }
    ) -> String {
        if dice.chance(6) { return "unknown" }
        return dice.key(of: dictionary, where: isWanted) ?? dice.key(of: dictionary) ?? "unknown"
    }

    mutating func cycle(_ known: Known) -> String {
        dice.chance(80) ? Self.mainCycle : dice.key(of: known.state.cycles) ?? Self.mainCycle
    }

    mutating func person(_ known: Known) -> String { dice.pick(known.people) ?? "nobody" }

    mutating func area(_ known: Known, _ levels: Area.Level...) -> String {
        let codes = known.state.areas.values
            .filter { levels.isEmpty || levels.contains($0.area.level) }.map(\.area.code)
        return dice.pick(codes.sorted()) ?? "99"
    }

    /// A day not long ago.
    mutating func pastDay(_ known: Known) -> String { (known.today - dice.number(0...4)).iso }

    mutating func documents() -> [Document] { dice.chance(30) ? [document] : [] }

    /// An event of which kind to try: what has not happened yet more often than anything else.
    mutating func kind(isCollecting: Bool, happened: (EventKind) -> Bool) -> EventKind {
        if dice.chance(25) {
            let missing = EventKind.allCases.filter { !happened($0) }
            if let kind = dice.pick(missing) { return kind }
        }
        let often: [EventKind] =
            isCollecting
            ? [
                .householdRecorded, .householdRecorded, .householdRecorded, .householdCorrected,
                .householdNotCollected, .householdWithdrawn, .targetSet, .targetRevised,
                .questionnairesIssued,
            ] : [.certificationPrepared]
        // What changes a cell undoes what is being signed.
        let others = EventKind.allCases.filter {
            isCollecting || !($0.isOfHousehold || [.targetSet, .targetRevised].contains($0))
        }
        return dice.pick(dice.chance(65) ? often : others) ?? .householdRecorded
    }

    /// The command for an event of that kind; nil where there is nothing that it could be about.
    mutating func make(_ kind: EventKind, _ known: Known) throws -> Command.OneOf_Kind? {
        if let command = try makePlace(kind, known) { return command }
        if let command = try makePerson(kind, known) { return command }
        if let command = makeHousehold(kind, known) { return command }
        if let command = try makeCertification(kind, known) { return command }
        if let command = makeAct(kind, known) { return command }
        if let command = makeProgramme(kind, known) { return command }
        if let command = makePaper(kind, known) { return command }
        return makeReview(kind, known)
    }

    /// Remembers what later commands can be about.
    mutating func learn(_ event: Event) {
        guard case .questionnairesIssued(let issue) = event.kind else { return }
        for range in issue.ranges {
            for number in range.first...range.last {
                forms.append(
                    Form(
                        cycle: issue.cycle,
                        collector: issue.collector,
                        prefix: range.prefix,
                        number: number
                    )
                )
            }
        }
    }
}
