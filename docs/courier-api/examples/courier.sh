#!/usr/bin/env bash
# A courier's back end with curl and openssl: signs messages, sends them until they are answered, reads the answers.
#
#   export COURIER_URL=https://building.example/api/webhook/… COURIER_KEY=whsec_…
#   ./courier.sh ping
#   ./courier.sh hours 3B 4A
#   ./courier.sh grant g-7f3a9c21e 3B
#   ./courier.sh enter g-7f3a9c21e
#   ./courier.sh revoke g-7f3a9c21e
#
# With a key pair of your own (whsk_…) and an address of Home Assistant Cloud, COURIER_TO is what the administrator gave you
# with it. If you may use several doors, COURIER_DOOR is the door of a grant, as the answer to a ping names it.
# bash 4.2, curl and OpenSSL 3, and nothing else. To try things out: openssl gets a shared secret on its command line,
# which others who are logged in to the machine can see.
# Each retry is printed to standard error. COURIER_PAUSE is the first pause before a retry in whole seconds, 1 by default.
# Exit status: 0 ok, accepted, admitted or revoked; 1 refused; 2 no decision.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

declare -A what_now=(
    [courier_disabled]="the administrator has switched you off: ask them"
    [door_not_allowed]="not your door: see the answer to a ping"
    [paused]="all couriers are kept out for a while: come later, or deliver another way"
    [not_accepting]="deliver another way"
    [outside_building_hours]="come within the building's hours"
    [outside_schedule]="come within next_windows"
    [unknown_grant]="announce the delivery first"
    [not_yet_valid]="come when the grant's window has begun"
    [expired]="announce the delivery again, under another grant_id"
    [revoked]="it was taken back, or the building ended it: announce it under another grant_id"
    [vetoed]="the residents don't want this delivery: deliver another way"
    [declined]="a resident said no at the door: deliver another way"
    [no_answer]="nobody answered: ask once more within five minutes, or deliver another way"
    [entries_exhausted]="its entries are used up: announce the next delivery under another grant_id"
    [stale_revision]="you announced this grant with other content before: raise revision, or choose another grant_id"
    [stale_request]="it took too long: ask again if the driver is still there; every time? check your clock"
)

likely_wrong="
Five answers without a decision: COURIER_URL is probably wrong, since Home Assistant answers an empty 200 or a 404 for
every address that it doesn't know. Or it is just starting: then try again in a few minutes."

