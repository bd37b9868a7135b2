package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/pflag"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
)

func judgeFlags(f *pflag.FlagSet) {
	dataFlag(f)
	f.String("format", "table", "形式（table・csv・json）")
	f.String("month", "", "指導日の月（2026-10）")
	f.String("admission", "", "入院（患者ID/入院日）")
	f.String("what-if", "", "判定基準を変えたときに判定の変わる共同指導を示す（policy_must_precede=session）。保存はしない")
	f.Bool("explain", false, "すべての条件を ○ × － と根拠・出典つきで示す")
}

func judge(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	write, ok := map[string]func(*call, []fee.Verdict) error{
		"table": writeTable, "csv": writeCSV, "json": writeJSON,
	}[c.text("format")]
	if !ok {
		return wrongUse("形式は table・csv・json から選んでください")
	}
	part, keep, err := c.selection()
	if err != nil {
		return err
	}
	return c.withRegister("データを読み取り、判定しています", func(a *app.App) error {
		if c.text("what-if") != "" {
			part = models.Part{} // what-if reads its own
		}
		judged, err := c.judged(a, part)
		if err != nil {
			return err
		}
		if c.text("what-if") != "" {
			return c.whatIf(a)
		}
		var verdicts []fee.Verdict
		for i := range judged.Verdicts {
			if keep(&judged.Verdicts[i]) {
				verdicts = append(verdicts, judged.Verdicts[i])
			}
		}
		if err := write(c, verdicts); err != nil || c.text("format") != "table" {
			return err
		}
		return c.closings(a, judged.Facts.Book, verdicts)
	})
}

// closings prints, under the table of a month, what 医事課 confirmed, who
// closed it and what changed since, in the words of the 月次算定一覧.
func (c *call) closings(a *app.App, book *models.Book, verdicts []fee.Verdict) error {
	month, err := c.month(false)
	if err != nil || month == 0 || c.text("admission") != "" {
		return err
	}
	sessions, points := 0, 0
	for i := range verdicts {
		if confirmed := book.ConfirmationOf(verdicts[i].Session.Number); confirmed != nil {
			sessions, points = sessions+1, points+confirmed.Points
		}
	}
	if sessions > 0 {
		c.printf("確定 %d件 %s点\n", sessions, thousands(points))
	}
	all, err := a.AfterClosing(c.ctx, month)
	for i := range all {
		c.printf("%s\n", reports.AfterClosingWords(&all[i]))
	}
	return err
}

// selection reads --month and --admission: the part of the register to judge,
// and which of its sessions are meant.
func (c *call) selection() (models.Part, func(*fee.Verdict) bool, error) {
	month, err := c.month(false)
	if err != nil {
		return models.Part{}, nil, err
	}
	part := models.Part{Month: month, Whole: month == 0}
	var admission models.AdmissionKey
	if value := c.text("admission"); value != "" {
		cut := strings.LastIndex(value, "/")
		if cut <= 0 {
			return part, nil, wrongUse("入院は --admission 患者ID/入院日 のように指定してください")
		}
		on, err := models.ParseDate(value[cut+1:])
		if err != nil || on == 0 {
			return part, nil, wrongUse("入院は --admission 患者ID/入院日 のように指定してください（入院日は 2026-10-02 の形）")
		}
		admission = models.AdmissionKey{PatientID: value[:cut], AdmittedOn: on}
		part = models.Part{Patients: []string{admission.PatientID}}
	}
	return part, func(v *fee.Verdict) bool {
		return (month == 0 || v.Session.On.Month() == month) && (admission.PatientID == "" || v.Session.Key() == admission)
	}, nil
}

var judgeColumns = []string{
	"指導番号", "患者ID", "入院日", "指導日", "判定", "点数", "コード", "理由", "警告", "プラン", "T1", "T2", "ルール版",
}

func judgeRow(v *fee.Verdict) []string {
	s := &v.Session
	return []string{
		s.Number, s.PatientID, s.AdmittedOn.String(), s.On.String(), string(v.Result), strconv.Itoa(v.Points), v.Code,
		v.Reason, warningCodes(v), string(v.Plan), strconv.Itoa(v.T1), strconv.Itoa(v.T2), v.RuleVersion,
	}
}

func warningCodes(v *fee.Verdict) string {
	codes := make([]string, len(v.Warnings))
	for i, w := range v.Warnings {
		codes[i] = w.Code
	}
	slices.Sort(codes)
	return strings.Join(codes, ";")
}

