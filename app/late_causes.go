package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// causes finds why sessions of a closed month are judged differently now. It
// puts back changed records, one kind at a time, and judges again. The records
// that restore the closed verdict are the cause.
type causes struct {
	judged *Judged
	after  *fee.AfterClosing
	now    *models.Book // only the patients concerned
	before *models.Book
	diffs  []ledger.Since // only the patients concerned
	last   map[store.RecordRef]store.AuditEntry
	tried  map[string][]fee.Verdict // by the keys put back
	// patients holds the patients of each 指導番号, now and at the closing.
	patients map[string][]string
}

// A kind is a set of sheets whose records are put back together. With
// ofPatient, a record affects only the sessions of its patient.
type kind struct {
	sheets     []string
	ofPatient  bool
	self, rest bool // the session itself; the other sessions
}

var kinds = []kind{
	{sheets: []string{"共同指導"}, self: true},
	{sheets: []string{"共同指導"}, rest: true},
	{sheets: []string{"入院", "病棟履歴"}, ofPatient: true},
	{sheets: []string{"病棟"}},
	{sheets: []string{"規程"}},
	{sheets: []string{"職員"}},
	{sheets: []string{"設定"}},
	{sheets: []string{"介護支援専門員", "所属履歴", "連携先"}},
	{sheets: []string{"会議", "会議出席"}},
	{sheets: []string{"やり取り"}},
}

// mostTried is how many records of a kind are put back one by one to find the
// one that matters. If there are more, all of them are named.
const mostTried = 40

// patientsOf returns the 患者ID of the sessions a closing kept and of those that
// differ now.
func patientsOf(after *fee.AfterClosing, kept []models.ClosedVerdict) map[string]bool {
	patients := make(map[string]bool)
	for i := range kept {
		patients[kept[i].PatientID] = true
	}
	for _, l := range after.Changes {
		if l.Now != nil {
			patients[l.Now.Session.PatientID] = true
		}
	}
	return patients
}

// newCauses looks among the records of now, which holds those of the patients.
func newCauses(judged *Judged, after *fee.AfterClosing, now *models.Book, past store.Past, last map[store.RecordRef]store.AuditEntry) *causes {
	patients := patientsOf(after, judged.Facts.Book.ClosedVerdictsOf(after.Closing))
	c := &causes{judged: judged, after: after, last: last, tried: make(map[string][]fee.Verdict), patients: make(map[string][]string),
		now: now, before: ofPatients(past.Before, patients)}
	for _, book := range []*models.Book{c.now, c.before} {
		for _, s := range book.Sessions {
			c.patients[s.Number] = append(c.patients[s.Number], s.PatientID)
		}
	}
	c.diffs = ledger.Differences(c.now, c.before, ofPatients(past.Added, patients))
	return c
}

// ofPatients returns a register with the records of these patients and all
// records without a patient.
func ofPatients(b *models.Book, patients map[string]bool) *models.Book {
	of := *b
	of.Admissions = keep(b.Admissions, func(a models.Admission) bool { return patients[a.PatientID] })
	of.WardStays = keep(b.WardStays, func(s models.WardStay) bool { return patients[s.PatientID] })
	of.Sessions = keep(b.Sessions, func(s models.JointGuidance) bool { return patients[s.PatientID] })
	return &of
}

func keep[T any](rows []T, is func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !is(row) })
}

// find fills in the causes. It also adds the sessions of the month whose own
// record changed although their verdict did not.
func (c *causes) find(ctx context.Context) error {
	c.addEdited()
	for i := range c.after.Changes {
		l := &c.after.Changes[i]
		if err := c.explain(ctx, l); err != nil {
			return err
		}
		own := c.keysOf(kinds[0], l)
		for _, cause := range c.named(own) {
			if !slices.ContainsFunc(l.Causes, func(o fee.Cause) bool { return o.Sheet == cause.Sheet && o.Key == cause.Key }) {
				l.Edits = append(l.Edits, cause)
			}
		}
	}
	return nil
}

func (c *causes) addEdited() {
	listed := make(map[string]bool)
	for _, l := range c.after.Changes {
		listed[l.Session] = true
	}
	kept := c.judged.Facts.Book.ClosedVerdictsOf(c.after.Closing)
	for i := range kept {
		k := &kept[i]
		v := c.judged.Verdict(k.Session)
		l := fee.Late{Session: k.Session, Was: k, Now: v, InMonth: true, Confirmed: c.judged.Facts.Book.ConfirmationOf(k.Session)}
		if !listed[k.Session] && v != nil && len(c.keysOf(kinds[0], &l)) > 0 {
			c.after.Changes = append(c.after.Changes, l)
		}
	}
	c.after.Sort()
}

// explain names what changed the verdict of a session. A session that was
// added, deleted or moved is its own cause.
func (c *causes) explain(ctx context.Context, l *fee.Late) error {
	if words := l.Reconfirmed(); words != "" && len(l.Differences) > 0 {
		last := c.last[store.RecordRef{Sheet: "確定", Key: l.Session}]
		l.Causes = append(l.Causes, fee.Cause{Sheet: "確定", Key: l.Session, Lines: []string{words}, At: last.At, Actor: last.Actor})
	}
	if l.Was == nil || l.Now == nil || !l.InMonth {
		l.Causes = append(l.Causes, c.named(c.keysOf(kinds[0], l))...)
		return nil
	}
	if rejudged, err := l.Rejudged(); err != nil || !rejudged {
		return err
	}
	found := false
	var changed []kind // kinds with changed records
	for _, k := range kinds {
		keys := c.keysOf(k, l)
		if len(keys) == 0 {
			continue
		}
		changed = append(changed, k)
		restored, err := c.restores(ctx, l, keys)
		if err != nil {
			return err
		}
		if !restored {
			continue
		}
		if keys, err = c.narrow(ctx, l, keys); err != nil {
			return err
		}
		l.Causes = append(l.Causes, c.named(keys)...)
		found = true
	}
	if found {
		return nil
	}
	return c.together(ctx, l, changed)
}

