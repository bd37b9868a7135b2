package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// dealings counts the dealings with an office by the sample's rows.
type dealings struct {
	admissions, contacts, sessions int
	first, last                    string
}

// dealtWith counts the dealings with each office in a span, and finds the first
// and last day of all up to its end.
func dealtWith(t *testing.T, from, to string) map[string]*dealings {
	t.Helper()
	dealt := map[string]*dealings{}
	for _, p := range sampleSheet(t, "連携先") {
		dealt[p["連携先コード"]] = &dealings{}
	}
	note := func(office, day string, count func(*dealings)) {
		d := dealt[office]
		if d == nil || day > to {
			return
		}
		if d.last = max(d.last, day); d.first == "" || day < d.first {
			d.first = day
		}
		if day >= from {
			count(d)
		}
	}
	for _, c := range sampleSheet(t, "やり取り") {
		note(officeOfContact(t, c), c["日付"], func(d *dealings) { d.contacts++ })
	}
	for _, s := range sampleSheet(t, "共同指導") {
		note(officeOf(t, s["CMコード"], s["指導日"]), s["指導日"], func(d *dealings) { d.sessions++ })
	}
	for _, a := range sampleSheet(t, "入院") {
		if d := dealt[officeOf(t, a["担当CMコード"], a["入院日"])]; d != nil && a["入院日"] >= from && a["入院日"] <= to {
			d.admissions++
		}
	}
	return dealt
}

func TestCoverageListsWhatPassedWithEachPartner(t *testing.T) {
	file := writtenKind(t, "coverage", sampleRequest(t))
	header, rows := tableUnder(t, file, "連携先との行き来", "コード")
	dealt := dealtWith(t, "2025-11-23", "2026-11-22")
	seen, before := 0, 1<<30
	for i, code := range columnOf(t, header, rows, "コード") {
		value := func(column string) string { return columnOf(t, header, rows, column)[i] }
		d := dealt[code]
		cold := ""
		if d.admissions >= 3 && d.contacts+d.sessions < d.admissions {
			cold = "△"
		}
		assert.Equal(t, []string{townOf(t, code), fmt.Sprint(d.admissions), fmt.Sprint(d.contacts), fmt.Sprint(d.sessions), d.last, fmt.Sprint(daysBetween(t, d.last, "2026-11-22")), cold},
			[]string{value("市区町村"), value("入院"), value("やり取り"), value("共同指導"), value("最後の日"), value("日数"), value("少ない")}, code)
		assert.LessOrEqual(t, d.admissions, before, "the most 入院 first")
		before = d.admissions
		seen++
	}
	for _, p := range sampleSheet(t, "連携先") {
		if d := dealt[p["連携先コード"]]; (p["連携終了日"] == "" || p["連携終了日"] > "2026-11-22") && d.admissions+d.contacts+d.sessions > 0 {
			seen--
		}
	}
	assert.Zero(t, seen, "every partner with which anything passed")
}

func TestCoverageMarksABusyPartnerRarelySpokenTo(t *testing.T) {
	b := sampleBook(t)
	b.Contacts = slices.DeleteFunc(b.Contacts, func(c models.Contact) bool { return true })
	b.Sessions = nil
	file := writtenKind(t, "coverage", judge(t, b))
	for code, mark := range valuesBy(t, file, "連携先との行き来", "コード", "少ない") {
		admissions := dealtWith(t, "2025-11-23", "2026-11-22")[code].admissions
		assert.Equal(t, map[bool]string{true: "△"}[admissions >= 3], mark, code)
	}
	assert.Contains(t, textsOf(t, file, "地域と種別"), "△")
	never := valuesBy(t, file, "途絶え・新しい連携先", "日数", "連携機関")
	assert.Equal(t, fmt.Sprint(len(active(t, "2026-11-22"))), never["記録なし"])
}

