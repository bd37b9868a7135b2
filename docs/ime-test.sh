#!/usr/bin/env bash
# Types Japanese through a real IME (fcitx5 with anthy) into every text field of
# the care-manager form, in a window on an X server of its own, and checks what
# the register holds in the end. See ime.md.
#
#   docs/ime-test.sh PROGRAM [FOLDER]
#
# PROGRAM is a built renkei; FOLDER gets the pictures and the data, a new one
# under /tmp without it. Run it as an ordinary user. Exit status 0 means that
# every check passed.
set -euo pipefail

fail() { printf '× %s\n' "$*" >&2; exit 1; }
[ $# -ge 1 ] || fail "使い方: docs/ime-test.sh 組み立てた renkei [結果を置くフォルダ]"
[ "$(id -u)" != 0 ] || fail "ふつうの利用者で行ってください（root では fcitx5 がふだんどおりに動きません）"
program=$(realpath "$1")
folder=$(realpath -m "${2:-$(mktemp -d /tmp/renkei-ime.XXXXXX)}")
for tool in Xvfb openbox dbus-run-session fcitx5 xdotool import python3; do
	command -v "$tool" >/dev/null ||
		fail "$tool がありません: apt-get install xvfb openbox dbus fcitx5 fcitx5-anthy xdotool imagemagick python3"
done

# The second part runs inside a session bus of its own.
if [ "${IN_SESSION:-}" != yes ]; then
	mkdir -p "$folder"
	rm -rf "$folder"/*.png "$folder"/csv "$folder"/data
	# What the bus itself has to say goes to a file, the checks to the terminal.
	IN_SESSION=yes exec dbus-run-session -- bash -c 'exec bash "$0" "$@" 2>&3' "$0" "$program" "$folder" \
		3>&2 2>"$folder/dbus.log"
fi

started=()
end() { kill "${started[@]}" 2>/dev/null || true; }
trap end EXIT
in_background() { # in_background NAME COMMAND...
	local name=$1
	shift
	"$@" >"$folder/$name.log" 2>&1 &
	started+=($!)
}

# --- An X server, a window manager, the IME and the program -------------------
exec {number}<> <(:)
Xvfb -displayfd "$number" -screen 0 1366x768x24 >"$folder/Xvfb.log" 2>&1 &
started+=($!)
read -r -t 20 display <&"$number" || fail "Xvfb が始まりません（$folder/Xvfb.log）"
export DISPLAY=:$display LC_ALL=C.UTF-8 XMODIFIERS=@im=fcitx
export XDG_CONFIG_HOME=$folder/config
mkdir -p "$XDG_CONFIG_HOME/fcitx5" "$folder/data"
cat >"$XDG_CONFIG_HOME/fcitx5/profile" <<-PROFILE
	[Groups/0]
	Name=Default
	Default Layout=us
	DefaultIM=anthy
	[Groups/0/Items/0]
	Name=keyboard-us
	Layout=
	[Groups/0/Items/1]
	Name=anthy
	Layout=
	[GroupOrder]
	0=Default
PROFILE
in_background openbox openbox
in_background fcitx5 fcitx5 --replace --disable=wayland,notifications
register=$folder/data/sample.db
"$program" sample --data "$register" >"$folder/sample.log" 2>&1 || fail "見本の病院を作れません（$folder/sample.log）"
printf '{"screen":"partners","width":1360,"height":720}' >"$folder/data/settings.json"
sleep 3
in_background program "$program" --data "$register"
window=
for _ in {1..60}; do
	window=$(xdotool search --name '^連携台帳$' 2>/dev/null | head -1) && [ -n "$window" ] && break
	sleep 0.5
done
[ -n "$window" ] || fail "画面が開きません（$folder/program.log）"
sleep 3

# --- A person at the keyboard -------------------------------------------------
# Slowly: an IME answers over the X server, and so does the program.
press() { xdotool key --delay 120 "$@"; sleep 0.3; }
write() { xdotool type --delay 120 "$1"; sleep 0.4; }
picture() { sleep 0.4; import -window root "$folder/$1.png"; }
# kanji READING converts a reading and confirms it by Enter.
kanji() { write "$1"; press space; press Return; sleep 0.3; }

passed=0 failed=0
check() { # check WHAT FOUND WANTED-PATTERN
	if [[ $2 =~ $3 ]]; then
		passed=$((passed + 1))
		printf '○ %s: %s\n' "$1" "$2"
	else
		failed=$((failed + 1))
		printf '× %s: 『%s』 は %s ではありません\n' "$1" "$2" "$3"
	fi
}
export_register() {
	rm -rf "$folder/csv"
	"$program" export ledger --data "$register" "$folder/csv/" >/dev/null 2>&1
}
# column NAME [SHEET] prints a field of the new care manager, the only one who
# is not of the sample; nothing when there is none.
column() {
	python3 - "$folder/csv/${2:-介護支援専門員}.csv" "$1" <<-'PY'
		import csv, sys
		rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
		new = [r for r in rows if r["CMコード"] == "C072"]
		print(new[0].get(sys.argv[2], "no such column") if new else "", end="")
	PY
}

press ctrl+n # 何を登録しますか
press Tab Return
sleep 1
press ctrl+space # the IME on
picture 01-form

# 氏名: a conversion; then a reading that BackSpace takes back, Escape gives up.
kanji yamamoto
picture 02-name-confirmed
write minoru
picture 03-name-composing
press BackSpace BackSpace BackSpace
picture 04-name-after-backspace
write minoru
press space Escape Escape
picture 05-name-after-escape
kanji hanako
picture 06-name
press Tab

write yamamoto # カナ: F7 turns the reading into katakana
press F7 Return
picture 07-kana
press Tab

write kaigo # 資格: Enter confirms, the list narrows, the arrow and Enter choose
press space Return
picture 08-qualification-narrowed
press Down Return
picture 09-qualification
press Tab

kanji bangou # 登録番号
press Tab # ケアプラン作成可
press Tab # 事業所
write sakura
press Return
sleep 0.5
picture 10-office-found
press Return
sleep 0.6
picture 11-office
press Tab

press ctrl+a # 所属の開始日
kanji kyou
picture 12-date
press Tab

kanji denwa # 電話, メール
press Tab
kanji tegami
press Tab
kanji kyou # 連絡先共有日, 連絡先確認日
press Tab
kanji kyou
press Tab
picture 13-dates

kanji asa # 備考: the Enter that confirms adds no line, the next one does
press Return
kanji hiru
picture 14-memo

export_register
check "Enter で何も保存していない" "$(column 氏名)" '^$'
press ctrl+s
sleep 2
picture 15-saved
export_register
japanese='[^ -~]'
check 氏名 "$(column 氏名)" "^$japanese{3,}$"
check カナ "$(column カナ)" '^ヤマモト$'
check 資格 "$(column 資格)" '介護支援専門員'
check 事業所 "$(column 連携先コード 所属履歴)" '^P[0-9]+$'
check 所属の開始日 "$(column 開始日 所属履歴)" "^$(date +%F)$"
check 登録番号 "$(column 登録番号)" "^$japanese+$"
check 電話 "$(column 電話)" "^$japanese+$"
check メール "$(column メール)" "^$japanese+$"
check 連絡先共有日 "$(column 連絡先共有日)" "^$(date +%F)$"
check 連絡先確認日 "$(column 連絡先確認日)" "^$(date +%F)$"
check 備考 "$(column 備考)" "^$japanese+"$'\n'"$japanese+$"

printf '%d 合格、%d 不合格。画面: %s\n' "$passed" "$failed" "$folder"
[ "$failed" = 0 ]
