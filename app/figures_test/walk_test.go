// Package figures_test compares every figure of 入退院支援加算1 and 包括期充実体制加算 between
// all places that show it: the page 連携の状況, the workbooks and the command.
package figures_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/cli"
	"renkei/app/ledger"
	"renkei/app/reporting"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/liaison"
	"renkei/reports"
	"renkei/reports/reportstest"
	"renkei/views/coverage"
)

// fatal is the part of the testing interface shared by testing and rapid.
type fatal interface {
	Helper()
	Errorf(string, ...any)
	FailNow()
}

// told maps names of figures to what one place shows.
type told map[string]string

// figures returns the figures of a day under the names used for every place.
func figures(m liaison.Figures) told {
	return told{
		"①確定": fmt.Sprint(m.FeeCountConfirmed), "①見込": fmt.Sprint(m.FeeCountProjected), "②": fmt.Sprint(m.A307ConsultCount),
		"①＋②": fmt.Sprint(m.FeeCountConfirmed + m.A307ConsultCount), "①＋②見込": fmt.Sprint(m.FeeCountProjected + m.A307ConsultCount),
		"基準": fmt.Sprintf("%d.%02d", m.ThresholdHundredths/100, m.ThresholdHundredths%100), "必要残数": fmt.Sprint(m.Remaining), "充足": word(m.Fulfilled),
		"取下げ": fmt.Sprint(m.ClaimsToWithdraw), "連携機関": fmt.Sprint(m.Partners), "3回以上": fmt.Sprint(m.PartnersMet3),
		"医療機関": fmt.Sprint(m.PartnersMet3Medical), "介護・障害": fmt.Sprint(m.PartnersMet3Care), "要件": word(m.PartnersFulfilled),
		"包括確定": fmt.Sprint(m.HokatsukiConfirmed), "包括見込": fmt.Sprint(m.HokatsukiProjected), "共同2": fmt.Sprint(m.Kyodo2Count3m),
		"包括計": fmt.Sprint(m.HokatsukiConfirmed + m.Kyodo2Count3m), "包括充足": word(m.HokatsukiFulfilled),
	}
}

func word(yes bool) string {
	if yes {
		return "○"
	}
	return "×"
}

// workbook is a workbook as shown.
type workbook map[string][][]string

// plain removes the breaks and blanks used only for layout.
func plain(text string) string {
	return strings.NewReplacer("\n", "", "　", "", " ", "").Replace(text)
}

// table returns the rows under the header that begins with these words.
func (w workbook) table(sheet string, first ...string) []told {
	var head []string
	var rows []told
	for _, row := range w[sheet] {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = plain(c)
		}
		switch {
		case head == nil:
			if len(cells) >= len(first) && slices.Equal(cells[:len(first)], first) {
				head = cells
			}
			continue
		case len(cells) < 2:
			return rows
		}
		of := told{}
		for i, h := range head {
			if _, seen := of[h]; h != "" && !seen && i < len(cells) {
				of[h] = cells[i]
			}
		}
		rows = append(rows, of)
	}
	return rows
}

// take copies values of a workbook row under their names. Of 充足 it takes only
// the mark.
func (t told) take(row told, names map[string]string) told {
	for name, column := range names {
		value := strings.TrimSuffix(strings.TrimSuffix(row[column], "充足"), "不足")
		t[name] = strings.ReplaceAll(value, ",", "")
	}
	return t
}

// kasan1Told, hokatsukiTold … read every figure of one workbook.
func kasan1Told(w workbook) []told {
	now := w.table("実績と基準", "数え方", "", "①指導料の算定回数")
	months := w.table("月別推移", "時点")
	columns := map[string]string{"②": "②A307の連携回数", "基準": "基準"}
	list := []told{
		told{}.take(now[0], columns).take(now[0], map[string]string{"①確定": "①指導料の算定回数", "①＋②": "①＋②", "必要残数": "必要残数（回）", "充足": "充足"}),
		told{}.take(now[1], columns).take(now[1], map[string]string{"①見込": "①指導料の算定回数", "①＋②見込": "①＋②"}),
		{"取下げ": find(w, "実績と基準", `取下げが必要な算定 (\d+)件`)},
	}
	if last := months[len(months)-1]; last["①＋②"] != "―" {
		list = append(list, told{}.take(last, map[string]string{"①確定": "①算定済み（過去1年）", "②": "②", "①＋②": "①＋②", "基準": "基準",
			"必要残数": "必要残数", "充足": "充足", "①見込": "①見込（過去1年）", "取下げ": "取下げが必要"}))
	}
	return list
}

