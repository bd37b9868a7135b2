package claims

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/viewtest"
	"renkei/views/words"
)

func verdictOf(name, kana, id string, result fee.Result) fee.Verdict {
	return fee.Verdict{
		Session:   models.JointGuidance{Number: "G1", PatientID: id, On: models.MustDate("2026-10-08"), CareManager: "CM9", NotedOn: 1, PlanCopyOn: 1},
		Admission: &models.Admission{PatientID: id, Name: name, Kana: kana},
		Ward:      &models.Ward{Code: "3E", Name: "3東病棟"},
		Result:    result,
	}
}

func TestClaimRow(t *testing.T) {
	t.Run("a billable session whose papers are there is 確定可", func(t *testing.T) {
		row := Rows([]fee.Verdict{verdictOf("髙橋 花子", "タカハシ", "00012345", fee.Fee2)}, nil)[0]
		assert.Equal(t, verdict.Ready, row.Check)
		assert.False(t, row.Action)
		assert.Equal(t, "3東病棟", row.Ward)
	})
	t.Run("one that lacks a paper is 要対応", func(t *testing.T) {
		v := verdictOf("髙橋 花子", "", "1", fee.Fee1)
		v.Warnings = []fee.Warning{{Code: "W2"}}
		assert.Equal(t, verdict.Action, Rows([]fee.Verdict{v}, nil)[0].Check)
	})
	t.Run("one that cannot be billed has no word", func(t *testing.T) {
		assert.Empty(t, Rows([]fee.Verdict{verdictOf("", "", "1", fee.NotBillable)}, nil)[0].Check)
	})
	t.Run("what is not registered is shown by its code or left out", func(t *testing.T) {
		row := Rows([]fee.Verdict{{Session: models.JointGuidance{Number: "G2", PatientID: "9", CareManager: "CM7"}, Result: fee.Pending}}, nil)[0]
		assert.Equal(t, "CM7", row.Partner)
		assert.Empty(t, row.Name+row.Ward+row.Office)
		assert.True(t, row.Action)
	})
}

