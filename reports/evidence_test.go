package reports

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// sampleClaims lists the sessions of a month that are recorded as billed or
// judged billable, as 患者ID/入院日 指導番号.
func sampleClaims(t *testing.T, r Request, month string) (admissions, sessions []string) {
	t.Helper()
	billable := map[string]bool{}
	for i := range r.Verdicts {
		billable[r.Verdicts[i].Session.Number] = r.Verdicts[i].Points > 0
	}
	for _, s := range sampleSheet(t, "共同指導") {
		recorded := slices.Contains([]string{"1", "2", "旧"}, s["算定区分"])
		if strings.HasPrefix(s["指導日"], month) && (recorded || billable[s["指導番号"]]) {
			sessions = append(sessions, s["指導番号"])
			admissions = append(admissions, s["患者ID"]+"/"+s["入院日"])
		}
	}
	slices.Sort(sessions)
	slices.Sort(admissions)
	return slices.Compact(admissions), sessions
}

func TestEvidenceOfTheSampleMonth(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "evidence", r)
	admissions, sessions := sampleClaims(t, r, "2026-10")
	texts := textsOf(t, file, "根拠")
	t.Run("the list names every claim of the month", func(t *testing.T) {
		header, rows := tableUnder(t, file, "一覧", "No")
		got := columnOf(t, header, rows, "指導番号")
		slices.Sort(got)
		assert.Equal(t, sessions, got)
		numbers := columnOf(t, header, rows, "No")
		assert.Equal(t, fmt.Sprint(len(admissions)), numbers[len(numbers)-1])
	})
	t.Run("each admission starts on a new page, and so does its back", func(t *testing.T) {
		breaks := rowBreaks(t, file, 2)
		assert.Len(t, breaks, 2*len(admissions)-1)
		rows, err := file.GetRows("根拠")
		require.NoError(t, err)
		begins := 0
		for i, row := range rows {
			if len(row) == 0 || !strings.HasPrefix(row[0], "No.") {
				continue
			}
			begins++
			if begins > 1 {
				assert.Contains(t, breaks, i, "the break before row %d", i+1)
			}
		}
		assert.Equal(t, 2*len(admissions), begins)
	})
	t.Run("every admission is headed by its patient and day", func(t *testing.T) {
		for n, key := range admissions {
			id, day, _ := strings.Cut(key, "/")
			assert.True(t, slices.ContainsFunc(texts, func(s string) bool {
				return strings.HasPrefix(s, fmt.Sprintf("No.%d　患者ID %s　", n+1, id)) && strings.HasSuffix(s, "入院日 "+day)
			}), key)
		}
	})
	t.Run("every claim has all its conditions", func(t *testing.T) {
		names := map[string]int{}
		for _, text := range texts {
			names[text]++
		}
		tables := 0
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			if slices.Contains(sessions, v.Session.Number) {
				assert.Equal(t, 1, names[v.Session.Number+" の根拠"], v.Session.Number)
				assert.Len(t, v.Conditions, 18)
			}
		}
		for _, text := range texts {
			if strings.HasPrefix(text, "判定の条件　") {
				tables++
			}
		}
		assert.Equal(t, tables, names["平時の会議等への出席"])
		assert.Equal(t, tables, names["入退院支援加算1の届出病棟"])
	})
	t.Run("the records are quoted from the register", func(t *testing.T) {
		all := strings.Join(texts, "\n")
		meeting := sampleSheet(t, "会議")[slices.IndexFunc(sampleSheet(t, "会議"), func(m record) bool { return m["会議コード"] == "K038" })]
		assert.Contains(t, all, fmt.Sprintf("%s　%s　主催 %s　場所 %s", meeting["名称"], meeting["種別"], meeting["主催"], meeting["場所"]))
		assert.Contains(t, all, "議題: "+meeting["議題"])
		for _, a := range sampleSheet(t, "会議出席") {
			if a["会議コード"] == "K038" {
				assert.Contains(t, all, a["氏名"])
			}
		}
		policy := sampleSheet(t, "規程")[1]
		assert.Contains(t, all, "施行 "+policy["施行日"]+"　周知 "+policy["周知日"]+"（"+policy["周知方法"]+"）")
		for _, s := range sampleSheet(t, "共同指導") {
			if slices.Contains(sessions, s["指導番号"]) {
				assert.Contains(t, all, s["内容"], s["指導番号"])
			}
		}
	})
	t.Run("what is missing has its warning", func(t *testing.T) {
		found := 0
		for _, text := range texts {
			if strings.HasPrefix(text, "W1 ") {
				found++
			}
		}
		missing := 0
		for _, s := range sampleSheet(t, "共同指導") {
			i := slices.IndexFunc(r.Verdicts, func(v verdict) bool { return v.Session.Number == s["指導番号"] })
			if slices.Contains(sessions, s["指導番号"]) && s["要点記載日"] == "" && r.Verdicts[i].Points > 0 {
				missing++
			}
		}
		assert.Equal(t, missing, found)
		assert.Positive(t, found)
	})
	checkWorkbook(t, "evidence", r, "根拠")
}

func TestEvidenceOfOneAdmission(t *testing.T) {
	r := sampleRequest(t)
	r.Key = "00052658/2026-09-22"
	file := writtenKind(t, "evidence", r)
	t.Run("holds all its claims, whatever their month", func(t *testing.T) {
		header, rows := tableUnder(t, file, "一覧", "No")
		var want []string
		for i := range r.Verdicts {
			if v := &r.Verdicts[i]; v.Session.Key().String() == r.Key && (v.Points > 0 || v.Session.Claim.Recorded()) {
				want = append(want, v.Session.Number)
			}
		}
		require.NotEmpty(t, want)
		assert.Equal(t, want, columnOf(t, header, rows, "指導番号"))
	})
	t.Run("shows the refused session of the admission beside them", func(t *testing.T) {
		header, rows := tableUnder2(t, file, "根拠", "指導番号", "判定・点数")
		count := 0
		for _, s := range sampleSheet(t, "共同指導") {
			if s["患者ID"]+"/"+s["入院日"] == r.Key {
				count++
			}
		}
		assert.Len(t, columnOf(t, header, rows, "指導番号"), count)
	})
	t.Run("an admission without a session is shown as it is", func(t *testing.T) {
		r := r
		with := map[string]bool{}
		for _, s := range sampleSheet(t, "共同指導") {
			with[s["患者ID"]+"/"+s["入院日"]] = true
		}
		for _, a := range sampleSheet(t, "入院") {
			if key := a["患者ID"] + "/" + a["入院日"]; !with[key] {
				r.Key = key
			}
		}
		assert.Contains(t, strings.Join(textsOf(t, writtenKind(t, "evidence", r), "根拠"), "\n"), "該当はありません")
	})
	t.Run("one that is not registered is refused", func(t *testing.T) {
		r := r
		r.Key = "99999999/2026-01-01"
		err := writeEvidence(t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), r)
		assert.Equal(t, models.NotFound, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), "99999999/2026-01-01")
	})
}
