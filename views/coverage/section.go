package coverage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// Section is one subject of the page, computed.
type Section struct {
	ID     string
	AsOf   models.Date // the day looked at
	Blocks []Block
	// Details is what the values open, by the key of the value.
	Details map[string]Detail
}

// Block is one figure: facts, a chart or both, and how it is counted.
type Block struct {
	Title string
	Facts []Fact
	Chart *charts.Chart
	// AsTable shows the chart as its table first.
	AsTable bool
	// Places are the names of the tiles under which their arrangement is kept. nil
	// if the user cannot move them.
	Places []string
	// Note is the definition of the figure.
	Note string
}

// Fact is a line of a block: a word, its value and what it means.
type Fact struct {
	Name, Value string
	State       ui.Tint // a badge behind the value, "" for none
	// Key names the Detail it opens, "" for none.
	Key string
}

// Detail is what a value opens: the rows behind it, or another page.
type Detail struct {
	Title string
	Rows  func() []Row
	To    page.Target // zero for rows
}

// Row is one record behind a value.
type Row struct {
	ID    string
	At    int // place in the list, from 1
	On    models.Date
	Who   string
	What  string
	State string
	To    page.Target // where it is shown
}

// subject is a section to be computed.
type subject struct {
	id, title string
	build     func(*builder)
	part      func(liaison.Scope, fee.Params) models.Part // of the register
	judges    bool                                        // shows verdicts
}

// The sections in the order of the list.
var sections = []subject{
	{"overview", "まとめ", (*builder).overview, liaison.OverviewPart, true},
	{"kasan1", "加算1・25機関", (*builder).kasan1, liaison.StandardPart, true},
	{"fee2", "指導料2", (*builder).fee2, liaison.Fee2Part, true},
	{"reach", "連携先の広がり", (*builder).reach, liaison.ReachPart, false},
	{"work", "仕事の量", (*builder).work, liaison.WorkPart, false},
}

// PartOf returns the part of the register that a section needs. An unknown ID
// means the first.
func PartOf(id string, scope liaison.Scope, params fee.Params) models.Part {
	return subjectOf(id).part(scope, params)
}

func subjectOf(id string) subject {
	at := slices.IndexFunc(sections, func(s subject) bool { return s.id == id })
	return sections[max(0, at)]
}

// Build computes a section from its part of the register, or a larger one. An
// unknown ID returns the first. The only error is that of a cancelled ctx.
func Build(ctx context.Context, id string, judged *app.Judged, scope liaison.Scope) (*Section, error) {
	of := subjectOf(id)
	known, err := liaison.KnownOn(ctx, judged.Facts, judged.Rules, judged.Verdicts, scope.AsOf)
	if err != nil {
		return nil, err
	}
	b := &builder{
		f: known.Facts, verdicts: known.Verdicts, known: known, rules: judged.Rules, scope: scope, first: judged.Extent.First,
		s: &Section{ID: of.id, AsOf: scope.AsOf, Details: make(map[string]Detail)},
	}
	of.build(b)
	if of.judges {
		b.turned(known.Turned)
	}
	return b.s, nil
}

// builder makes a section.
type builder struct {
	// What was known on the day looked at.
	f        *fee.Facts
	verdicts []fee.Verdict
	known    liaison.Known
	rules    fee.Rules
	scope    liaison.Scope
	first    models.Date // of the register
	s        *Section
	byNumber map[string]*fee.Verdict // filled by verdict
}

func (b *builder) add(block Block) { b.s.Blocks = append(b.s.Blocks, block) }

// lead adds the rows behind a key. It returns the key, "" if there is no row.
func (b *builder) lead(key, title string, n int, rows func() []Row) string {
	if n == 0 {
		return ""
	}
	return b.leadAs(key, fmt.Sprintf("%s　%s件", title, ui.Thousands(n)), rows)
}

// leadAs adds rows under a title that says how many there are.
func (b *builder) leadAs(key, title string, rows func() []Row) string {
	b.s.Details[key] = Detail{Title: title, Rows: rows}
	return key
}

// leadTo adds another page and returns its key.
func (b *builder) leadTo(to page.Target) string {
	b.s.Details[to.String()] = Detail{To: to}
	return to.String()
}

// turned lists the verdicts that sessions after the day changed: an admission is
// judged as a whole.
func (b *builder) turned(list []liaison.Turned) {
	if len(list) == 0 {
		return
	}
	rows := func() []Row {
		rows := make([]Row, len(list))
		for i, t := range list {
			rows[i] = sessionRow(&t.Now)
			rows[i].State = string(t.Then.Result) + "→" + string(t.Now.Result) + "　" + t.Why()
		}
		return rows
	}
	b.add(Block{Title: "※ 基準日より後の共同指導により変わった判定", Facts: []Fact{{Name: "変わった判定", Value: fmt.Sprintf("%d件", len(list)), Key: b.lead("turned", "基準日より後の共同指導により判定が変わったもの", len(list), rows)}},
		Note: "基準日までの共同指導の判定も、同じ入院の後の日の共同指導を含めたものです（1つの入院では指導料1と2を混ぜられず、2回までです）。"})
}

// leadSessions opens sessions by their 指導番号.
func (b *builder) leadSessions(key, title string, numbers []string) string {
	return b.lead(key, title, len(numbers), func() []Row { return b.sessionRows(numbers) })
}

