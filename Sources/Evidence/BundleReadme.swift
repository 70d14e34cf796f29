import Audit
import Cryptography
import Ledger
import Survey
import TransparencyLog

/// README.txt: how to verify this bundle with stock tools alone, step by step.
///
/// Lines of four spaces are commands, to be pasted in order: those of `BundleCommands`, the same in
/// every bundle. It is part of the format: another wording is another version of the bundle.
struct BundleReadme {
    private let story: BundleStory

    init(_ story: BundleStory) { self.story = story }

    var text: String {
        var parts = [heading, files, container, records, streams, checkpoint]
        if story.prepared != nil { parts.append(statement) }
        if !story.contents.checkpoint.timestamps.isEmpty { parts.append(timestamps) }
        parts.append(limits)
        return parts.joined(separator: "\n")
    }

    private var heading: String {
        let head = story.checkpoint.treeHead
        return """
            แฟ้มหลักฐาน bmn-ledger รุ่น 1 / bmn-ledger evidence bundle v1

            เรื่อง / subject: \(Self.shown(story.subject.stream))
            บัญชี / log: \(Self.shown(story.checkpoint.origin))
            จุดตรวจ / checkpoint: \(head.treeSize) ระเบียน / records
            รากของต้นไม้ / root hash: \(head.rootHash.hex)

            ตรวจได้ทั้งหมดด้วย unzip, sha256sum และ openssl 3 (bash) โดยไม่ต้องเชื่อโปรแกรมของเรา:
            ก่อนวาง ให้เทียบคำสั่งเหล่านี้กับคำสั่งใน BUNDLE.md ที่เผยแพร่ เพราะคำสั่งในแฟ้มนี้มาจากผู้ทำแฟ้ม
            แล้วคลายแฟ้มในโฟลเดอร์ว่าง และวางคำสั่งที่ย่อหน้าไว้ตามลำดับในเชลล์เดียว
            แต่ละข้อต้องจบด้วยบรรทัด OK ข้อที่พิมพ์ WRONG หรือไม่พิมพ์ OK คือไม่ผ่าน
            All of it can be verified with unzip, sha256sum and openssl 3 (bash), without believing any
            program of ours: compare these commands with those of the published BUNDLE.md before
            pasting: they come from whoever made this file. Unpack into an empty folder and paste the
            indented commands in order into one shell. Each step must end in a line OK; one that prints
            WRONG, or no OK, has found something wrong.
            ด้วยโปรแกรมของเรา / with our program: bmn-audit verify BUNDLE.asice --policy POLICY

            """
    }

    private var files: String {
        """
        1. แฟ้มทั้งหมดตรงกับรายการใน META-INF/ASiCManifest001.xml และไม่มีเกินหรือขาด
           All files are those that META-INF/ASiCManifest001.xml lists, none more and none fewer.

        \(Self.indented(BundleCommands.beginning))
        \(Self.indented(BundleCommands.files))

        """
    }

    private var container: String {
        """
        2. ลายมือชื่อของแฟ้มรวม และชื่อผู้ลงนาม ถ้าเป็น "\(BundleSeal.throwAwayName)"
           คือกุญแจใช้ครั้งเดียว ซึ่งพิสูจน์เพียงว่าแฟ้มไม่ถูกแก้หลังปิดผนึก ไม่บอกว่ามาจากใคร หลักฐานอยู่ในข้อต่อไป
           ถ้าเป็นชื่ออื่น ให้ตรวจใบรับรองถึงรากที่เชื่อถือด้วย -CAfile แทน -noverify
           The container's signature, and who signed: if that is
           "\(BundleSeal.throwAwayName)", the key was thrown away, and the
           signature proves that nothing was altered since, but not where it comes from: the proofs
           are in the steps below. Any other name: check its certificate to a root that you trust,
           with -CAfile instead of -noverify.

        \(Self.indented(BundleCommands.container))

        """
    }

    private var records: String {
        """
        3. ทุกระเบียนอยู่ในบัญชี: แฮชของระเบียนคือ SHA-256(ไบต์ 0 ตามด้วยระเบียน) เมื่อรวมกับแฮชใน proofs/
           ต้องได้รากในบรรทัดที่สามของ checkpoint.txt
           Every record is in the log: its hash is SHA-256(a zero byte, the record's bytes). Joined
           with the hashes in proofs/ it must give the root in line 3 of checkpoint.txt.

        \(Self.indented(BundleCommands.records))

        """
    }