func writeCSV(c *call, verdicts []fee.Verdict) error {
	w := csv.NewWriter(c.out)
	columns := judgeColumns
	if c.yes("explain") {
		columns = append(slices.Clone(columns), "条件")
	}
	if err := w.Write(columns); err != nil {
		return err
	}
	for i := range verdicts {
		row := judgeRow(&verdicts[i])
		if c.yes("explain") {
			row = append(row, strings.Join(explain(&verdicts[i], c.today()), "\n"))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// judgedSession is a verdict as JSON, named like the CSV columns.
type judgedSession struct {
	Number     string            `json:"指導番号"`
	PatientID  string            `json:"患者ID"`
	AdmittedOn string            `json:"入院日"`
	On         string            `json:"指導日"`
	Result     fee.Result        `json:"判定"`
	Points     int               `json:"点数"`
	Code       string            `json:"コード"`
	Reason     string            `json:"理由"`
	Warnings   string            `json:"警告"` // as in the CSV: W1;W5
	Plan       fee.Plan          `json:"プラン"`
	T1         int               `json:"T1"`
	T2         int               `json:"T2"`
	Rules      string            `json:"ルール版"`
	Conditions []judgedCondition `json:"条件,omitempty"`
	Remedies   []string          `json:"次にすること,omitempty"`
}

type judgedCondition struct {
	ID       string    `json:"条件"`
	Name     string    `json:"内容"`
	State    fee.State `json:"状態"`
	Evidence []string  `json:"根拠"`
	Missing  string    `json:"欠けるもの,omitempty"`
	Source   string    `json:"出典"`
}

func writeJSON(c *call, verdicts []fee.Verdict) error {
	sessions := make([]judgedSession, 0, len(verdicts))
	for i := range verdicts {
		sessions = append(sessions, asJSON(&verdicts[i], c.yes("explain"), c.today()))
	}
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(sessions)
}

func asJSON(v *fee.Verdict, withConditions bool, today models.Date) judgedSession {
	s := judgedSession{
		Number: v.Session.Number, PatientID: v.Session.PatientID, AdmittedOn: v.Session.AdmittedOn.String(),
		On: v.Session.On.String(), Result: v.Result, Points: v.Points, Code: v.Code, Reason: v.Reason,
		Warnings: warningCodes(v), Plan: v.Plan, T1: v.T1, T2: v.T2, Rules: v.RuleVersion,
	}
	if !withConditions {
		return s
	}
	for _, cond := range v.Conditions {
		row := judgedCondition{ID: cond.ID, Name: cond.Name, State: cond.State, Evidence: []string{}, Missing: cond.Missing, Source: cond.Source}
		for _, e := range cond.Evidence {
			row.Evidence = append(row.Evidence, e.Text)
		}
		s.Conditions = append(s.Conditions, row)
	}
	s.Remedies = remedyLines(v, today)
	return s
}

func remedyLines(v *fee.Verdict, today models.Date) []string {
	var lines []string
	for _, r := range v.Remedies {
		lines = append(lines, r.Words(today))
	}
	return lines
}

// explain lists the conditions, the warnings and what to do, one per line.
func explain(v *fee.Verdict, today models.Date) []string {
	var lines []string
	for _, cond := range v.Conditions {
		grounds := make([]string, 0, len(cond.Evidence)+1)
		if cond.Missing != "" {
			grounds = append(grounds, cond.Missing)
		}
		for _, e := range cond.Evidence {
			grounds = append(grounds, e.Text)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s: %s［%s］", cond.State, cond.ID, cond.Name, strings.Join(grounds, " / "), cond.Source))
	}
	for _, w := range v.Warnings {
		lines = append(lines, w.Code+" "+w.Text)
	}
	for _, line := range v.Advice {
		lines = append(lines, "参考 "+line)
	}
	for _, line := range remedyLines(v, today) {
		lines = append(lines, "→ "+line)
	}
	for _, m := range v.Holds {
		lines = append(lines, "直すところ "+m.String())
	}
	return lines
}

func writeTable(c *call, verdicts []fee.Verdict) error {
	widths := []int{10, 12, 10, 10, 8, 4, 3, 6}
	c.printf("%s\n", tableLine(widths, "指導番号", "患者ID", "入院日", "指導日", "判定", "点数", "", "警告", "理由"))
	counts, points := make(map[fee.Result]int), 0
	for i := range verdicts {
		v := &verdicts[i]
		s := &v.Session
		c.printf("%s\n", tableLine(widths, s.Number, s.PatientID, s.AdmittedOn.String(), s.On.String(), string(v.Result),
			strconv.Itoa(v.Points), v.Code, warningCodes(v), v.Reason))
		if c.yes("explain") {
			for _, line := range explain(v, c.today()) {
				c.printf("    %s\n", line)
			}
		}
		counts[v.Result]++
		points += v.Points
	}
	parts := []string{fmt.Sprintf("計 %d件 %s点", len(verdicts), thousands(points))}
	for _, result := range fee.Results {
		if counts[result] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d件", result, counts[result]))
		}
	}
	c.printf("%s\n", strings.Join(parts, " ・ "))
	return nil
}

func tableLine(widths []int, cells ...string) string {
	var b strings.Builder
	for i, cell := range cells {
		if i < len(widths) {
			cell = runewidth.FillRight(cell, widths[i]) + "  "
		}
		b.WriteString(cell)
	}
	return strings.TrimRight(b.String(), " ")
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// today returns the date of the command's clock.
func (c *call) today() models.Date { return models.DateOf(c.env.Now()) }
