/// How many of those in an indicator's scope pass it, and who says so.
package struct PassRate: Sendable {
    package enum Source: Sendable {
        /// Quality of life of Thai people 2561 (CDD, data of 19 June 2561): the central region.
        case centralRegion2561
        /// The same report: 76 provinces, all but Bangkok.
        case national2561
        /// Quality of life of the people of Surat Thani province 2561.
        case suratThani2561
        /// No published rate is known: a plausible one of ours.
        case assumed
    }

    package let indicator: Int
    /// Percent that pass.
    package let percent: Double
    package let source: Source

    private init(_ indicator: Int, _ percent: Double, _ source: Source) {
        self.indicator = indicator
        self.percent = percent
        self.source = source
    }

    /// The rates of all 31 indicators, in order.
    ///
    /// Nothing published was found for Bueng Kan itself. Counts in the comments are passed of
    /// surveyed, as printed; where only a percentage was printed there is none.
    package static let all: [PassRate] = [
        PassRate(1, 99.78, .centralRegion2561),  // 16,530 of 16,567
        PassRate(2, 97.84, .centralRegion2561),  // 12,144 of 12,412
        PassRate(3, 99.996, .centralRegion2561),  // 899,080 of 899,118, printed as 100.00
        PassRate(4, 99.32, .centralRegion2561),  // 3,481,451 of 3,505,393
        PassRate(5, 99.47, .centralRegion2561),  // 3,486,730 of 3,505,393
        PassRate(6, 97.30, .centralRegion2561),  // 5,509,515 of 5,662,189
        PassRate(7, 99.46, .national2561),  // 34,953,072 of 35,144,195
        PassRate(8, 99.60, .assumed),
        PassRate(9, 99.70, .assumed),
        PassRate(10, 99.60, .assumed),
        PassRate(11, 92.40, .suratThani2561),  // 189,532 of 205,120
        PassRate(12, 99.10, .suratThani2561),  // 203,270 of 205,120
        PassRate(13, 96.92, .suratThani2561),  // 198,800 of 205,120
        PassRate(14, 99.82, .suratThani2561),  // 204,741 of 205,120
        PassRate(15, 99.91, .national2561),
        PassRate(16, 91.66, .national2561),  // printed as 8.34 failed
        PassRate(17, 97.08, .national2561),  // printed as 2.92 failed
        PassRate(18, 99.10, .national2561),
        PassRate(19, 99.53, .national2561),
        PassRate(20, 98.50, .assumed),
        PassRate(21, 94.87, .suratThani2561),  // 92,108 of 97,086
        PassRate(22, 99.50, .suratThani2561),  // 204,104 of 205,120
        PassRate(23, 70.30, .suratThani2561),  // 144,194 of 205,120
        PassRate(24, 94.36, .suratThani2561),  // 526,633 of 558,139
        PassRate(25, 89.83, .suratThani2561),  // 501,364 of 558,139
        PassRate(26, 98.32, .suratThani2561),  // 523,647 of 532,582
        PassRate(27, 99.80, .assumed),
        PassRate(28, 99.70, .assumed),
        PassRate(29, 99.70, .assumed),
        PassRate(30, 99.50, .assumed),
        PassRate(31, 99.40, .assumed),
    ]
}