instant() { TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' "$(($(date +%s) + $1))"; } # seconds from now

# Signs what stands in $work/content.
signature() {
    printf %s "${COURIER_KEY#*_}" | openssl base64 -d -A >"$work/secret"
    if [[ $COURIER_KEY == whsec_* ]]; then
        printf 'v1,'
        openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(od -An -v -tx1 "$work/secret" | tr -d ' \n')" \
            -binary "$work/content" | openssl base64 -A
    else
        # An Ed25519 key as PKCS #8: what it is, then its 32 bytes.
        { printf '\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20'; head -c 32 "$work/secret"; } >"$work/key"
        printf 'v1a,'
        openssl pkeyutl -sign -rawin -keyform DER -inkey "$work/key" -in "$work/content" | openssl base64 -A
    fi
}

# Sends a message, signed now; sets `status`, 000 where nothing came back, and `answer`.
send_once() { # id, body
    local now
    now=$(date +%s)
    printf %s "$1.$now.$2" >"$work/content"
    : >"$work/answer"
    status=$(curl --silent --show-error --max-time 35 --output "$work/answer" --write-out '%{http_code}' \
        --header 'Content-Type: application/json' --header 'Expect:' \
        --header "webhook-id: $1" --header "webhook-timestamp: $now" \
        --header "webhook-signature: $(signature)" --data-binary "$2" "$COURIER_URL") || status=000
    answer=$(<"$work/answer")
}

# Reads a value of the answer: enough for these, where jq would read them all.
value() { # key
    [[ $answer =~ \"$1\":\ *\"?([a-z0-9_]+) ]] && printf %s "${BASH_REMATCH[1]}"
}

# Sends a message, under its one id, until it is decided, or for so many seconds.
send() { # id, body, seconds
    local ends=$((SECONDS + $3)) pause=${COURIER_PAUSE-1} empty=0 wait
    while true; do
        send_once "$1" "$2"
        [[ $status == 200 ]] && value decision >/dev/null && return 0
        # As long as Home Assistant starts, it doesn't know the address.
        [[ $status == 200 || $status == 404 ]] && empty=$((empty + 1)) || empty=0
        if ((empty == 5)); then
            answer+=$likely_wrong
            return 2
        fi
        # No answer, a 200 that decides nothing, busy, too fast, or broken: later it may be decided.
        case $status in
        000 | 200 | 404 | 408 | 409 | 429 | 5??) wait=$(value retry_after) || wait=$pause ;;
        *) return 2 ;;
        esac
        ((SECONDS + wait < ends)) || return 2
        echo "no decision yet: $status ${answer:0:500}; sending again in $wait s" >&2
        sleep "$wait"
        pause=$((pause < 30 ? pause * 2 : 60))
    done
}

units() { # units, as JSON
    local list
    list=$(printf ',"%s"' "$@")
    printf '[%s]' "${list#,}"
}

declare -A least_arguments=([ping]=0 [hours]=1 [grant]=2 [enter]=1 [revoke]=1)
if [[ -z ${COURIER_URL-} || -z ${COURIER_KEY-} ]] || (($# <= ${least_arguments[${1:-help}]-99})); then
    sed -n '2,/^set/{/^#/p}' "$0"
    exit 2
fi

# Says whether the key is base64 of as many bytes as such a key has.
whole_key() {
    local encoded=${COURIER_KEY#*_} whole='^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?$' filler size
    [[ $encoded =~ $whole ]] || return 1
    filler=${encoded//[^=]/}
    size=$((${#encoded} / 4 * 3 - ${#filler}))
    case $COURIER_KEY in
    whsec_*) ((24 <= size && size <= 64)) ;;
    *) ((size == 32 || size == 64)) ;;
    esac
}

wrong=
if ! [[ $COURIER_URL =~ ^https?://[[:graph:]]+$ ]]; then
    wrong="COURIER_URL must be the whole address, beginning with https:// (or http://)"
elif [[ $COURIER_KEY == whpk_* ]]; then
    wrong="COURIER_KEY is a public key (whpk_...), which is for the administrator: sign with your private key, whsk_..."
elif [[ $COURIER_KEY != whsec_* && $COURIER_KEY != whsk_* ]]; then
    wrong="COURIER_KEY must begin with whsec_ (the secret from the administrator) or whsk_ (your own private key)"
elif ! whole_key; then
    wrong="COURIER_KEY is not a whole key: copy it again, to its last character"
elif ! [[ ${COURIER_PAUSE-1} =~ ^(0|[1-9][0-9]{0,3})$ ]]; then
    wrong="COURIER_PAUSE must be whole seconds, such as 1"
fi
if [[ -n $wrong ]]; then
    echo "$wrong" >&2
    exit 2
fi

patience=3600
case $1 in
ping) type=ping data='{}' ;;
hours)
    type=availability.requested
    data="{\"units\":$(units "${@:2}"),\"from\":\"$(instant 0)\",\"until\":\"$(instant 604800)\"}"
    ;;
grant)
    type=grant.issued
    door=${COURIER_DOOR:+",\"door\":\"$COURIER_DOOR\""}
    data="{\"grant_id\":\"$2\",\"units\":$(units "${@:3}"),\"starts_at\":\"$(instant 0)\",\"ends_at\":\"$(instant 7200)\"$door}"
    ;;
# After 120 seconds it is refused: nobody stands at the door any more.
enter) type=entry.requested data="{\"grant_id\":\"$2\"}" patience=90 ;;
revoke) type=grant.revoked data="{\"grant_id\":\"$2\"}" ;;
esac

# With a key pair of your own, a message names its audience.
to=${COURIER_TO-}
[[ -n $to || $COURIER_KEY != whsk_* ]] || to=${COURIER_URL##*/}
to=${to:+"\"to\":\"$to\","}

# Both stay the same however often the message is sent; a back end keeps them in its database before the first try.
id=msg_$(openssl rand -hex 16)
body="{\"type\":\"$type\",\"timestamp\":\"$(instant 0)\",$to\"data\":$data}"

if ! send "$id" "$body" "$patience"; then
    echo "no decision: $status $answer" >&2
    exit 2
fi
echo "$answer"
if [[ $(value known) == false ]]; then echo "the building has no grant with this id: check the spelling" >&2; fi
[[ $(value decision) == refused ]] || exit 0
reason=$(value reason)
# Reasons may be added: what is not known is a refusal all the same.
echo "refused, $reason: ${what_now[$reason]-deliver another way}" >&2
exit 1
