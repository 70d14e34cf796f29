import Console
import Ledger
import Survey
import SwiftProtobuf

/// Prints commands that `bmn submit` takes.
enum CommandText {
    /// One line of JSON, with a fresh id unless it has one.
    static func write(_ command: Command) throws {
        var command = command
        if command.id.isEmpty { command.id = Composition.newCommandID().text }
        let results = Output()
        try results.write(.raw(try command.jsonUTF8Bytes()))
        try results.flush()
    }
}
