package reports_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// promise is one deadline of the 規程 as counted from the rows.
type promise struct {
	limit, done models.Date
	kept        string
}

func promised(limit, done models.Date, left bool) promise {
	kept := "期限前"
	switch {
	case limit == 0:
		kept = "対象外"
	case done != 0 && done <= limit:
		kept = "守れた"
	case done != 0:
		kept = "期限後"
	case left || limit < asOf:
		kept = "記録なし"
	}
	return promise{limit, done, kept}
}

type promisedStay struct {
	models.Admission
	inform, notice promise
	before         string // days from the 退院前連絡日 to the day expected
}

// promisedStays are the admissions of the fiscal year with a care manager.
func promisedStays(book *models.Book) []promisedStay {
	var list []promisedStay
	for _, a := range book.Admissions {
		if a.CareManager == "" || a.AdmittedOn < 2026_04_01 || a.AdmittedOn > asOf {
			continue
		}
		prior, chosen := false, a.CareStatus == "未申請"
		for _, s := range book.Sessions {
			if s.PatientID == a.PatientID && s.AdmittedOn == a.AdmittedOn {
				prior = prior || s.Standing == "入院前担当"
				chosen = chosen || s.Standing == "患者選択"
			}
		}
		informBy := a.AdmittedOn.AddDays(6)
		if chosen && !prior {
			informBy = 0
		}
		leaving := a.ExpectedOn
		if leaving == 0 {
			leaving = a.DischargedOn
		}
		var noticeBy models.Date
		if leaving != 0 {
			noticeBy = max(a.AdmittedOn, leaving.AddDays(-7))
		}
		before := ""
		if a.NoticedOn != 0 && leaving != 0 {
			before = itoa(a.NoticedOn.DaysUntil(leaving))
		}
		list = append(list, promisedStay{a, promised(informBy, a.InformedOn, a.DischargedOn != 0), promised(noticeBy, a.NoticedOn, a.DischargedOn != 0), before})
	}
	return list
}

func TestPolicyTellsOfEveryStayWhetherThePromiseWasKept(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "policy", r)
	stays := promisedStays(r.Facts.Book)
	require.Greater(t, len(stays), 100)
	var want []string
	ways, otherwise := map[string]int{}, 0
	for _, s := range stays {
		day := ""
		if s.InformedOn != 0 {
			day = itoa(s.AdmittedOn.DaysUntil(s.InformedOn) + 1)
		}
		want = append(want, fmt.Sprintf("%s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s", s.PatientID, s.Name, s.AdmittedOn,
			s.inform.limit, s.inform.done, day, s.inform.kept, s.notice.limit, s.notice.done, s.before, s.notice.kept))
		if s.ExpectedOn != 0 && s.DischargedOn != 0 && s.ExpectedOn != s.DischargedOn && s.before != "" {
			otherwise++
		}
		ways["7日以内 "+s.inform.kept]++
		ways["退院7日前 "+s.notice.kept]++
	}
	for _, way := range []string{"7日以内 守れた", "7日以内 期限後", "7日以内 記録なし", "7日以内 対象外", "退院7日前 守れた", "退院7日前 期限後", "退院7日前 記録なし", "退院7日前 期限前"} {
		assert.Positive(t, ways[way], "the sample shows %s", way)
	}
	list := tableOf(t, file, "運用状況", "患者ID", "氏名")
	assert.ElementsMatch(t, want, list.columns("患者ID", "氏名", "入院日", "情報提供期限", "情報提供日", "入院n日目", "7日以内", "連絡期限", "退院前連絡日", "退院n日前", "退院7日前"))
	assert.Positive(t, otherwise, "some left on another day than expected: n日前 is counted from the day expected")
}

func TestPolicyRatesByMonth(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "policy", r)
	counts := map[string]map[string]int{}
	for _, s := range promisedStays(r.Facts.Book) {
		for _, month := range []string{s.AdmittedOn.String()[:7], "計"} {
			if counts[month] == nil {
				counts[month] = map[string]int{}
			}
			counts[month]["入院"]++
			counts[month]["7日以内"+s.inform.kept]++
			counts[month]["退院7日前"+s.notice.kept]++
		}
	}
	rates := tableOf(t, file, "集計", "入院月", "入院")
	require.Len(t, rates.rows, 9) // April to November, and the sum
	for i, month := range rates.column("入院月") {
		c := counts[month]
		assert.Equal(t, itoa(c["入院"]), rates.column("入院")[i], month)
		for _, what := range []string{"7日以内", "退院7日前"} {
			for _, way := range []string{"守れた", "期限後", "記録なし", "期限前"} {
				assert.Equal(t, itoa(c[what+way]), rates.column(what + way)[i], "%s %s%s", month, what, way)
			}
			asked := c[what+"守れた"] + c[what+"期限後"] + c[what+"記録なし"]
			want := ""
			if asked > 0 {
				want = fmt.Sprintf("%.1f%%", 100*float64(c[what+"守れた"])/float64(asked))
			}
			assert.Equal(t, want, rates.column(what + "遵守率")[i], "%s %s", month, what)
		}
		assert.Equal(t, itoa(c["7日以内対象外"]), rates.column("入院中に決まった")[i], month)
		assert.Equal(t, itoa(c["退院7日前対象外"]), rates.column("退院見込なし")[i], month)
	}
}

