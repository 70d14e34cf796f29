import Audit
import Testing

@Suite struct `A list of findings` {
    @Test func `counts what another found once, those that it did not keep included`() {
        let kept = FindingList.keptCountPerCheck
        var other = FindingList()
        for index in 0..<UInt64(kept) + 5 { other.add(.chainBroken, index, "broken") }
        // Kept beyond the bound, since it says who knows otherwise.
        other.add(.historyRewritten, nil, "another root", of: .chain, by: "seen.txt")
        var list = FindingList()
        list.add(other, of: [.chain])
        #expect(list.count(.chain) == kept + 6)
        #expect(list.count(.chain) == other.count(.chain))
        #expect(list.kept.count == kept + 1)
        #expect(list.kept.last?.witness == "seen.txt")
        list.add(other, of: [.tree])
        #expect(list.count(.tree) == 0 && list.kept.count == kept + 1)
    }
}
