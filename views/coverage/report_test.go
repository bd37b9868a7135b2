package coverage

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/reports/reportstest"
	"renkei/views/charts"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// printed is the workbook 連携状況報告 as a person reads it.
type printed map[string][][]string

// printedReport presses the button of the page and reads what it wrote.
func printedReport(t *testing.T, choice Choice) printed {
	b := open(t)
	b.kept.Choice = choice
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "報告.xlsx")
	b.Actions()[0].OnTapped()
	require.Empty(t, b.Shell.Errors)
	book, err := reportstest.Read(b.Shell.SaveTo, "")
	require.NoError(t, err)
	return book
}

// cell names one of the workbook: the sheet, the title of the table's first
// column, the row by what stands in the column 「key」 (the first when it is "")
// and the column by its title; of 「a+b」 the sum. Row 「#3」 is the fourth.
type cell struct{ sheet, table, key, row, column string }

// read returns what stands in a cell; false when there is no such row.
func (p printed) read(c cell) (string, bool) {
	if first, second, two := strings.Cut(c.column, "+"); two {
		a, okA := p.read(cell{c.sheet, c.table, c.key, c.row, first})
		b, okB := p.read(cell{c.sheet, c.table, c.key, c.row, second})
		return fmt.Sprint(whole(a) + whole(b)), okA && okB
	}
	var head []string
	at := 0
	for _, row := range p[c.sheet] {
		switch {
		case len(row) > 0 && plain(row[0]) == c.table:
			head, at = row, 0
			continue
		case len(row) == 0:
			head = nil
		}
		key, column := place(head, c.key), place(head, c.column)
		if key < 0 || column < 0 || key >= len(row) {
			continue
		}
		if plain(row[key]) == plain(c.row) || c.row == fmt.Sprintf("#%d", at) {
			if column >= len(row) {
				return "", true
			}
			return plain(row[column]), true
		}
		at++
	}
	return "", false
}

// place is the column of a title, the first for "".
func place(head []string, title string) int {
	for i, h := range head {
		if title == "" || plain(h) == title {
			return i
		}
	}
	return -1
}

// plain is a text without the breaks and blanks that only lay it out.
func plain(text string) string {
	return strings.NewReplacer("\n", "", "　", "", " ", "").Replace(text)
}

func whole(text string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	return n
}