    private var streams: String {
        """
        4. ไม่มีระเบียนใดหายไประหว่างกลาง: ระเบียนของแต่ละเรื่องมีรุ่น 0, 1, 2 … ไม่ขาดตอน
           ให้เทียบรายการเรื่องและจำนวนระเบียนที่พิมพ์กับเรื่องที่ท่านต้องการ
           No record in between is missing: those of each stream have the versions 0, 1, 2 … without
           a gap. Compare the streams that are printed, each after its number of records, with what
           you want evidence of.

        \(Self.indented(BundleCommands.streams))

        """
    }

    private var checkpoint: String {
        """
        5. จุดตรวจลงนามด้วยกุญแจของบัญชี ซึ่งระเบียนในบัญชีระบุไว้ กุญแจที่พิมพ์นี้เป็นของบัญชีที่ท่านรู้จักหรือไม่
           ต้องเทียบกับแหล่งอื่น เช่น นโยบายหรือเอกสารที่ได้มาต่างหาก
           The checkpoint is signed with the log's key, which a record names. That the key that is
           printed is that of the log that you know must be compared with something from elsewhere:
           your own policy.

        \(Self.indented(BundleCommands.checkpoint))

        """
    }

    private var statement: String {
        """
        6. คำรับรอง (statement.txt) ลงนามโดยกรรมการ ด้วยกุญแจที่ลงทะเบียนในบัญชีก่อนลงนาม
           ครบตามบทบาทที่รอบปีกำหนดสำหรับพื้นที่ในคำรับรอง
           และตัวเลข (figures.txt) คือตัวเลขที่คำรับรองระบุ ให้เทียบ: บทบาทหลัง "required" กับ "have signed",
           ชื่อพื้นที่และตัวเลขใน statement.txt กับที่ผู้อื่นแสดงแก่ท่าน และผู้ลงนามกับคำสั่งแต่งตั้งในระเบียน order/…
           ถ้ามีชื่อระเบียนหลัง "withdrawn or revoked in" ให้อ่านระเบียนนั้น
           พาสคีย์ (ลายมือชื่อที่มีแฟ้ม .bin) ลงนามใน .bin ซึ่งลงท้ายด้วย SHA-256 ของ .json และ challenge ใน .json
           คือ SHA-256 ของ statement.txt เป็น base64url ตรวจได้ด้วย
           openssl dgst -sha256 -verify X.pem -signature X.sig X.bin
           The statement (statement.txt) is signed by the committee's members with keys that the log
           had registered before, in all roles that its cycle requires of its area, and the figures
           (figures.txt) are those that it states. Compare the roles after "required" with those after "have signed",
           the area and the figures of statement.txt with what you were shown, and who signed with
           the appointments in the records of order/…; read the records that are named after
           "withdrawn or revoked in", if any.
           A passkey (a signature with a file .bin) signs .bin, at whose end stands SHA-256 of .json; in
           .json, challenge is SHA-256 of statement.txt in base64url. What checks the signature is
           openssl dgst -sha256 -verify X.pem -signature X.sig X.bin

        \(Self.indented(BundleCommands.statement))

        """
    }

    private var timestamps: String {
        """
        7. ตราประทับเวลา: TSA_ROOTS คือแฟ้มใบรับรองรากของผู้ประทับเวลาที่ท่านเชื่อถือ ได้มาต่างหาก
           The time-stamps. TSA_ROOTS names the roots of the authorities that you trust, from
           elsewhere.

        \(Self.indented(BundleCommands.timestamps))

        """
    }

    private var limits: String {
        let lines = BundleLimit.of(story.subject).map { "- \($0.thai)\n  \($0.english)\n" }
        return "สิ่งที่แฟ้มนี้พิสูจน์ไม่ได้ / What this bundle cannot show:\n\n" + lines.joined()
    }

    /// What stands four spaces in is a command.
    private static func indented(_ commands: String) -> String {
        commands.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "    " + $0 }.joined(separator: "\n")
    }

    /// A forged record may say anything; nothing in it may steer a terminal.
    private static func shown(_ text: String) -> String { text.printable(byteCountMaximum: 300) }
}