func hokatsukiTold(w workbook) []told {
	columns := map[string]string{"共同2": "①退院時共同指導料2", "包括確定": "②指導料2（算定済み）", "包括計": "①＋②合計", "包括充足": "3回充足", "包括見込": "指導料2（見込）"}
	now, months := w.table("判定", "基準日"), w.table("月別推移", "時点")
	confirmed, projected := 0, 0
	for _, s := range w.table("対象の共同指導", "患者ID") {
		if s["算定済みに数える"] == "○" {
			confirmed++
		}
		if s["見込に数える"] == "○" {
			projected++
		}
	}
	list := []told{{"包括確定": fmt.Sprint(confirmed), "包括見込": fmt.Sprint(projected)}}
	if now[0]["①＋②合計"] != "―" {
		list = append(list, told{}.take(now[0], columns), told{}.take(months[len(months)-1], columns))
	}
	return list
}

func form40Told(w workbook) []told {
	counts := map[string]told{}
	for _, row := range w.table("様式40の9", "番号") {
		counts[row["番号"]] = row
	}
	boxes := w.table("様式40の9", "印", "項目", "", "", "", "", "連携機関")
	whole := func(row told) string { return strings.TrimSuffix(strings.ReplaceAll(row["値"], ",", ""), ".00") }
	t := told{"①確定": whole(counts["①"]), "②": whole(counts["②"]), "①＋②": whole(counts["③"]), "基準": counts["⑦"]["値"],
		"①見込": find(w, "様式40の9", `見込は (\d+)回`), "連携機関": boxes[0]["連携機関"], "3回以上": boxes[0]["うち面会3回以上"],
		"医療機関": boxes[1]["うち面会3回以上"], "介護・障害": boxes[2]["うち面会3回以上"]}
	met := 0
	partners := w.table("4協議日", "No")
	if partners == nil {
		partners = w.table("4 協議日", "No")
	}
	for _, p := range partners {
		if p["3回充足"] == "○" {
			met++
		}
	}
	return []told{t, {"3回以上": fmt.Sprint(met), "充足": map[bool]string{true: "○", false: "×"}[counts["☑"] != nil]}}
}

func menkaiTold(w workbook) []told {
	needs := w.table("集計", "求められるもの")
	of := func(row told) string {
		for name, value := range row {
			if strings.HasSuffix(name, "実績") && judgedYear(w, name) {
				return value
			}
		}
		return ""
	}
	met, all := 0, 0
	for _, p := range w.table("機関別", "No") {
		if p["No"] == "" || p["コード"] == "" {
			continue
		}
		all++
		if p["3回充足"] == "○" {
			met++
		}
	}
	return []told{
		{"3回以上": of(needs[0]), "医療機関": of(needs[1]), "介護・障害": of(needs[2]), "要件": needs[3]["充足"]},
		{"連携機関": fmt.Sprint(all), "3回以上": fmt.Sprint(met)},
	}
}

// judgedYear reports whether a column of 機関別 is the period 充足 is judged by.
func judgedYear(w workbook, column string) bool {
	return strings.Contains(plain(w["機関別"][0][0]), strings.TrimSuffix(column, "実績")+"（")
}