func TestCoverageTellsWhichPartnersFellSilentAndWhichAreNew(t *testing.T) {
	const from, to = "2026-04-01", "2026-11-22"
	file := writtenKind(t, "coverage", sampleRequest(t))
	sheet := "途絶え・新しい連携先"
	dealt := dealtWith(t, from, to)
	t.Run("institutions by the days since the last やり取り", func(t *testing.T) {
		want := map[string]int{"30日未満": 0, "30〜59日": 0, "60〜89日": 0, "90〜179日": 0, "180日以上": 0, "記録なし": 0}
		quiet := map[string]string{}
		for _, p := range active(t, to) {
			last := dealt[p["連携先コード"]].last
			if last == "" {
				want["記録なし"]++
				quiet[p["連携先コード"]] = "なし"
				continue
			}
			days := daysBetween(t, last, to)
			switch {
			case days < 30:
				want["30日未満"]++
			case days < 60:
				want["30〜59日"]++
			case days < 90:
				want["60〜89日"]++
			case days < 180:
				want["90〜179日"]++
			default:
				want["180日以上"]++
			}
			if days >= 90 {
				quiet[p["連携先コード"]] = fmt.Sprint(days)
			}
		}
		for step, n := range valuesBy(t, file, sheet, "日数", "連携機関") {
			assert.Equal(t, fmt.Sprint(want[step]), n, step)
		}
		assert.Equal(t, quiet, valuesBy(t, file, sheet, "コード", "日数"))
		assert.Contains(t, strings.Join(textsOf(t, file, sheet), "\n"), fmt.Sprintf("90日以上やり取りのない連携機関　%dか所", len(quiet)))
	})
	t.Run("partners gained and lost in the period, by name", func(t *testing.T) {
		want, count := map[string]string{}, map[string]int{"新しい": 0, "途切れた": 0, "連携終了": 0}
		for _, p := range sampleSheet(t, "連携先") {
			d := dealt[p["連携先コード"]]
			ended := p["連携終了日"] != "" && p["連携終了日"] <= to
			switch {
			case ended && p["連携終了日"] >= from:
				want[p["連携先コード"]] = "連携終了"
			case !ended && d.first >= from:
				want[p["連携先コード"]] = "新しい"
			case !ended && d.last != "" && d.last < from && d.last >= "2025-04-01":
				want[p["連携先コード"]] = "途切れた"
			}
		}
		for _, word := range want {
			count[word]++
		}
		require.NotEmpty(t, want)
		assert.Equal(t, want, valuesBy(t, file, sheet, "コード", "区分"))
		for word, n := range valuesBy(t, file, sheet, "区分", "数え方") {
			require.NotEmpty(t, n, word)
		}
		header, rows := tableUnder2(t, file, sheet, "区分", "数え方")
		for i, word := range columnOf(t, header, rows, "区分") {
			assert.Equal(t, fmt.Sprint(count[word]), columnOf(t, header, rows, "連携先")[i], word)
		}
	})
}

func TestCoverageNamesTheCareManagersWithout平時の連携(t *testing.T) {
	file := writtenKind(t, "coverage", sampleRequest(t))
	header, rows := tableUnder(t, file, "平時の連携がない担当CM", "CM\nコード")
	patients, since, codes, names := map[string]int{}, map[string]string{}, []string(nil), map[string]bool{}
	for _, a := range sampleSheet(t, "入院") {
		names[a["氏名"]] = true
		if cm := a["担当CMコード"]; cm != "" && a["入院日"] <= "2026-11-22" && (a["退院日"] == "" || a["退院日"] >= "2026-11-22") && !ready(t, cm, a["入院日"]) {
			patients[cm]++
			codes = append(codes, cm)
			since[cm] = min(cmp.Or(since[cm], a["入院日"]), a["入院日"])
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	require.NotEmpty(t, codes)
	assert.Equal(t, codes, columnOf(t, header, rows, "CMコード"))
	for i, cm := range codes {
		assert.Equal(t, fmt.Sprint(patients[cm]), columnOf(t, header, rows, "入院中の患者（人）")[i], cm)
		assert.NotEmpty(t, columnOf(t, header, rows, "足りないもの")[i], cm)
		office := slices.IndexFunc(sampleSheet(t, "連携先"), func(p record) bool { return p["連携先コード"] == officeOf(t, cm, since[cm]) })
		assert.Equal(t, sampleSheet(t, "連携先")[office]["名称"], columnOf(t, header, rows, "所属")[i], cm)
	}
	for _, sheet := range file.GetSheetList() {
		for _, text := range textsOf(t, file, sheet) {
			assert.False(t, names[text], "the name of a patient on %s: %s", sheet, text)
		}
	}
}