func (b *builder) sessionRows(numbers []string) []Row {
	rows := make([]Row, len(numbers))
	for i, number := range numbers {
		rows[i] = sessionRow(b.verdict(number))
	}
	return rows
}

// leadPartners opens partners with the activity of each.
func (b *builder) leadPartners(key, title string, list []liaison.Activity) string {
	return b.lead(key, title, len(list), func() []Row {
		rows := make([]Row, len(list))
		for i, a := range list {
			rows[i] = activityRow(a)
		}
		return rows
	})
}

func (b *builder) leadAdmissions(key, title string, keys []models.AdmissionKey) string {
	return b.lead(key, title, len(keys), func() []Row {
		rows := make([]Row, 0, len(keys))
		for _, k := range keys {
			rows = append(rows, b.admissionRow(b.f.Admission(k)))
		}
		return rows
	})
}

func (b *builder) verdict(number string) *fee.Verdict {
	if b.byNumber == nil {
		b.byNumber = make(map[string]*fee.Verdict, len(b.verdicts))
		for i := range b.verdicts {
			b.byNumber[b.verdicts[i].Session.Number] = &b.verdicts[i]
		}
	}
	return b.byNumber[number]
}

func sessionRow(v *fee.Verdict) Row {
	s := &v.Session
	who := s.PatientID
	if v.Admission != nil {
		who += "　" + v.Admission.Name
	}
	what := s.CareManager
	if v.CareManager != nil {
		what = v.CareManager.Name
	}
	if v.Office != nil {
		what += "（" + v.Office.Name + "）"
	}
	return Row{ID: "s" + s.Number, On: s.On, Who: who, What: what, State: string(v.Result) + "　" + why(v), To: page.To("共同指導", s.Number)}
}

// why returns the condition that keeps a session from 指導料2, else the reason of
// its verdict.
func why(v *fee.Verdict) string {
	code := liaison.WhyNotFee2(v)
	for i := range v.Conditions {
		if c := &v.Conditions[i]; c.ID == code && c.Missing != "" {
			return c.Missing
		}
	}
	return v.Reason
}

func activityRow(a liaison.Activity) Row {
	state := fmt.Sprintf("入院 %d　やり取り %d　共同指導 %d", a.Admissions, a.Contacts, a.Sessions)
	return Row{ID: "p" + a.Partner.Code, On: a.LastOn, Who: a.Partner.Name, What: strings.TrimSpace(string(a.Partner.Kind) + "　" + a.Area), State: state, To: page.To("連携先", a.Partner.Code)}
}

func (b *builder) contactRow(c *models.Contact) Row {
	row := Row{ID: "k" + c.Number, On: c.On, What: string(c.Kind), State: c.Purpose, To: page.To("やり取り", c.Number)}
	if p := b.f.Partner(b.f.OfficeOfContact(c)); p != nil {
		row.Who = p.Name
	}
	return row
}

func (b *builder) admissionRow(a *models.Admission) Row {
	row := Row{ID: "a" + a.Key().String(), On: a.AdmittedOn, Who: a.PatientID + "　" + a.Name, To: page.To("入院", a.Key().String())}
	if cm := b.f.CareManager(a.CareManager); cm != nil {
		row.What = "担当 " + cm.Name
	}
	inform := fee.InformOf(b.f, a, b.scope.AsOf)
	row.State = "情報提供 " + orDash(inform.Done.String()) + "（" + string(inform.Kept) + words.Prefixed("、期限 ", inform.Limit.String()) + "）"
	return row
}

func orDash(s string) string {
	if s == "" {
		return "―"
	}
	return s
}

// monthLabels returns months as 「6月」, with the year for the first and each
// January.
func monthLabels(months []models.Month) []string {
	labels := make([]string, len(months))
	for i, m := range months {
		labels[i] = fmt.Sprintf("%d月", m.Number())
		if i == 0 || m.Number() == 1 {
			labels[i] = fmt.Sprintf("%d年%d月", m.Year(), m.Number())
		}
	}
	return labels
}

// percent formats tenths of a per cent.
func percent(tenths int, ok bool) string {
	if !ok {
		return "―"
	}
	return fmt.Sprintf("%d.%d％", tenths/10, tenths%10)
}

// rate returns a value of a line of rates.
func rate(part, whole int, what string) charts.Datum {
	tenths, ok := liaison.RateOf(part, whole)
	return charts.Datum{Value: float64(tenths) / 10, Missing: !ok, Text: percent(tenths, ok),
		Detail: fmt.Sprintf("%s　%s（%s ÷ %s件）", what, percent(tenths, ok), ui.Thousands(part), ui.Thousands(whole))}
}

func count(n int, key string) charts.Datum { return charts.Datum{Value: float64(n), Key: key} }

// top is how many bars a chart of names shows. The note counts the rest.
const top = 15

// moreThan says how many a chart leaves out.
func moreThan(all int) string {
	if all <= top {
		return ""
	}
	return fmt.Sprintf("多い順に%dまで（ほか%d）。", top, all-top)
}

// state is ○ or × with its word.
func state(ok bool) ui.Tint {
	if ok {
		return ui.Tint{Word: "○ 充足", Color: ui.Good}
	}
	return ui.Tint{Word: "× 不足", Color: ui.Bad}
}
