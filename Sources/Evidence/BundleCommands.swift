/// The commands by which somebody verifies a bundle with stock tools alone.
///
/// They are the same for every bundle, and BUNDLE.md publishes them: so whoever was handed a bundle
/// can compare before pasting what came with it. Nothing of a record stands in them; what they take
/// from records is held against a form that no shell can misread.
package enum BundleCommands {
    /// What all steps use; each step then says OK or WRONG.
    package static let beginning = #"""
        work=$(mktemp -d)
        step() { if "$@"; then echo "OK: $*"; else echo "WRONG: $*"; return 1; fi; }
        wrong() { echo "WRONG: $*"; return 1; }
        """#

    package static let files = #"""
        listed() {
          list=META-INF/ASiCManifest001.xml
          printf application/vnd.etsi.asic-e+zip | cmp - mimetype || return 1
          for name in README.txt bundle.json checkpoint.txt checkpoint-cosigned.txt log-key.pem; do
            [ -f "$name" ] || wrong "$name is missing" || return 1
          done
          find . ! -type d ! -path './META-INF/*' ! -path ./mimetype | cut -c 3- > "$work/names"
          while read -r name; do
            grep -A 2 -F "URI=\"$name\"" "$list" |
              grep -q -F ">$(openssl dgst -sha256 -binary "$name" | base64)<" ||
              wrong "$name" || return 1
          done < "$work/names"
          [ "$(wc -l < "$work/names")" -eq "$(grep -c '<asic:DataObjectReference' "$list")" ]
        }
        step listed
        """#

    package static let container = #"""
        sealed() {
          openssl cms -verify -binary -inform DER -in META-INF/signature001.p7s \
            -content META-INF/ASiCManifest001.xml -noverify -out /dev/null &&
            openssl pkcs7 -inform DER -in META-INF/signature001.p7s -print_certs -noout
        }
        step sealed
        """#

    package static let records = #"""
        join() { { printf '\1'; cat "$1" "$2"; } | openssl dgst -sha256 -binary; }
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
          grep -q "^{\"index\":\"$1\"," "records/$1.json" || return 1
          grep -q "^index $1\$" "proofs/$1.tlog-proof" || return 1
          sed '1,/^$/d' "proofs/$1.tlog-proof" | cmp -s - checkpoint-cosigned.txt || return 1
          printf '\0' | cat - "records/$1.json" | openssl dgst -sha256 -binary > "$work/node"
          sed -e '1,/^index /d' -e '/^$/,$d' "proofs/$1.tlog-proof" > "$work/hashes"
          climb < "$work/hashes"
          [ "$last" -eq 0 ] && [ "$(base64 < "$work/node")" = "$(sed -n 3p checkpoint.txt)" ]
        }
        inTheLog() {
          ls records | sed -n 's/^\([0-9][0-9]*\)\.json$/\1/p' | sort -n > "$work/records"
          for folder in records proofs; do
            [ "$(ls "$folder" | wc -l)" -eq "$(wc -l < "$work/records")" ] ||
              wrong "$folder/ has too few or too many files" || return 1
          done
          while read -r record; do
            prove "$record" || wrong "record $record" || return 1
          done < "$work/records"
          echo "records in the log: $(wc -l < "$work/records")"
        }
        step inTheLog
        """#

    package static let streams = #"""
        form='^{"index":"\([0-9]*\)","previous":"[0-9a-f]*","recordedAt":"[0-9TZ:.-]*",'
        form=$form'\("occurredOn":"[0-9-]*",\)\{0,1\}"stream":"\([!#-~]*\)",'
        form=$form'"streamVersion":\([0-9]*\),"commandId":"[0-9a-f-]*","actor":{[^}]*}[^{]*"event":{"\([A-Za-z]*\)":.*$'
        table() {
          while read -r record; do
            LC_ALL=C sed -n "s/$form/\1 \4 \5 \3/p" "records/$record.json"; echo
          done < "$work/records" | sed '/^$/d'
        }
        withoutGaps() {
          table > "$work/table"
          [ "$(wc -l < "$work/table")" -eq "$(wc -l < "$work/records")" ] || return 1
          LC_ALL=C sort -s -k 4 "$work/table" > "$work/streams"
          stream=; due=0
          while read -r index version kind name; do
            [ "$name" = "$stream" ] || { stream=$name; due=0; }
            [ "$version" = "$due" ] || wrong "version $due of $name is missing" || return 1
            due=$((due + 1))
          done < "$work/streams"
          cut -d ' ' -f 4 "$work/streams" | uniq -c
        }
        step withoutGaps
        """#

    package static let checkpoint = #"""
        recordsOf() {
          while read -r index version kind name; do
            case "$kind $name" in $1" ${2:-$name}") echo "records/$index.json" ;; esac
          done < "$work/table"
        }
        signedByTheLog() {
          sed '/^$/,$d' checkpoint.txt > "$work/body"
          tail -n 1 checkpoint.txt | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/log.sig"
          openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin \
            -in "$work/body" -sigfile "$work/log.sig" || return 1
          openssl pkey -pubin -in log-key.pem -outform DER | tail -c 32 > "$work/key"
          key=$(printf '\1' | cat - "$work/key" | base64)
          inForce=$(cat $(recordsOf ledgerCreated ledger) $(recordsOf logKeyRotated ledger) < /dev/null |
            grep -o '"logKey":"[^"]*"' | tail -n 1)
          case "$inForce" in *"+$key\"") ;; *) wrong 'log-key.pem' || return 1 ;; esac
          grep -q -F "\"origin\":\"$(head -n 1 checkpoint.txt)\"" records/0.json || return 1
          head -c "$(wc -c < checkpoint.txt)" checkpoint-cosigned.txt |
            cmp - checkpoint.txt || return 1
          openssl pkey -pubin -in log-key.pem -noout -text
        }
        step signedByTheLog
        """#

    package static let statement = #"""
        field() { grep -o "\"$1\":\"[^\"]*\"" "$2" | head -n 1 | cut -d '"' -f 4; }
        said() { sed -n "s/^$1: //p" statement.txt | tail -n 1; }
        registered() {
          for each in $(recordsOf "$1" "person/$2"); do
            [ "$(basename "$each" .json)" -lt "$(basename "$4" .json)" ] &&
              grep -q -F "\"person\":\"$2\"" "$each" && grep -q -F "\"$3\"" "$each" &&
              echo "registered in $each" && return 0
          done
          wrong "the key was not registered before $4"
        }
        cose() {
          hex=$(openssl pkey -pubin -in "$1" -outform DER | od -An -v -tx1 | tr -d ' \n')
          case "$hex" in
            3059*) hex=a5010203262001215820${hex: -128:64}225820${hex: -64} ;;
            302a*) hex=a4010103272006215820${hex: -64} ;;
            *)
              hex=$(openssl rsa -pubin -in "$1" -noout -modulus | cut -d = -f 2 | tr A-F a-f)
              hex=a40103033901002059$(printf %04x $((${#hex} / 2)))${hex}2143010001
              ;;
          esac
          printf "$(printf %s "$hex" | sed 's/../\\x&/g')"
        }
        byPasskey() {
          digest=$(openssl dgst -sha256 -binary "$1.json" | base64)
          challenge=$(openssl dgst -sha256 -binary statement.txt | base64 | tr '+/' '-_' | tr -d =)
          length=$(($(wc -c < "$1.bin") - 32))
          [ "$length" -ge 37 ] && [ "$(tail -c 32 "$1.bin" | base64)" = "$digest" ] &&
            [ "$(field authenticatorData "$2")" = "$(head -c $length "$1.bin" | base64 | tr -d '\n')" ] &&
            [ "$(field clientDataJson "$2")" = "$(base64 < "$1.json" | tr -d '\n')" ] &&
            [ "$(field signature "$2")" = "$(base64 < "$1.sig" | tr -d '\n')" ] &&
            grep -q -F '"type":"webauthn.get"' "$1.json" &&
            grep -q -F "\"challenge\":\"$challenge\"" "$1.json" || return 1
          flags=$(head -c 33 "$1.bin" | tail -c 1 | od -An -tu1)
          [ $((flags & 5)) -eq 5 ] || wrong 'nobody touched the passkey or was verified' || return 1
          if openssl pkey -pubin -in "$1.pem" -noout -text | grep -q ED25519; then
            openssl pkeyutl -verify -pubin -inkey "$1.pem" -rawin -in "$1.bin" -sigfile "$1.sig"
          else
            openssl dgst -sha256 -verify "$1.pem" -signature "$1.sig" "$1.bin"
          fi
        }
        signedBy() {
          person=$(field person "$1"); role=$(field role "$1")
          case "$person$role" in *[^A-Za-z0-9._-]*) return 1 ;; esac
          name=signatures/$2-$role
          if [ -e "$name.p7s" ]; then
            [ "$(field cms "$1")" = "$(base64 < "$name.p7s" | tr -d '\n')" ] || return 1
            openssl cms -verify -binary -inform DER -in "$name.p7s" -content statement.txt \
              -certfile "$name.pem" -nointern -noverify -out /dev/null || return 1
            known=$(openssl x509 -in "$name.pem" -outform DER | base64 | tr -d '\n')
            registered memberCertificateRegistered "$person" "$known" "$1"
          elif [ -e "$name.bin" ]; then
            byPasskey "$name" "$1" || return 1
            known="$(field credentialId "$1")\",\"publicKey\":\"$(cose "$name.pem" | base64 | tr -d '\n')"
            registered passkeyRegistered "$person" "$known" "$1" || return 1
            id=$(field rpId "$each")
            [ "$(head -c 32 "$name.bin" | base64)" = \
              "$(printf %s "$id" | openssl dgst -sha256 -binary | base64)" ] || return 1
          else
            [ "$(field signature "$1")" = "$(base64 < "$name.sig" | tr -d '\n')" ] || return 1
            openssl pkeyutl -verify -pubin -inkey "$name.pem" -rawin \
              -in statement.txt -sigfile "$name.sig" || return 1
            known=$(openssl pkey -pubin -in "$name.pem" -outform DER | tail -c 32 | base64)
            registered memberKeyRegistered "$person" "$known" "$1"
          fi
        }
        certified() {
          for name in statement.txt figures.txt; do
            [ -f "$name" ] || wrong "$name is missing" || return 1
          done
          digest=$(sha256sum < figures.txt | cut -c 1-64)
          [ "${#digest}" -eq 64 ] || return 1
          grep -x -F "figures digest: $digest" statement.txt || return 1
          own=certification/$(said certification)
          count=0; files=0; roles=
          for signed in $(recordsOf certificationSigned "$own"); do
            count=$((count + 1))
            signedBy "$signed" "$count" || wrong "the signature of $signed" || return 1
            if [ -e "$name.bin" ]; then files=$((files + 4)); else files=$((files + 2)); fi
            roles="$roles $role"
          done
          [ "$(ls signatures | wc -l)" -eq "$files" ] || return 1
          level=$(field level "$(recordsOf areaDefined "area/$(said area)")")
          cycle=$(recordsOf cycleDefined "cycle/$(said cycle)")
          rule=$(grep -o "{\"level\":\"${level:-none}\"[^}]*}" "$cycle")
          [ -n "$rule" ] || wrong 'no rule says who must sign' || return 1
          echo "required: $rule"
          echo "have signed:$roles"
          for due in $(printf %s "$rule" | grep -o '\[[^]]*\]' | tr -d '[]"' | tr , ' '); do
            case "$roles " in *" $due "*) ;; *) wrong "$due has not signed" || return 1 ;; esac
          done
          least=$(printf %s "$rule" | sed -n 's/.*"minimumSignatures":\([0-9]*\).*/\1/p')
          [ "$count" -ge "${least:-1}" ] || wrong "fewer than $least have signed" || return 1
          [ -n "$(recordsOf certificationIssued "$own")" ] || wrong 'it was not issued' || return 1
          echo 'withdrawn or revoked in:' \
            $(recordsOf '*Withdrawn') $(recordsOf '*Revoked')
        }
        step certified
        """#

    package static let timestamps = #"""
        stamped() {
          for token in timestamps/*.tst; do
            openssl ts -verify -data checkpoint.txt -in "$token" -token_in \
              -CAfile "${TSA_ROOTS:-/etc/ssl/certs/ca-certificates.crt}" || return 1
          done
        }
        step stamped
        """#

    /// In the order of the steps.
    package static let all = [
        beginning, files, container, records, streams, checkpoint, statement, timestamps,
    ]
}
