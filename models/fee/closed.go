package fee

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"renkei/models"
)

// Ground is the state of one condition when its month was closed.
type Ground struct {
	ID      string         `json:"id"` // as in Condition
	Name    string         `json:"name"`
	State   State          `json:"state"`
	Missing string         `json:"missing,omitempty"`
	Records []GroundRecord `json:"records,omitempty"`
}

// GroundRecord is a record the condition rested on.
type GroundRecord struct {
	Sheet EvidenceKind `json:"sheet"`
	Key   string       `json:"key"`
	Date  string       `json:"date,omitempty"` // YYYY-MM-DD
	Text  string       `json:"text"`
}

// Keep returns what a closing keeps of a verdict. confirmed is its 確定, or nil.
func Keep(v *Verdict, closing models.Closing, confirmed *models.Confirmation) (models.ClosedVerdict, error) {
	kept := models.ClosedVerdict{
		Month: closing.Month, Number: closing.Number, Session: v.Session.Number, PatientID: v.Session.PatientID,
		AdmittedOn: v.Session.AdmittedOn, On: v.Session.On, Result: string(v.Result), Points: v.Points, Code: v.Code,
		Reason: v.Reason, Plan: string(v.Plan),
	}
	lines := make([]string, len(v.Warnings))
	for i, w := range v.Warnings {
		lines[i] = w.Code + " " + w.Text
	}
	kept.Warnings = strings.Join(lines, "\n")
	if confirmed != nil {
		kept.Confirmed, kept.ConfirmedPoints = confirmed.Claim, confirmed.Points
	}
	text, err := json.Marshal(groundsOf(v))
	kept.Grounds = string(text)
	return kept, err
}

func groundsOf(v *Verdict) []Ground {
	grounds := make([]Ground, 0, len(v.Conditions))
	for _, c := range v.Conditions {
		g := Ground{ID: c.ID, Name: c.Name, State: c.State, Missing: c.Missing}
		for _, e := range c.Evidence {
			g.Records = append(g.Records, GroundRecord{e.Kind, e.Key, e.Date.String(), e.Text})
		}
		grounds = append(grounds, g)
	}
	return grounds
}

// Grounds returns the conditions written by Keep.
func Grounds(kept *models.ClosedVerdict) ([]Ground, error) {
	if kept.Grounds == "" {
		return nil, nil
	}
	var grounds []Ground
	if err := json.Unmarshal([]byte(kept.Grounds), &grounds); err != nil {
		return nil, models.Wrap(err, models.Internal, "%sの締めで残した『%s』の根拠を読み取れません", kept.Month, kept.Session)
	}
	return grounds, nil
}

// AfterClosing is 締め後の変更 of one closing: what it kept, compared with today.
type AfterClosing struct {
	Closing models.Closing
	// Kept is false for a closing made before closings kept verdicts. Then only
	// Log is filled.
	Kept bool
	// Changes are the sessions that differ: those with other points first, then
	// by 患者ID, 指導日 and 指導番号.
	Changes []Late
	// Log are the edits of sessions of the month, oldest first.
	Log []models.LateChange
	// Before and After are the points of all sessions of the month.
	Before, After int
}

// Count returns the number of entries of the list.
func (a *AfterClosing) Count() int { return len(a.Changes) + len(a.Log) }

// Late is a session that differs from what the closing kept.
type Late struct {
	Session string                // 指導番号
	Was     *models.ClosedVerdict // nil when the session was not in the month
	Now     *Verdict              // nil when the session is gone
	// InMonth is false when the session was deleted, or its 指導日 is now in
	// another month.
	InMonth   bool
	Confirmed *models.Confirmation // today's 確定, or nil
	// Differences has one line per difference: 「判定: 指導料2 500点 → 指導料1 400点」.
	Differences []string
	// Causes are the records that would restore the closed verdict if put back.
	// With Together, only all of them at once would.
	Causes   []Cause
	Together bool
	// Edits are changes of the session's own record that are not causes.
	Edits []Cause
}

// Cause is a record that was changed after the closing.
type Cause struct {
	Sheet, Key string
	Name       string // the name users know, or ""
	Lines      []string
	At         time.Time // of the last change; zero if unknown
	Actor      string
}

// String returns 「病棟 3E/2026-06-01（3東病棟） 加算1届出開始: 2026-06-01 →
// 2026-11-01」, or 「判定基準 平時の会議の回数: 1 → 2」 for a row of 設定.
func (c Cause) String() string {
	if c.Sheet == "設定" {
		return "判定基準 " + cmp.Or(c.Name, c.Key) + ": " + strings.Join(c.Lines, "、")
	}
	name := c.Sheet + " " + c.Key
	if c.Name != "" {
		name += "（" + c.Name + "）"
	}
	return name + " " + strings.Join(c.Lines, "、")
}

// mostNamed is how many records a list of causes names at most.
const mostNamed = 5

