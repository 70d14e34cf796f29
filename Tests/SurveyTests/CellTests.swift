import Survey
import Testing

@Suite struct CellTests {
    @Test func `A cell survives its encoding`() throws {
        let fixture = try Fixture.collected()
        #expect(fixture.state.cells.count == 4)
        for cell in fixture.state.cells.values {
            #expect(Cell(encoded: cell.encoded) == cell)
            #expect(cell.encoded.count == 24 + 31 * 8)
        }
        let empty = Cell(indicatorCount: 0)
        #expect(Cell(encoded: empty.encoded) == empty)
    }

    @Test func `A cell's bytes are its numbers, big-endian, in the order of the fields`() throws {
        let fixture = try Fixture.collected()
        let bytes = fixture.cell("99010101", "9981").encoded
        #expect(Array(bytes[0..<4]) == [0, 0, 0, 1])  // collected
        #expect(Array(bytes[4..<8]) == [0, 0, 0, 1])  // not collected
        #expect(Array(bytes[8..<16]) == [0, 0, 0, 0, 0, 0, 0, 2])  // persons
        let index = fixture.cell("99010101", "9981").changedAtIndex
        #expect(bytes[16..<24].reduce(0) { $0 << 8 | UInt64($1) } == index)
        #expect(Array(bytes[32..<36]) == [0, 0, 0, 1])  // surveyed for indicator 3
        #expect(Array(bytes[176..<180]) == [0, 0, 0, 1])  // failed indicator 8
    }

    @Test(arguments: [0, 1, 23, 25, 31, 33, 24 + 31 * 8 - 1])
    func `Bytes of another length are no cell`(byteCount: Int) {
        #expect(Cell(encoded: [UInt8](repeating: 0, count: byteCount)) == nil)
    }
}