// cellOf is where the report prints the value of a chart.
func cellOf(chart *charts.Chart, i, k int, months []models.Month) cell {
	name, series := chart.Categories[i], chart.Series[k].Name
	month := ""
	if i < len(months) {
		month = months[i].String()
	}
	titled := func(prefix string) bool { return strings.HasPrefix(chart.Title, prefix) }
	switch {
	case titled("面会が3回以上の連携機関"):
		return cell{"加算1", "項目", "", chart.Title, name}
	case titled("3回に足りない連携機関"):
		return cell{"面会の足りない連携機関", "コード", "連携先", name, series}
	case titled("過去1年の介護支援等連携指導料"):
		return cell{"加算1", "過去1年の数え方", "", "直近12か月（設定）", "①＋②" + name}
	case titled("過去1年の算定回数と基準の推移"):
		column := map[string]string{"実績 ①＋②（算定済み）": "算定済み", "見通し（算定済みのペース）": "算定済みの見通し", "見通し（見込のペース）": "見込の見通し", "基準": "基準"}[series]
		return cell{"加算1の推移", "時点", "", fmt.Sprintf("#%d", i), column}
	case titled("基準への算入（病棟別）"):
		return cell{"加算1", "病棟", "", name, "基準への算入（病床数×係数）"}
	case titled("指導料2率（月別）"):
		return cell{"判定の内訳", "月", "", "#" + strconv.Itoa(i), "指導料2率"}
	case titled("月別の判定"):
		return cell{"判定の内訳", "月", "", "#" + strconv.Itoa(i), series}
	case titled("全部の共同指導から") && (i == 0 || i == len(chart.Categories)-1):
		return cell{"月別", "月", "", "計", map[string]string{"全部の共同指導": "率の対象", "指導料2": "指導料2"}[name]}
	case titled("全部の共同指導から"):
		return cell{"指導料2にならない理由", "理由", "", name, "件数"}
	case titled("失った額"):
		return cell{"指導料2にならない理由", "理由", "", name, "失った額（円）"}
	case titled("ひとつの手"):
		return cell{"ひとつの手", "手", "", name, "指導料2に変わる件数"}
	case titled("病棟別の判定"), titled("職員別の判定"), titled("事業所別の判定"):
		table := map[string]string{"病棟": "病棟", "職員": "職員", "事業": "連携先"}[string([]rune(chart.Title)[:2])]
		return cell{"判定の内訳", table, "", name, series}
	case titled("市区町村ごとの"):
		return cell{"地域と種別", "市区町村", "", name, map[string]string{"入院": "期間の入院", "やり取り": "やり取り", "連携先": "連携先計"}[series]}
	case titled("市区町村 × 種別"):
		return cell{"地域と種別", "市区町村", "", name, series}
	case titled("入院の多い連携先と、やり取り"):
		return cell{"連携先との行き来", "コード", "連携先", strings.TrimPrefix(name, "△ "), map[string]string{"入院": "入院", "やり取り・共同指導": "やり取り+共同指導"}[series]}
	case titled("平時の連携がない担当CM"):
		person, _, _ := strings.Cut(name, "（")
		return cell{"平時の連携がない担当CM", "CMコード", "担当CM", person, "入院中の患者（人）"}
	case titled("平時の連携のある入院の割合"):
		return cell{"月別", "月", "", month, "平時の連携の割合"}
	case titled("最後のやり取りからの日数"):
		return cell{"途絶え・新しい連携先", "日数", "", name, "連携機関"}
	case titled("期間に増えた・減った連携先"):
		return cell{"途絶え・新しい連携先", "区分", "", name, "連携先"}
	case titled("月別の件数"):
		return cell{"月別", "月", "", month, map[string]string{"やり取り": "やり取り計", "会議・勉強会": "会議・勉強会", "共同指導": "共同指導"}[series]}
	case titled("職員別の件数"):
		return cell{"職員別", "職員コード", "氏名", name, series}
	case titled("日程の依頼から共同指導まで"):
		return cell{"日程・書類・7日", "指導の月", "", month, "かかった日数（中央値）"}
	case titled("入院の情報提供"):
		return cell{"日程・書類・7日", "入院の月", "", month, series}
	case titled("足りない書類"):
		return cell{"日程・書類・7日", "項目", "", map[int]string{0: "診療録の要点が未記載（件）", 1: "ケアプラン写しが未受領（件）"}[i], "値"}
	}
	return cell{}
}

// written is a value of a chart as the report prints it.
func written(chart *charts.Chart, k int, d charts.Datum) string {
	switch {
	case chart.Unit == "％":
		return fmt.Sprintf("%.1f%%", d.Value)
	case chart.Series[k].Name == "基準", strings.HasPrefix(chart.Title, "基準への算入"):
		if d.Value == 0 {
			return "―"
		}
		return fmt.Sprintf("%.2f", d.Value)
	}
	return ui.Thousands(int(d.Value))
}

func TestTheReportPrintsEveryValueOfTheScreen(t *testing.T) {
	for name, choice := range choices {
		t.Run(name, func(t *testing.T) {
			_, built := sampleSections(t, choice)
			book := printedReport(t, choice)
			months := choice.Scope(pagetest.Today).Months()
			compared := 0
			for _, s := range built {
				for _, block := range s.Blocks {
					if block.Chart == nil || block.Chart.Title == "職員 × 月" {
						continue // the next test
					}
					for k := range block.Chart.Series {
						for i, d := range block.Chart.Series[k].Data {
							if d.Missing {
								continue
							}
							at := cellOf(block.Chart, i, k, months)
							require.NotEmpty(t, at.sheet, "the report has no place for %q", block.Chart.Title)
							got, found := book.read(at)
							require.True(t, found, "%q %q is not printed: %+v", block.Chart.Title, block.Chart.Categories[i], at)
							require.Equal(t, written(block.Chart, k, d), got, "%q %q %+v", block.Chart.Title, block.Chart.Categories[i], at)
							compared++
						}
					}
				}
			}
			assert.Greater(t, compared, 300)
		})
	}
}

