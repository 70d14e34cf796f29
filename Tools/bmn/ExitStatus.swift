/// What the exit status of `bmn` means; scripts rely on it.
enum ExitStatus: Int32 {
    case done = 0
    /// A rule refused some or all of what was asked.
    case refused = 1
    case wrongUsage = 2
    /// The ledger could not be read or written.
    case ledgerFailed = 3
    /// An input file could not be read, or is not what it should be.
    case badInput = 4
    /// Results or a new file could not be written.
    case outputFailed = 5
    /// It is done, and what was to be part of it is missing: said on standard error.
    case incomplete = 6
}