func TestFilterClaims(t *testing.T) {
	verdicts := []fee.Verdict{
		verdictOf("髙橋 花子", "タカハシ ハナコ", "00012345", fee.Fee2),
		verdictOf("山﨑 武", "ヤマザキ タケシ", "00067890", fee.Fee1),
		verdictOf("渡邉 トメ", "ワタナベ トメ", "00099999", fee.Pending),
	}
	verdicts[1].Ward.Name = "4西病棟"
	rows := Rows(verdicts, nil)
	for name, c := range map[string]struct {
		filter Filter
		want   []string
	}{
		"nothing chosen shows all":          {Filter{}, []string{"00012345", "00067890", "00099999"}},
		"a ward":                            {Filter{Ward: "4西病棟"}, []string{"00067890"}},
		"a result":                          {Filter{Result: "指導料2"}, []string{"00012345"}},
		"what has to be done":               {Filter{Result: filterAction}, []string{"00099999"}},
		"old kanji by new":                  {Filter{Query: "高橋"}, []string{"00012345"}},
		"kana by hiragana":                  {Filter{Query: "やまざき"}, []string{"00067890"}},
		"kana by romaji":                    {Filter{Query: "yamazaki"}, []string{"00067890"}},
		"a number without leading zeros":    {Filter{Query: "12345"}, []string{"00012345"}},
		"a number with more leading zeros":  {Filter{Query: "0000012345"}, []string{"00012345"}},
		"full-width digits":                 {Filter{Query: "６７８９０"}, []string{"00067890"}},
		"two words, both":                   {Filter{Query: "山崎　4西"}, []string{"00067890"}},
		"two words, one of them elsewhere":  {Filter{Query: "山崎 花子"}, nil},
		"a match must not span two fields":  {Filter{Query: "花子タカハシ"}, nil},
		"only blanks show all":              {Filter{Query: "　 "}, []string{"00012345", "00067890", "00099999"}},
		"ward and result together":          {Filter{Ward: "3東病棟", Result: "指導料1"}, nil},
		"a ward that is not there any more": {Filter{Ward: "閉じた病棟"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range FilterRows(rows, c.filter) {
				got = append(got, r.PatientID)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// The sessions of a month in every state, with the lists they stand in.
func TestFiltersOfTheStateOfASession(t *testing.T) {
	states := []struct {
		name      string
		result    fee.Result
		warnings  []string
		confirmed bool
	}{
		{"can be confirmed", fee.Fee2, nil, false},
		{"legacy, can be confirmed", fee.FeeLegacy, nil, false},
		{"confirmed", fee.Fee1, nil, true},
		{"lacks a paper", fee.Fee1, []string{"W2"}, false},
		{"confirmed, now lacks a paper", fee.Fee2, []string{"W1"}, true},
		{"another warning only", fee.Fee1, []string{"W5"}, false},
		{"not billable", fee.NotBillable, nil, false},
		{"confirmed, now not billable", fee.NotBillable, []string{"W7"}, true},
		{"pending", fee.Pending, nil, false},
		{"not billed", fee.NotBilled, nil, false},
	}
	var verdicts []fee.Verdict
	var confirmed []models.Confirmation
	for _, s := range states {
		v := verdictOf("", "", "1", s.result)
		v.Session.Number = s.name
		for _, code := range s.warnings {
			v.Warnings = append(v.Warnings, fee.Warning{Code: code})
		}
		verdicts = append(verdicts, v)
		if s.confirmed {
			confirmed = append(confirmed, models.Confirmation{Session: s.name, Claim: models.ClaimFee1})
		}
	}
	rows := Rows(verdicts, confirmed)
	for filter, want := range map[string][]string{
		filterAction: {"lacks a paper", "confirmed, now lacks a paper", "confirmed, now not billable", "pending"},
		filterReady:  {"can be confirmed", "legacy, can be confirmed", "another warning only"},
		filterOpen:   {"can be confirmed", "legacy, can be confirmed", "lacks a paper", "another warning only"},
		"算定なし":       {"not billed"},
		"指導料1":       {"confirmed", "lacks a paper", "another warning only"},
	} {
		t.Run(filter, func(t *testing.T) {
			var got []string
			for _, r := range FilterRows(rows, Filter{Result: filter}) {
				got = append(got, r.Number)
			}
			assert.Equal(t, want, got)
		})
	}
	checks := make(map[string]string)
	for _, r := range rows {
		checks[r.Number] = r.Check
	}
	assert.Equal(t, map[string]string{
		"can be confirmed": "確定可", "legacy, can be confirmed": "確定可", "confirmed": "確定済", "lacks a paper": "要対応",
		"confirmed, now lacks a paper": "要対応", "another warning only": "確定可", "not billable": "", "confirmed, now not billable": "要対応",
		"pending": "要対応", "not billed": "",
	}, checks)
}

func TestFilteringKeepsTheOrderAndAddsNothing(t *testing.T) {
	rows := Rows(viewtest.Verdicts(3), nil)
	wards := append(Wards(rows), "", "無い病棟")
	results := []string{"", filterAction, "指導料1", "指導料2", "算定不可"}
	rapid.Check(t, func(t *rapid.T) {
		f := Filter{
			Ward:   rapid.SampledFrom(wards).Draw(t, "ward"),
			Result: rapid.SampledFrom(results).Draw(t, "result"),
			Query:  rapid.SampledFrom([]string{"", "サトウ", "0", "病棟", "さくら 佐藤"}).Draw(t, "query"),
		}
		kept := FilterRows(rows, f)
		at := -1
		for _, k := range kept {
			i := slices.IndexFunc(rows, func(r Row) bool { return r.Number == k.Number })
			assert.Greater(t, i, at)
			at = i
		}
		assert.Equal(t, kept, FilterRows(kept, f), "filtering twice is filtering once")
	})
}

func TestTotalClaims(t *testing.T) {
	verdict := func(result fee.Result, points int, warnings ...fee.Warning) fee.Verdict {
		return fee.Verdict{Result: result, Points: points, Warnings: warnings}
	}
	total := Total(Rows([]fee.Verdict{
		verdict(fee.Fee2, 500), verdict(fee.Fee2, 500, fee.Warning{Code: "W1"}), verdict(fee.Fee1, 400), verdict(fee.FeeLegacy, 400),
		verdict(fee.NotBillable, 0), verdict(fee.Pending, 0), verdict(fee.NotBilled, 0),
	}, nil))
	assert.Equal(t, Totals{
		Count:  map[fee.Result]int{fee.Fee2: 2, fee.Fee1: 1, fee.FeeLegacy: 1, fee.NotBillable: 1, fee.Pending: 1, fee.NotBilled: 1},
		Points: map[fee.Result]int{fee.Fee2: 1000, fee.Fee1: 400, fee.FeeLegacy: 400, fee.NotBillable: 0, fee.Pending: 0, fee.NotBilled: 0},
		Rows:   7, Sum: 1800, Action: 2,
	}, total)
	t.Run("the foot names the four always and the rare when there is some", func(t *testing.T) {
		few := Totals{
			Count:  map[fee.Result]int{fee.Fee2: 23, fee.Fee1: 8, fee.NotBillable: 4},
			Points: map[fee.Result]int{fee.Fee2: 11500, fee.Fee1: 3200}, Action: 5,
		}
		assert.Equal(t, "指導料2 23件 11,500点 ・ 指導料1 8件 3,200点 ・ 要対応 5件 ・ 不可 4件", few.String())
		few.Count[fee.Pending], few.Count[fee.NotBilled], few.Count[fee.FeeLegacy] = 1, 2, 3
		assert.Equal(t, "指導料2 23件 11,500点 ・ 指導料1 8件 3,200点 ・ 旧区分 3件 0点 ・ 要対応 5件 ・ 判定保留 1件 ・ 不可 4件 ・ 算定なし 2件", few.String())
	})
	t.Run("the shown part is told only when it is a part", func(t *testing.T) {
		assert.Equal(t, "全2件 900点", shownWords(Totals{Rows: 2, Sum: 900}, Totals{Rows: 2, Sum: 900}))
		assert.Equal(t, "表示 1件 900点（全2件）", shownWords(Totals{Rows: 1, Sum: 900}, Totals{Rows: 2, Sum: 900}), "the rest earns nothing")
		assert.Equal(t, "表示 1件 500点（全2件）", shownWords(Totals{Rows: 1, Sum: 500}, Totals{Rows: 2, Sum: 900}))
	})
}

func TestClaimColumnsSort(t *testing.T) {
	rows := Rows(viewtest.Verdicts(2), nil)
	for _, c := range columns {
		t.Run(c.ID, func(t *testing.T) {
			up := slices.Clone(rows)
			ui.SortBy(up, c, false)
			down := slices.Clone(rows)
			ui.SortBy(down, c, true)
			require.Len(t, down, len(up))
			less := c.Less
			if less == nil {
				less = func(a, b Row) bool { return c.Text(a) < c.Text(b) }
			}
			for i := 1; i < len(up); i++ {
				assert.False(t, less(up[i], up[i-1]))
				assert.False(t, less(down[i-1], down[i]))
			}
		})
	}
}

func TestWords(t *testing.T) {
	assert.Equal(t, "…/renkei/renkei.db", words.ShortPath("/home/a/renkei/renkei.db"))
	assert.Equal(t, "月次算定一覧_2026-10_みどり野 A_B病院.xlsx", monthlyName(202610, "みどり野 A/B病院"))
	assert.Equal(t, "月次算定一覧_2026-10.xlsx", monthlyName(202610, ""))
	assert.Equal(t, models.Month(202608), chooseMonth(202608, []models.Month{202610, 202608}, 202611))
	assert.Equal(t, models.Month(202610), chooseMonth(202601, []models.Month{202610, 202608}, 202611))
	assert.Equal(t, models.Month(202611), chooseMonth(0, nil, 202611))
}
