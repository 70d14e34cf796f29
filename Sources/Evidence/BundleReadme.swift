import Cryptography
import Ledger
import Survey
import TransparencyLog

/// README.txt: how to verify this bundle with stock tools alone, step by step.
///
/// Lines of four spaces are commands, to be pasted in order. Only names of files and numbers stand in
/// them: what a forged record says must never reach a shell. It is part of the format: another
/// wording is another version of the bundle.
struct BundleReadme {
    private let story: BundleStory

    init(_ story: BundleStory) { self.story = story }

    var text: String {
        var parts = [heading, files, container, records, checkpoint]
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
            คลายแฟ้มในโฟลเดอร์ว่าง แล้ววางคำสั่งที่ย่อหน้าไว้ตามลำดับในเชลล์เดียว คำสั่งที่ล้มเหลวหรือเงียบ คือไม่ผ่าน
            All of it can be verified with unzip, sha256sum and openssl 3 (bash), without believing any
            program of ours: unpack into an empty folder and paste the indented commands in order into
            one shell. A command that fails, or is silent, has found something wrong.
            ด้วยโปรแกรมของเรา / with our program: bmn-audit verify BUNDLE.asice --policy POLICY

            """
    }

    private var files: String {
        """
        1. แฟ้มทั้งหมดตรงกับรายการใน META-INF/ASiCManifest001.xml และไม่มีเกินหรือขาด
           All files are those that META-INF/ASiCManifest001.xml lists, none more and none fewer.

            work=$(mktemp -d)
            list=META-INF/ASiCManifest001.xml
            printf application/vnd.etsi.asic-e+zip | cmp - mimetype
            find . -type f ! -path './META-INF/*' ! -path ./mimetype | cut -c 3- > "$work/names"
            listed() {
              while read -r name; do
                grep -A 2 -F "URI=\\"$name\\"" "$list" |
                  grep -q -F ">$(openssl dgst -sha256 -binary "$name" | base64)<" ||
                  { echo "WRONG: $name"; return 1; }
              done < "$work/names"
              [ "$(wc -l < "$work/names")" -eq "$(grep -c '<asic:DataObjectReference' "$list")" ] &&
                echo 'files: as listed'
            }
            listed

        """
    }

    private var container: String {
        """
        2. ลายมือชื่อของแฟ้มรวม: คำสั่งที่สองพิมพ์ชื่อผู้ลงนาม ถ้าเป็น "\(BundleSeal.throwAwayName)"
           คือกุญแจใช้ครั้งเดียว ซึ่งพิสูจน์เพียงว่าแฟ้มไม่ถูกแก้หลังปิดผนึก ไม่บอกว่ามาจากใคร หลักฐานอยู่ในข้อต่อไป
           ถ้าเป็นชื่ออื่น ให้ตรวจใบรับรองถึงรากที่เชื่อถือด้วย -CAfile แทน -noverify
           The container's signature. The second command prints who signed: if that is
           "\(BundleSeal.throwAwayName)", the key was thrown away, and the
           signature proves that nothing was altered since, but not where it comes from: the proofs
           are in the steps below. Any other name: check its certificate to a root that you trust,
           with -CAfile instead of -noverify.

            openssl cms -verify -binary -inform DER -in META-INF/signature001.p7s \\
              -content META-INF/ASiCManifest001.xml -noverify -out "$work/manifest"
            openssl pkcs7 -inform DER -in META-INF/signature001.p7s -print_certs -noout

        """
    }

    private var records: String {
        let indexes = story.records.map { String($0.index) }
        return """
            3. ทุกระเบียนอยู่ในบัญชี: แฮชของระเบียนคือ SHA-256(ไบต์ 0 ตามด้วยระเบียน) เมื่อรวมกับแฮชใน proofs/
               ต้องได้รากในบรรทัดที่สามของ checkpoint.txt ระเบียนแรกตัวอย่าง:
               Every record is in the log: its hash is SHA-256(a zero byte, the record's bytes). Joined
               with the hashes in proofs/ it must give the root in line 3 of checkpoint.txt. The hash of
               record 0, for example:

                printf '\\0' | cat - records/0.json | sha256sum
                join() { { printf '\\1'; cat "$1" "$2"; } | openssl dgst -sha256 -binary; }
                climb() {
                  while read -r hash; do
                    printf %s "$hash" | base64 -d > "$work/beside"
                    if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
                      join "$work/beside" "$work/node" > "$work/next"
                      while [ $((index % 2)) -eq 0 ] && [ "$index" -ne 0 ]; do
                        index=$((index / 2)); last=$((last / 2))
                      done
                    else
                      join "$work/node" "$work/beside" > "$work/next"
                    fi
                    mv "$work/next" "$work/node"
                    index=$((index / 2)); last=$((last / 2))
                  done
                }
                prove() {
                  index=$1; last=$(($(sed -n 2p checkpoint.txt) - 1))
                  grep -q "^{\\"index\\":\\"$1\\"," "records/$1.json" || return 1
                  grep -q "^index $1\\$" "proofs/$1.tlog-proof" || return 1
                  sed '1,/^$/d' "proofs/$1.tlog-proof" | cmp -s - checkpoint-cosigned.txt || return 1
                  printf '\\0' | cat - "records/$1.json" | openssl dgst -sha256 -binary > "$work/node"
                  sed -e '1,/^index /d' -e '/^$/,$d' "proofs/$1.tlog-proof" > "$work/hashes"
                  climb < "$work/hashes"
                  [ "$(base64 < "$work/node")" = "$(sed -n 3p checkpoint.txt)" ]
                }
                proveAll() {
                  for record in "$@"; do
                    prove "$record" || { echo "WRONG: record $record"; return 1; }
                  done
                  echo "records in the log: $#"
                }
                proveAll \(Self.wrapped(indexes))

            """
    }

    private var checkpoint: String {
        let record = BundleName.record(story.logKeyIndex)
        return """
            4. จุดตรวจลงนามด้วยกุญแจของบัญชี ซึ่งระเบียนในบัญชีระบุไว้ กุญแจนี้เป็นของบัญชีที่ท่านรู้จักหรือไม่
               ต้องเทียบกับแหล่งอื่น เช่น นโยบายหรือเอกสารที่ได้มาต่างหาก
               The checkpoint is signed with the log's key, which a record names. That it is the key of
               the log that you know must be compared with something from elsewhere: your own policy.

                sed '/^$/,$d' checkpoint.txt > "$work/body"
                tail -n 1 checkpoint.txt | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/log.sig"
                openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin \\
                  -in "$work/body" -sigfile "$work/log.sig"
                { printf '\\1'; openssl pkey -pubin -in log-key.pem -outform DER | tail -c 32; } |
                  base64 | grep -q -F -f - \(record) && echo 'log-key.pem: named in \(record)'
                grep -q -F "\\"origin\\":\\"$(head -n 1 checkpoint.txt)\\"" records/0.json &&
                  echo 'the origin: that of record 0'
                head -c "$(wc -c < checkpoint.txt)" checkpoint-cosigned.txt | cmp - checkpoint.txt
                openssl pkey -pubin -in log-key.pem -noout -text

            """
    }

    private var statement: String {
        let commands = story.signed.enumerated().flatMap { offset, signed in
            MemberSignature(number: offset + 1, signed).commands
        }
        return """
            5. คำรับรอง (statement.txt) ลงนามโดยกรรมการ ด้วยกุญแจที่ลงทะเบียนในบัญชี และตัวเลข (figures.txt)
               คือตัวเลขที่คำรับรองระบุ
               The statement (statement.txt) is signed by the committee's members with keys that the log
               has registered, and the figures (figures.txt) are those that it states.

                grep -F "figures digest: $(sha256sum < figures.txt | cut -c 1-64)" statement.txt
            \(commands.map { "    " + $0 }.joined(separator: "\n"))

            """
    }

    private var timestamps: String {
        let commands = story.contents.checkpoint.timestamps.indices.flatMap { offset in
            [
                "openssl ts -verify -data checkpoint.txt -in \(BundleName.timestamp(offset + 1)) \\",
                "  -token_in -CAfile \"${TSA_ROOTS:-/etc/ssl/certs/ca-certificates.crt}\"",
            ]
        }
        return """
            6. เวลาที่ประทับรับรอง: TSA_ROOTS คือแฟ้มใบรับรองรากของผู้ประทับเวลาที่ท่านเชื่อถือ ได้มาต่างหาก
               The time-stamps. TSA_ROOTS names the roots of the authorities that you trust, from
               elsewhere.

            \(commands.map { "    " + $0 }.joined(separator: "\n"))

            """
    }

    private var limits: String {
        let lines = BundleLimit.of(story.subject).map { "- \($0.thai)\n  \($0.english)\n" }
        return "สิ่งที่แฟ้มนี้พิสูจน์ไม่ได้ / What this bundle cannot show:\n\n" + lines.joined()
    }

    /// Indexes over several lines of one command.
    private static func wrapped(_ words: [String]) -> String {
        stride(from: 0, to: words.count, by: 12).map { start in
            words[start..<min(start + 12, words.count)].joined(separator: " ")
        }.joined(separator: " \\\n      ")
    }

    /// A forged record may say anything; nothing in it may steer a terminal.
    private static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
    }
}