func TestTheReportPrintsTheWorkOfEachMonth(t *testing.T) {
	choice := Choice{Span: ThisYear}
	judged, _ := sampleSections(t, choice)
	scope := choice.Scope(pagetest.Today)
	work := make(map[string]int) // by month and code
	rows := printedReport(t, choice)["職員別・月別"]
	for _, row := range rows {
		if len(row) == 7 && regexp.MustCompile(`^\d{4}-\d\d$`).MatchString(row[0]) {
			work[row[0]+row[1]] = whole(plain(row[6]))
		}
	}
	shown := 0
	for _, s := range liaison.Workload(judged.Facts, judged.Verdicts, scope) {
		for i, load := range s.Months {
			assert.Equal(t, load.Sum(), work[scope.Months()[i].String()+s.Code], "%s %s", s.Name, scope.Months()[i])
			if load.Sum() > 0 {
				shown++
			}
		}
	}
	assert.Len(t, work, shown)
}

// factCells is where the report prints the facts of each section.
var factCells = map[string]cell{
	"kasan1 連携機関":          {"加算1", "項目", "", "連携機関", "過去1年"},
	"kasan1 うち面会が3回以上":     {"加算1", "項目", "", "面会が3回以上の連携機関", "過去1年"},
	"kasan1 うち医療機関":        {"加算1", "項目", "", "うち医療機関", "過去1年"},
	"kasan1 うち介護・障害":       {"加算1", "項目", "", "うち介護・障害", "過去1年"},
	"kasan1 うち医療機関（今年度）":   {"加算1", "項目", "", "うち医療機関", "今年度のこれまで"},
	"kasan1 うち介護・障害（今年度）":  {"加算1", "項目", "", "うち介護・障害", "今年度のこれまで"},
	"kasan1 うち特別の関係":       {"加算1", "項目", "", "うち特別の関係（内数）", "過去1年"},
	"kasan1 2027-03-31までに": {"加算1", "項目", "", "面会が3回以上の連携機関", "今年度のこれまで"},
	"kasan1 実績①＋②（算定済み）":   {"加算1", "過去1年の数え方", "", "直近12か月（設定）", "①＋②算定済み"},
	"kasan1 基準（これを上回ること）":  {"加算1", "過去1年の数え方", "", "直近12か月（設定）", "基準"},
	"kasan1 必要残数":          {"加算1", "過去1年の数え方", "", "直近12か月（設定）", "必要残数"},
	"kasan1 直近12か月で数えると":   {"加算1", "過去1年の数え方", "", "直近12か月（設定）", "①＋②算定済み"},
	"kasan1 年度の初めから数えると":   {"加算1", "過去1年の数え方", "", "年度の初めから", "①＋②算定済み"},
	"kasan1 見通し（算定済みのペース）": {"加算1", "見通し", "", "算定済みのペース", "この先1年"},
	"kasan1 見通し（見込のペース）":   {"加算1", "見通し", "", "見込のペース", "この先1年"},
	"kasan1 取下げが必要な算定":     {"加算1", "過去1年の数え方", "", "直近12か月（設定）", "取下げが必要"},
	"kasan1 部門の専従":         {"加算1", "配置", "", "部門の専従", "人数"},
	"kasan1 部門の専任":         {"加算1", "配置", "", "部門の専任", "人数"},
	"kasan1 病棟専任":          {"加算1", "配置", "", "病棟専任", "人数"},
	"fee2 共同指導":            {"月別", "月", "", "計", "率の対象"},
	"fee2 指導料2":            {"月別", "月", "", "計", "指導料2"},
	"fee2 指導料2率":           {"月別", "月", "", "計", "指導料2率"},
	"fee2 失った額（見積り）":       {"指導料2にならない理由", "理由", "", "計", "失った額（円）"},
	"reach △の連携先":          {"概要", "項目", "", "入院は多いのにやり取りの少ない連携先", "値"},
	"reach 平時の連携がない担当CM":   {"概要", "項目", "", "平時の連携がない担当CM", "値"},
	"reach 90日以上":          {"概要", "項目", "", "90日以上やり取りのない連携機関", "値"},
	"work かかった日数":          {"日程・書類・7日", "指導の月", "", "計", "かかった日数（中央値）"},
	"work 依頼の記録のない共同指導":    {"日程・書類・7日", "指導の月", "", "計", "依頼の記録なし"},
	"work 調整中（基準日）":        {"日程・書類・7日", "項目", "", "調整中の患者（人）", "値"},
	"work 期限内の割合":          {"日程・書類・7日", "入院の月", "", "計", "期限内の割合"},
	"work 写しが届くまで":         {"日程・書類・7日", "項目", "", "写しが届くまで（日）", "値"},
	"work 未受領のうち依頼済み":      {"日程・書類・7日", "項目", "", "うち依頼済み（件）", "値"},
}