func coverageTold(w workbook) []told {
	rows := map[string]told{}
	for _, table := range [][]told{w.table("加算1", "項目"), w.table("加算1", "過去1年の数え方")} {
		for _, row := range table {
			name := row["項目"]
			if name == "" {
				name = row["過去1年の数え方"]
			}
			if strings.HasSuffix(name, "（設定）") {
				name = "設定"
			}
			rows[name] = row
		}
	}
	year := told{}.take(rows["設定"], map[string]string{"①＋②": "①＋②算定済み", "①＋②見込": "①＋②見込", "基準": "基準", "必要残数": "必要残数", "取下げ": "取下げが必要", "充足": "充足"})
	institutions := told{"連携機関": rows["連携機関"]["過去1年"], "3回以上": rows["面会が3回以上の連携機関"]["過去1年"],
		"医療機関": rows["うち医療機関"]["過去1年"], "介護・障害": rows["うち介護・障害"]["過去1年"]}
	institutions.take(rows["加算1の連携機関の要件"], map[string]string{"要件": "充足"})
	summary := told{}
	for _, row := range w.table("概要", "項目") {
		if row["項目"] == "うち連携機関" {
			summary["連携機関"] = row["値"]
		}
	}
	line := told{}
	for _, row := range w.table("加算1の推移", "時点") {
		if row["実績・見通し"] == "実績" && row["算定済み"] != "―" {
			line = told{}.take(row, map[string]string{"①＋②": "算定済み", "①＋②見込": "見込", "基準": "基準", "充足": "充足"})
		}
	}
	return []told{year, institutions, summary, line}
}

