package coverage

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

func sampleSections(t *testing.T, choice Choice) (*app.Judged, map[string]*Section) {
	judged, err := pagetest.SampleApp(t).Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	built := make(map[string]*Section)
	for _, s := range sections {
		built[s.id], err = Build(context.Background(), s.id, judged, choice.Scope(pagetest.Today))
		require.NoError(t, err)
	}
	return judged, built
}

// choices are what the sections are looked at by.
var choices = map[string]Choice{"the fiscal year": {Span: ThisYear}, "a ward, a town, twelve months": {Span: Twelve, Ward: "3E", Area: "みなと市"}, "a day that is past": {Span: ThisYear, AsOf: 2026_06_30}}

// worth are the titles of charts, and the series, whose values stand for
// something other than the number of their rows.
var worth = regexp.MustCompile(`^(失った額|指導料2率|平時の連携のある入院の割合|3回に足りない|日程の依頼から.*日数|.* (基準|病床数 × 係数)$)`)

// ahead are those that rest on no rows: they are yet to come.
var ahead = regexp.MustCompile(`見通し（`)

func TestEveryValueLeadsToAsManyRows(t *testing.T) {
	for name, choice := range choices {
		t.Run(name, func(t *testing.T) {
			judged, built := sampleSections(t, choice)
			for _, s := range built {
				for _, block := range s.Blocks {
					require.NotEmpty(t, block.Note, "every figure has its definition")
					if block.Chart == nil {
						continue
					}
					for _, series := range block.Chart.Series {
						for i, d := range series.Data {
							if d.Missing || d.Value == 0 && d.Key == "" || ahead.MatchString(series.Name) {
								continue
							}
							what := block.Chart.Title + " " + block.Chart.Categories[i] + " " + series.Name
							require.Contains(t, s.Details, d.Key, what)
							if !s.Details[d.Key].To.IsZero() {
								continue // to the page of the one it is of
							}
							rows := s.Details[d.Key].Rows()
							for _, r := range rows {
								require.NotZero(t, r.To)
							}
							if !worth.MatchString(block.Chart.Title) && !worth.MatchString(what) {
								require.Equal(t, int(d.Value), amount(judged, s.Details[d.Key]), what)
							}
						}
					}
				}
			}
		})
	}
}

// amount is what rows come to: each is one, but of 25機関×年3回 those that lack some
// are shown beside the figure, and ② is one row of the setting.
func amount(judged *app.Judged, of Detail) int {
	n, mixed := 0, strings.Contains(of.Title, "足りない") && strings.Contains(of.Title, "先に並べています")
	for _, r := range of.Rows() {
		switch {
		case r.To == page.To("設定", "a307_consult_count"):
			n += judged.Facts.Params.A307ConsultCount
		case mixed && strings.Contains(r.State, "あと"):
		default:
			n++
		}
	}
	return n
}

// firstNumber is the number a fact begins with.
var firstNumber = regexp.MustCompile(`^(?:算定済み )?([0-9][0-9,]*)(か所|回|件|人|名)`)

func TestEveryFactLeadsToItsRows(t *testing.T) {
	noRows := []string{"必要残数"} // what is yet to be done
	for name, choice := range choices {
		t.Run(name, func(t *testing.T) {
			judged, built := sampleSections(t, choice)
			followed := 0
			for _, s := range built {
				for _, block := range s.Blocks {
					for _, f := range block.Facts {
						m := firstNumber.FindStringSubmatch(f.Value)
						if m == nil || m[1] == "0" || slices.Contains(noRows, f.Name) || !s.Details[f.Key].To.IsZero() {
							continue
						}
						require.Contains(t, s.Details, f.Key, "%s: %s %s", s.ID, f.Name, f.Value)
						followed++
						rows := s.Details[f.Key].Rows()
						if !strings.HasSuffix(f.Name, "までに") { // leads to those that are short
							require.Equal(t, strings.ReplaceAll(m[1], ",", ""), fmt.Sprint(amount(judged, s.Details[f.Key])), "%s: %s %s", s.ID, f.Name, f.Value)
						}
						if f.State.Word == "× 不足" && m[2] == "か所" {
							require.Contains(t, rows[0].State, "あと", "%s %s leads to what is missing first", f.Name, f.Value)
						}
					}
				}
			}
			assert.Greater(t, followed, 15)
		})
	}
}

func TestTheSummarySaysWhatTheSectionsSay(t *testing.T) {
	for name, choice := range choices {
		t.Run(name, func(t *testing.T) {
			_, built := sampleSections(t, choice)
			value := func(section, fact string) string {
				for _, block := range built[section].Blocks {
					for _, f := range block.Facts {
						if strings.TrimSpace(f.Name) == fact {
							return f.Value
						}
					}
				}
				return ""
			}
			number := func(text string) string { return firstNumber.FindStringSubmatch(text)[1] }
			for _, same := range []struct{ fact, section, of string }{
				{"25機関 × 年3回", "kasan1", "うち面会が3回以上"},
				{"年間の算定回数", "kasan1", "実績 ①＋②（算定済み）"},
				{"平時の連携がない担当CM", "reach", "平時の連携がない担当CM"},
				{"入院の割にやり取りが少ない", "reach", "△ の連携先"},
				{"90日以上やり取りがない", "reach", "90日以上"},
			} {
				assert.Equal(t, number(value(same.section, same.of)), number(value("overview", same.fact)), same.fact)
			}
			assert.Equal(t, value("kasan1", "見通し（算定済みのペース）"), value("overview", "見通し（算定済みのペース）"))
			assert.Equal(t, value("fee2", "失った額（見積り）"), value("overview", "失った額（見積り）"))
			assert.True(t, strings.HasPrefix(value("overview", "指導料2率"), value("fee2", "指導料2率")))
		})
	}
}

func TestFiguresAreThoseOfTheModels(t *testing.T) {
	judged, built := sampleSections(t, Choice{Span: ThisYear})
	scope := Choice{Span: ThisYear}.Scope(pagetest.Today)
	text := func(s *Section) string {
		var words []string
		for _, block := range s.Blocks {
			for _, f := range block.Facts {
				words = append(words, f.Name+" "+f.Value)
			}
		}
		return strings.Join(words, "\n")
	}
	m := liaison.Monitor(judged.Facts, judged.Verdicts, pagetest.Today)
	assert.Contains(t, text(built["kasan1"]), fmt.Sprintf("うち面会が3回以上 %dか所", m.PartnersMet3))
	assert.Contains(t, text(built["kasan1"]), fmt.Sprintf("必要残数 %d回", m.Remaining))
	sessions, fee2 := 0, 0
	for _, v := range judged.Verdicts {
		if v.Session.On >= 2026_06_01 && v.Session.On <= pagetest.Today {
			sessions++
			if v.Result == fee.Fee2 {
				fee2++
			}
		}
	}
	assert.Contains(t, text(built["fee2"]), fmt.Sprintf("共同指導 %d件\n指導料2 %d件", sessions, fee2))
	w := liaison.Fee2Waterfall(judged.Facts, judged.Rules, judged.Verdicts, scope.Sessions(judged.Verdicts))
	assert.Contains(t, text(built["fee2"]), ui.Thousands(w.Points()*10)+"円")
}
