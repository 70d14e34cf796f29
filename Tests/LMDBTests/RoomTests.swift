import Testing

@testable import LMDB

/// Why a write was cut short, from what the file system and the limits of the process say.
@Suite struct RoomTests {
    @Test func `A full disk says how much is free, and of a limit only where there is one`() {
        let full = Environment.Room(freeByteCount: 4096, growthByteCount: nil)
        #expect(full.code == .noSpace)
        #expect(full.sentence == "4096 bytes are free")
        let both = Environment.Room(freeByteCount: 4096, growthByteCount: 512)
        #expect(both.code == .noSpace)
        #expect(both.sentence == "4096 bytes are free, the file may grow by 512")
    }

    @Test func `A file that may not grow is another reason than a full disk`() {
        let limited = Environment.Room(freeByteCount: 1 << 30, growthByteCount: 0)
        #expect(limited.code == .fileTooLarge)
        let roomy = Environment.Room(freeByteCount: 1 << 30, growthByteCount: 1 << 30)
        #expect(roomy.code == .inputOutput)
        #expect(Environment.Room(freeByteCount: 1 << 30, growthByteCount: nil).code == .inputOutput)
    }
}