// together looks for kinds that restore the verdict only in combination: all
// changed kinds, without those that are not needed.
func (c *causes) together(ctx context.Context, l *fee.Late, changed []kind) error {
	restored, err := c.restores(ctx, l, c.allKeys(changed, l))
	if err != nil || !restored {
		return err
	}
	for i := 0; i < len(changed); {
		without := slices.Delete(slices.Clone(changed), i, i+1)
		restored, err := c.restores(ctx, l, c.allKeys(without, l))
		if err != nil {
			return err
		}
		if restored {
			changed = without
			continue
		}
		i++
	}
	keys, err := c.narrow(ctx, l, c.allKeys(changed, l))
	l.Causes, l.Together = append(l.Causes, c.named(keys)...), true
	return err
}

// narrow takes records that restore the verdict together and returns those that
// do so alone. If none does, it returns those that are needed.
func (c *causes) narrow(ctx context.Context, l *fee.Late, keys []ledger.RowKey) ([]ledger.RowKey, error) {
	if len(keys) == 1 || len(keys) > mostTried {
		return keys, nil
	}
	var alone []ledger.RowKey
	for _, key := range keys {
		restored, err := c.restores(ctx, l, []ledger.RowKey{key})
		if err != nil {
			return nil, err
		}
		if restored {
			alone = append(alone, key)
		}
	}
	if len(alone) > 0 {
		return alone, nil
	}
	for i := 0; i < len(keys); {
		without := slices.Delete(slices.Clone(keys), i, i+1)
		restored, err := c.restores(ctx, l, without)
		if err != nil {
			return nil, err
		}
		if restored {
			keys = without
			continue
		}
		i++
	}
	return keys, nil
}

// restores judges a session with records put back.
func (c *causes) restores(ctx context.Context, l *fee.Late, keys []ledger.RowKey) (bool, error) {
	trials, err := c.judgedWith(ctx, keys)
	if err != nil {
		return false, err
	}
	for _, trial := range trials {
		if trial.Session.Number == l.Session {
			return fee.Restores(l.Was, l.Now, &trial)
		}
	}
	return false, nil
}

// judgedWith judges the patients' sessions with records put back, once per set
// of records.
func (c *causes) judgedWith(ctx context.Context, keys []ledger.RowKey) ([]fee.Verdict, error) {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k.Sheet + "\x00" + k.Key + "\x00")
	}
	if c.tried[b.String()] == nil {
		judged, err := JudgeBook(ctx, ledger.PutBack(c.now, c.before, keys), c.judged.Rules)
		if err != nil {
			return nil, err
		}
		c.tried[b.String()] = judged.Verdicts
	}
	return c.tried[b.String()], nil
}

// keysOf lists the changed records of a kind that can affect a session.
func (c *causes) keysOf(k kind, l *fee.Late) []ledger.RowKey {
	var keys []ledger.RowKey
	for _, d := range c.diffs {
		if !slices.Contains(k.sheets, d.Sheet) {
			continue
		}
		mine := d.Key == l.Session
		switch {
		case k.self && !mine:
		case k.rest && (mine || !slices.ContainsFunc(c.patients[d.Key], func(id string) bool { return c.isOf(id, l) })):
		case k.ofPatient && !c.isOf(d.Key[:max(0, strings.Index(d.Key, "/"))], l):
		default:
			keys = append(keys, d.RowKey)
		}
	}
	return keys
}

// isOf reports whether the session belongs to the patient, now or at the
// closing.
func (c *causes) isOf(patient string, l *fee.Late) bool {
	return slices.Contains(c.patients[l.Session], patient)
}

func (c *causes) allKeys(of []kind, l *fee.Late) []ledger.RowKey {
	var keys []ledger.RowKey
	for _, k := range of {
		keys = append(keys, c.keysOf(k, l)...)
	}
	return keys
}

// named describes records in words.
func (c *causes) named(keys []ledger.RowKey) []fee.Cause {
	var list []fee.Cause
	for _, d := range c.diffs {
		if !slices.Contains(keys, d.RowKey) {
			continue
		}
		last := c.last[store.RecordRef{Sheet: d.Sheet, Key: d.Key}]
		cause := fee.Cause{Sheet: d.Sheet, Key: d.Key, Name: d.Name, Lines: changeLines(d), At: last.At, Actor: last.Actor}
		if def, ok := fee.DefinitionOf(d.Key); ok && d.Sheet == "設定" {
			cause.Name, cause.Lines = def.Label, []string{settingValue(def, c.before, d) + " → " + settingValue(def, c.now, d)}
		}
		list = append(list, cause)
	}
	return list
}

// settingValue returns the value of a row of 設定 in words. A missing or blank
// row means the default.
func settingValue(def *fee.Definition, b *models.Book, d ledger.Since) string {
	value := ""
	if i := slices.IndexFunc(b.Settings, func(s models.Setting) bool { return s.Key == d.Key }); i >= 0 {
		value = b.Settings[i].Value
	}
	value = cmp.Or(value, def.Default)
	for _, o := range def.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return cmp.Or(value, "空欄")
}