// CauseLines describes the causes and the other edits, one per line, with who
// made the change and when.
func (l *Late) CauseLines() []string {
	var lines []string
	if l.Together {
		lines = append(lines, "いくつかの変更が重なっています")
	}
	if len(l.Differences) > 0 && len(l.Causes) == 0 && len(l.Edits) == 0 {
		return []string{"記録の変更では説明できません（判定ルールの改定など）"}
	}
	for i, c := range l.Causes {
		if i == mostNamed {
			lines = append(lines, fmt.Sprintf("ほか %d件の記録", len(l.Causes)-mostNamed))
			break
		}
		lines = append(lines, c.String()+c.by())
	}
	for _, e := range l.Edits {
		lines = append(lines, "ほかの変更: "+e.String()+e.by())
	}
	return lines
}

// by returns 「（2026-11-22 11:30 山田）」.
func (c Cause) by() string {
	if c.At.IsZero() {
		return ""
	}
	return "（" + c.At.Local().Format("2006-01-02 15:04") + " " + c.Actor + "）"
}

// Before returns the points of the session in its month as closed.
func (l *Late) Before() int {
	if l.Was == nil {
		return 0
	}
	return l.Was.Points
}

// After returns the points of the session in its month as judged today.
func (l *Late) After() int {
	if !l.InMonth {
		return 0
	}
	return l.Now.Points
}

// Patient returns the 患者ID and the 指導日, as closed if the closing has the
// session.
func (l *Late) Patient() (id string, on models.Date) {
	if l.Was != nil {
		return l.Was.PatientID, l.Was.On
	}
	return l.Now.Session.PatientID, l.Now.Session.On
}

// CompareClosed compares what a closing kept with today's verdicts of the whole
// register. It returns the sessions that differ and the points of the month.
func CompareClosed(kept []models.ClosedVerdict, verdicts []Verdict, book *models.Book, closing models.Closing) (AfterClosing, error) {
	a := AfterClosing{Closing: closing, Kept: true}
	was := make(map[string]*models.ClosedVerdict, len(kept))
	for i := range kept {
		was[kept[i].Session] = &kept[i]
		a.Before += kept[i].Points
	}
	seen := make(map[string]bool, len(kept))
	for i := range verdicts {
		v := &verdicts[i]
		in := v.Session.On.Month() == closing.Month
		if in {
			a.After += v.Points
		}
		k := was[v.Session.Number]
		if k == nil && !in {
			continue
		}
		seen[v.Session.Number] = true
		if err := a.add(Late{Session: v.Session.Number, Was: k, Now: v, InMonth: in, Confirmed: book.ConfirmationOf(v.Session.Number)}); err != nil {
			return a, err
		}
	}
	for i := range kept {
		if !seen[kept[i].Session] {
			if err := a.add(Late{Session: kept[i].Session, Was: &kept[i], Confirmed: book.ConfirmationOf(kept[i].Session)}); err != nil {
				return a, err
			}
		}
	}
	a.Sort()
	return a, nil
}

// Repriced counts the sessions whose points changed.
func (a *AfterClosing) Repriced() int {
	n := 0
	for i := range a.Changes {
		if a.Changes[i].Repriced() {
			n++
		}
	}
	return n
}

// Repriced reports whether the points of the session in its month changed.
func (l *Late) Repriced() bool { return l.Before() != l.After() }

// Sort puts the changes that change points first, then sorts as in every list
// of a month.
func (a *AfterClosing) Sort() {
	slices.SortFunc(a.Changes, func(x, y Late) int {
		if x.Repriced() != y.Repriced() {
			return before(x.Repriced())
		}
		idX, onX := x.Patient()
		idY, onY := y.Patient()
		return cmp.Or(cmp.Compare(idX, idY), cmp.Compare(onX, onY), cmp.Compare(x.Session, y.Session))
	})
}

func (a *AfterClosing) add(l Late) error {
	lines, err := l.differences(a.Closing.Month)
	if err != nil || len(lines) == 0 {
		return err
	}
	l.Differences = lines
	a.Changes = append(a.Changes, l)
	return nil
}

func (l *Late) differences(month models.Month) ([]string, error) {
	switch {
	case l.Was == nil:
		return []string{"締めたあとに加わりました: " + claimWords(string(l.Now.Result), l.Now.Points)}, nil
	case l.Now == nil:
		return []string{"記録が削除されました: " + claimWords(l.Was.Result, l.Was.Points) + " → なし"}, nil
	case !l.InMonth:
		return []string{fmt.Sprintf("指導日が%sから移りました: %s → %s", month, l.Was.On, cmp.Or(l.Now.Session.On.String(), "空欄"))}, nil
	}
	now, err := Keep(l.Now, models.Closing{}, l.Confirmed)
	if err != nil {
		return nil, err
	}
	return differencesOf(l.Was, &now)
}