// find returns the match of a pattern in the texts of a sheet.
func find(w workbook, sheet, pattern string) string {
	for _, row := range w[sheet] {
		for _, cell := range row {
			if m := regexp.MustCompile(pattern).FindStringSubmatch(cell); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// first matches the number at the start of a fact on the page.
var first = regexp.MustCompile(`^(?:算定済み )?([0-9][0-9,.]*)`)

// pageTold reads a section of 連携の状況. It also checks that a figure leads to
// as many rows.
func pageTold(t fatal, judged *app.Judged, section string, on models.Date) []told {
	t.Helper()
	names := map[string]string{"連携機関": "連携機関", "うち面会が3回以上": "3回以上", "25機関 × 年3回": "3回以上", "　うち医療機関": "医療機関", "　うち介護・障害": "介護・障害",
		"実績 ①＋②（算定済み）": "①＋②", "年間の算定回数": "①＋②", "基準（これを上回ること）": "基準", "必要残数": "必要残数", "取下げが必要な算定": "取下げ"}
	states := map[string]string{"うち面会が3回以上": "要件", "25機関 × 年3回": "要件", "実績 ①＋②（算定済み）": "充足", "年間の算定回数": "充足"}
	scope := liaison.Scope{Period: models.Period{From: on.FiscalYearStart(), To: on}, AsOf: on}
	var list []told
	built, err := coverage.Build(context.Background(), section, judged, scope)
	require.NoError(t, err)
	for _, block := range built.Blocks {
		for _, f := range block.Facts {
			name, ok := names[f.Name]
			if !ok {
				continue
			}
			value := first.FindStringSubmatch(f.Value)[1]
			of := told{name: value}
			if state, ok := states[f.Name]; ok {
				of[state] = string([]rune(f.State.Word)[:1])
			}
			list = append(list, of)
			if detail, ok := built.Details[f.Key]; ok && detail.Rows != nil { // it does not lead to another page
				require.Equal(t, value, fmt.Sprint(amount(detail, judged.Facts.Params.A307ConsultCount)), "%s: %s and its rows", f.Name, f.Value)
			}
		}
	}
	return list
}

// amount returns the figure that rows stand for: ② is one row of 設定, and
// institutions short of 面会 are listed with those that have them.
func amount(d coverage.Detail, consults int) int {
	n := 0
	for _, r := range d.Rows() {
		switch {
		case r.To.Page == "settings":
			n += consults
		case strings.Contains(d.Title, "先に並べています") && strings.Contains(r.State, "あと"):
		default:
			n++
		}
	}
	return n
}

// books reads the figures of each workbook.
var books = map[string]func(workbook) []told{"kasan1": kasan1Told, "hokatsuki": hokatsukiTold, "form40-9": form40Told, "menkai": menkaiTold, "coverage": coverageTold}

// walk compares the page and some workbooks with the figures of the day. It
// returns how often each figure was read.
func walk(t fatal, folder string, judged *app.Judged, on models.Date, kinds ...string) map[string]int {
	t.Helper()
	want := figures(liaison.Monitor(judged.Facts, judged.Verdicts, on))
	places := map[string][]told{}
	r := reporting.RequestOf(judged, on.AddDays(30),
		reports.Choice{AsOf: on, Month: on.Month(), Period: models.Period{From: on.FiscalYearStart(), To: on}})
	for _, name := range kinds {
		kind, ok := reports.KindNamed(name)
		require.True(t, ok)
		path := filepath.Join(folder, name+".xlsx")
		require.NoError(t, kind.Write(context.Background(), path, r))
		sheets, err := reportstest.Read(path, "")
		require.NoError(t, err)
		places[name] = books[name](sheets)
	}
	for _, section := range []string{"overview", "kasan1"} {
		places["連携の状況 "+section] = pageTold(t, judged, section, on)
	}
	compared := map[string]int{}
	for place, list := range places {
		for _, of := range list {
			for name, value := range of {
				require.Equal(t, want[name], strings.ReplaceAll(value, ",", ""), "%s of %s: %s", name, on, place)
				compared[name]++
			}
		}
	}
	return compared
}

// met adds 面会 to a register so that institutions reach three.
func met(t *rapid.T, b *models.Book) *models.Book {
	for i := range rapid.IntRange(0, 14).Draw(t, "visits") {
		b.Contacts = append(b.Contacts, models.Contact{Number: fmt.Sprintf("V%d", i), On: booktest.DayIn(t, "met", "2025-12-01", 330), Kind: models.FaceToFace,
			Partner: booktest.OneOf(t, "at", "P1", "P2", "P3"), Staff: []string{"S1"}})
	}
	b.Wards[0].Comprehensive = booktest.OneOf(t, "包括期", models.Yes, models.Unknown)
	return b
}

func TestEveryPlaceShowsTheSameFigures(t *testing.T) {
	rules, err := app.Rules()
	require.NoError(t, err)
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		b := met(t, booktest.Random(t))
		on := booktest.OneOf(t, "as of", models.Date(2026_06_30), models.Date(2026_08_31), models.Date(2026_09_12), models.Date(2026_10_31))
		walk(t, folder, apptest.JudgeBook(t, b, rules), on, booktest.OneOf(t, "one", "kasan1", "hokatsuki", "menkai"), booktest.OneOf(t, "other", "form40-9", "coverage"))
	})
}

func TestEveryPlaceShowsTheFiguresOfTheSample(t *testing.T) {
	judged := apptest.JudgedSample(t)
	for _, on := range []models.Date{models.MustDate(sample.AsOf), 2026_08_31, 2026_06_30} {
		t.Run(on.String(), func(t *testing.T) {
			compared := walk(t, t.TempDir(), judged, on, slices.Sorted(maps.Keys(books))...)
			for name, least := range map[string]int{"①確定": 3, "①見込": 3, "①＋②": 7, "基準": 6, "必要残数": 4, "取下げ": 4, "3回以上": 7, "連携機関": 5, "要件": 4, "充足": 7, "包括確定": 3} {
				assert.GreaterOrEqual(t, compared[name], least, "%s is read in its places", name)
			}
		})
	}
}

func TestTheCommandShowsTheSameFigures(t *testing.T) {
	rules, err := app.Rules()
	require.NoError(t, err)
	draw := rapid.Custom(func(t *rapid.T) *models.Book { return met(t, booktest.Random(t)) })
	for seed := range 3 {
		t.Run(fmt.Sprint("register ", seed), func(t *testing.T) {
			book, folder := draw.Example(seed), t.TempDir()
			db, file := filepath.Join(folder, "台帳.db"), filepath.Join(folder, "台帳.xlsx")
			require.NoError(t, ledger.Write(context.Background(), file, book, nil))
			run := func(args ...string) string {
				var out, errs bytes.Buffer
				status := cli.Run(context.Background(), append(args, "--data", db), cli.Env{Out: &out, Err: &errs, Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local) }})
				require.Equal(t, cli.Done, status, errs.String())
				return out.String()
			}
			run("import", "ledger", file)
			judged := apptest.JudgeBook(t, book, rules)
			for _, on := range []models.Date{2026_08_31, 2026_10_31} {
				var got liaison.Figures
				require.NoError(t, json.Unmarshal([]byte(run("monitor", "--as-of", on.String(), "--format", "json")), &got))
				assert.Equal(t, liaison.Monitor(judged.Facts, judged.Verdicts, on), got)
			}
			assert.Contains(t, run("monitor", "--as-of", "2026-12-31"), "2026-12-31（令和8年12月31日）時点（見込）")
		})
	}
}