// leading is the figure a fact begins with.
var leading = regexp.MustCompile(`^(?:算定済み)?([0-9][0-9,.]*％?)(?:か所|回|件|人|名|日|円|（|$)`)

func TestTheReportPrintsEveryFactOfTheScreen(t *testing.T) {
	elsewhere := map[string]bool{
		"kasan1 専従＋もう一方の専任": true, "kasan1 なし": true, // no figures
		"reach その入院中の患者": true,                     // a sentence of 概要, below
		"fee2 図のほか":      true, "reach 図のほか": true, // the report has no chart to leave them out of
	}
	for name, choice := range choices {
		t.Run(name, func(t *testing.T) {
			_, built := sampleSections(t, choice)
			book := printedReport(t, choice)
			for _, s := range sections[1:] { // the summary repeats them
				for _, block := range built[s.id].Blocks {
					if strings.HasPrefix(block.Title, "次に終わるもの") {
						for i, f := range block.Facts {
							on, _ := book.read(cell{"加算1", "最後の日", "", fmt.Sprintf("#%d", i), "最後の日"})
							what, _ := book.read(cell{"加算1", "最後の日", "", fmt.Sprintf("#%d", i), "終わるもの"})
							who, _ := book.read(cell{"加算1", "最後の日", "", fmt.Sprintf("#%d", i), "名"})
							assert.Equal(t, plain(f.Name+f.Value), on+"まで"+what+who)
						}
						continue
					}
					if strings.HasPrefix(block.Title, "※") {
						assert.Contains(t, book["後の記録による判定"][2][0], "全 "+block.Facts[0].Value)
						continue
					}
					for _, f := range block.Facts {
						what := s.id + " " + plain(f.Name)
						if elsewhere[what] {
							continue
						}
						require.Contains(t, factCells, what)
						got, found := book.read(factCells[what])
						require.True(t, found, "%s is not printed", what)
						want := plain(f.Value)
						if m := leading.FindStringSubmatch(want); m != nil {
							want = strings.ReplaceAll(m[1], "％", "%")
						}
						assert.Equal(t, want, got, what)
					}
				}
			}
			patients := built["reach"]
			for _, block := range patients.Blocks {
				for _, f := range block.Facts {
					if f.Name == "その入院中の患者" {
						words, _ := book.read(cell{"概要", "項目", "", "平時の連携がない担当CM", "数え方"})
						assert.Contains(t, words, "その患者"+f.Value)
					}
				}
			}
		})
	}
}