// differencesOf lists the differences between two verdicts of a session, the
// gravest first.
func differencesOf(was, now *models.ClosedVerdict) ([]string, error) {
	var lines []string
	add := func(name, before, after string) {
		if before != after {
			lines = append(lines, name+": "+cmp.Or(before, "なし")+" → "+cmp.Or(after, "なし"))
		}
	}
	add("判定", claimWords(was.Result, was.Points), claimWords(now.Result, now.Points))
	add("コード", was.Code, now.Code)
	add("確定", confirmedWords(was), confirmedWords(now))
	add("警告", warningCodes(was), warningCodes(now))
	before, err := Grounds(was)
	if err != nil {
		return nil, err
	}
	after, err := Grounds(now)
	if err != nil {
		return nil, err
	}
	return append(lines, groundLines(before, after)...), nil
}

// groundLines lists the conditions whose state or records changed. A change of
// wording alone (a newer program) does not count.
func groundLines(before, after []Ground) []string {
	of := make(map[string]Ground, len(after))
	for _, g := range after {
		of[g.ID] = g
	}
	var lines []string
	for _, was := range before {
		now, there := of[was.ID]
		switch {
		case !there:
		case was.State != now.State:
			lines = append(lines, fmt.Sprintf("%s: %s → %s", was.Name, was.State, now.State))
		case !slices.EqualFunc(was.Records, now.Records, sameRecord):
			lines = append(lines, was.Name+"の根拠: "+recordWords(was.Records)+" → "+recordWords(now.Records))
		}
	}
	return lines
}

func sameRecord(a, b GroundRecord) bool {
	return a.Sheet == b.Sheet && a.Key == b.Key && a.Date == b.Date
}

func recordWords(records []GroundRecord) string {
	var words []string
	for _, r := range records {
		words = append(words, strings.TrimSpace(string(r.Sheet)+" "+r.Key+" "+r.Date))
	}
	return cmp.Or(strings.Join(words, "・"), "なし")
}

func claimWords(result string, points int) string { return fmt.Sprintf("%s %d点", result, points) }

func confirmedWords(k *models.ClosedVerdict) string {
	if k.Confirmed == "" {
		return ""
	}
	return claimWords(string(ResultOf(k.Confirmed)), k.ConfirmedPoints)
}

func warningCodes(k *models.ClosedVerdict) string {
	var codes []string
	for line := range strings.Lines(k.Warnings) {
		code, _, _ := strings.Cut(line, " ")
		codes = append(codes, code)
	}
	return strings.Join(codes, "・")
}

// Restores reports whether trial, a verdict judged with some records put back,
// matches what the closing kept where now does not. It compares the claim if
// that changed, else the warnings, else the conditions.
func Restores(was *models.ClosedVerdict, now, trial *Verdict) (bool, error) {
	today, err := Keep(now, models.Closing{}, nil)
	if err != nil {
		return false, err
	}
	tried, err := Keep(trial, models.Closing{}, nil)
	if err != nil {
		return false, err
	}
	claim := func(k *models.ClosedVerdict) string { return claimWords(k.Result, k.Points) + k.Code }
	switch {
	case claim(was) != claim(&today):
		return claim(was) == claim(&tried), nil
	case warningCodes(was) != warningCodes(&today):
		return warningCodes(was) == warningCodes(&tried), nil
	}
	lines, err := differencesOf(unconfirmed(was), &tried)
	return len(lines) == 0, err
}

// Rejudged reports whether the verdict itself changed, not only the 確定.
func (l *Late) Rejudged() (bool, error) {
	if l.Was == nil || l.Now == nil || !l.InMonth {
		return true, nil
	}
	today, err := Keep(l.Now, models.Closing{}, nil)
	if err != nil {
		return false, err
	}
	lines, err := differencesOf(unconfirmed(l.Was), &today)
	return len(lines) > 0, err
}

func unconfirmed(k *models.ClosedVerdict) *models.ClosedVerdict {
	bare := *k
	bare.Confirmed, bare.ConfirmedPoints = "", 0
	return &bare
}

// Reconfirmed says how the 確定 changed: 「指導料2 500点 → なし」. It returns
// "" for no change.
func (l *Late) Reconfirmed() string {
	now, was := models.ClosedVerdict{}, models.ClosedVerdict{}
	if l.Confirmed != nil {
		now.Confirmed, now.ConfirmedPoints = l.Confirmed.Claim, l.Confirmed.Points
	}
	if l.Was != nil {
		was = *l.Was
	}
	before, after := confirmedWords(&was), confirmedWords(&now)
	if before == after {
		return ""
	}
	return cmp.Or(before, "なし") + " → " + cmp.Or(after, "なし")
}

// ResultOf returns the result a recorded 算定区分 stands for, 算定なし for any other.
func ResultOf(claim models.Claim) Result {
	switch claim {
	case models.ClaimFee1:
		return Fee1
	case models.ClaimFee2:
		return Fee2
	case models.ClaimLegacy:
		return FeeLegacy
	}
	return NotBilled
}

// Departs reports whether today's verdict differs from what 医事課 confirmed.
// It is false without a 確定.
func (v *Verdict) Departs(confirmed *models.Confirmation) bool {
	return confirmed != nil && (ResultOf(confirmed.Claim) != v.Result || confirmed.Points != v.Points)
}
