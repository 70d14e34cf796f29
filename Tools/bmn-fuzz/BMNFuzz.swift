import Foundation
import FuzzTargets

#if FUZZING
// libFuzzer's own driver; Tools/fuzz links it and defines FUZZING.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ argumentCount: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
#endif

/// The fuzzers; no part of the product.
///
///     bmn-fuzz list                       the targets' names
///     bmn-fuzz seeds TARGET DIR           writes the inputs to begin with
///     bmn-fuzz check TARGET FILE...       reads inputs once, such as a crash that was found
///     bmn-fuzz fuzz TARGET ARGUMENT...    libFuzzer, where this was built by Tools/fuzz
@main
enum BMNFuzz {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 2 else { fail("list, seeds, check or fuzz?") }
        if arguments[1] == "list" {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        guard arguments.count >= 3,
            let target = FuzzTarget.all.first(where: { $0.name == arguments[2] })
        else { fail("name a target of bmn-fuzz list") }
        switch arguments[1] {
        case "seeds": try write(target.seeds, to: arguments.dropFirst(3).first ?? ".")
        case "check": try check(arguments.dropFirst(3), target)
        case "fuzz": fuzz(target)
        default: fail("list, seeds, check or fuzz?")
        }
    }

    private static func fail(_ reason: String) -> Never {
        FileHandle.standardError.write(Data("bmn-fuzz: \(reason)\n".utf8))
        exit(2)
    }

    private static func write(_ seeds: [[UInt8]], to folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for (offset, seed) in seeds.enumerated() {
            try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(offset)"))
        }
    }

    private static func check(_ files: ArraySlice<String>, _ target: FuzzTarget) throws {
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            let outcome = target.check(bytes) ?? (target.accepts(bytes) ? "accepted" : "refused")
            print("\(file): \(outcome)")
        }
    }

    private static func fuzz(_ target: FuzzTarget) {
        #if FUZZING
        unsafe Fuzzing.target = target
        var argumentCount = CommandLine.argc - 2
        var arguments = unsafe CommandLine.unsafeArgv.advanced(by: 2)
        let status = unsafe withUnsafeMutablePointer(to: &arguments) { arguments in
            unsafe arguments.withMemoryRebound(
                to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self,
                capacity: 1
            ) { arguments in
                unsafe runDriver(&argumentCount, arguments) { bytes, count in
                    unsafe readInput(bytes, count)
                }
            }
        }
        exit(status)
        #else
        fail("this program was built without libFuzzer: use Tools/fuzz")
        #endif
    }
}

#if FUZZING
/// libFuzzer's callback takes no context; set once before it runs.
private enum Fuzzing {
    nonisolated(unsafe) static var target: FuzzTarget?
}

/// Under the name that libFuzzer's own main asks for, though ours calls its driver.
@_cdecl("LLVMFuzzerTestOneInput")
func readInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    if let problem = unsafe Fuzzing.target?.check(input) { preconditionFailure(problem) }
    return 0
}
#endif