func TestPolicyListsEachBreach(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "policy", r)
	var want []string
	for _, s := range promisedStays(r.Facts.Book) {
		for what, p := range map[string]promise{"7日以内の情報提供": s.inform, "退院7日前の連絡": s.notice} {
			switch p.kept {
			case "期限後":
				want = append(want, fmt.Sprintf("%s | %s | %s | %s | %d", s.PatientID, what, p.limit, p.done, p.limit.DaysUntil(p.done)))
			case "記録なし":
				want = append(want, fmt.Sprintf("%s | %s | %s | 記録なし | ―", s.PatientID, what, p.limit))
			}
		}
	}
	require.NotEmpty(t, want)
	list := tableOf(t, file, "守れなかったもの", "患者ID", "氏名")
	assert.ElementsMatch(t, want, list.columns("患者ID", "区分", "期限", "実施日", "超過日数"))
}

func TestPolicyListsTheEditions(t *testing.T) {
	t.Parallel()
	r := ask(t)
	file := write(t, "policy", r)
	list := tableOf(t, file, "規程", "版", "施行日")
	var want []string
	for _, p := range r.Facts.Book.Policies {
		want = append(want, fmt.Sprintf("%s | %s | %s | %s | %s | %s | %s", p.Edition, p.EffectiveOn, p.Within7Days, p.Before7Days, p.Encourages, p.AnnouncedOn, p.AnnouncedHow))
	}
	assert.ElementsMatch(t, want, list.columns("版", "施行日", "7日以内の情報提供", "退院7日前の連絡", "未申請者への勧奨", "周知日", "周知方法"))
	assert.Equal(t, []string{"2026-07-31", "施行中"}, list.column("次の版の前日まで"))
	assert.Equal(t, "施行日 2026-08-01 から周知日 2026-08-12 の前の日まで（11日間）に入院した患者の共同指導は、指導料2を算定できません（院内基準: 入院日まで）", list.column("指導料2との関わり")[1])
}

func TestPolicyTellsWhatIsKnownOfThoseWhoHadNotApplied(t *testing.T) {
	t.Parallel()
	r := ask(t)
	book := r.Facts.Book
	file := write(t, "policy", r)
	var want []string
	for _, a := range book.Admissions {
		if a.CareStatus != "未申請" || a.AdmittedOn < 2026_04_01 || a.AdmittedOn > asOf {
			continue
		}
		var contact, session models.Date
		for _, c := range book.Contacts {
			if c.PatientID == a.PatientID && c.On >= a.AdmittedOn && (a.DischargedOn == 0 || c.On <= a.DischargedOn) && (contact == 0 || c.On < contact) {
				contact = c.On
			}
		}
		for _, s := range book.Sessions {
			if s.PatientID == a.PatientID && s.AdmittedOn == a.AdmittedOn && s.On != 0 && (session == 0 || s.On < session) {
				session = s.On
			}
		}
		state := "記録なし"
		if contact != 0 {
			state = "相談・連絡があります"
		}
		if a.CareManager != "" {
			state = "担当が決まっています"
		}
		want = append(want, fmt.Sprintf("%s | %s | %s | %s | %s", a.PatientID, a.AdmittedOn, contact, session, state))
	}
	require.NotEmpty(t, want)
	list := tableOf(t, file, "未申請者", "患者ID", "氏名")
	assert.ElementsMatch(t, want, list.columns("患者ID", "入院日", "最初の相談・連絡", "最初の共同指導", "状況"))
}

func TestPolicyPrints(t *testing.T) {
	t.Parallel()
	file := write(t, "policy", ask(t))
	assert.Equal(t, []string{"集計", "規程", "運用状況", "守れなかったもの", "未申請者"}, file.GetSheetList())
	assertPrints(t, file, printing{lists: []string{"規程", "運用状況", "守れなかったもの", "未申請者"}})
	assertFormats(t, file, "運用状況", map[string]string{"患者ID": "id", "入院日": "date", "入院n日目": "number", "情報提供日": "date"})
	t.Run("a rate is a figure", func(t *testing.T) {
		rates := tableOf(t, file, "集計", "入院月", "入院")
		shown := rates.column("7日以内遵守率")
		value, err := strconv.ParseFloat(strings.TrimSuffix(shown[len(shown)-1], "%"), 64)
		require.NoError(t, err)
		assert.Greater(t, value, 50.0)
	})
}
