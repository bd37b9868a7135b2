// Package people makes the entries that pickers search: care managers, offices,
// staff and patients, each with what tells it from others of the same name.
// finders.go has the pickers' finders for all forms, records.go the entries of
// records that are no people. The search is models.Finder, the picker widget is
// in views/ui.
package people

import (
	"cmp"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/words"
)

// Kind is what a key names.
type Kind string

// The kinds of key.
const (
	CareManager Kind = "CM"
	Office      Kind = "連携先"
	Staff       Kind = "職員"
	Patient     Kind = "患者"
)

// Key names someone for a picker. Codes alone may be equal on different sheets.
func Key(kind Kind, code string) string { return string(kind) + ":" + code }

// Split splits a Key. The kind of any other text is blank.
func Split(key string) (Kind, string) {
	kind, code, ok := strings.Cut(key, ":")
	if !ok {
		return "", key
	}
	return Kind(kind), code
}

// CareManagers returns the care managers with their offices on a day. They are
// also found by former offices.
func CareManagers(f *fee.Facts, on models.Date) []models.FindEntry {
	former := make(map[string][]string)
	for i := range f.Book.Affiliations {
		a := &f.Book.Affiliations[i]
		if p := f.Partner(a.Partner); p != nil {
			former[a.CareManager] = append(former[a.CareManager], p.Name, p.Kana)
		}
	}
	entries := make([]models.FindEntry, 0, len(f.Book.CareManagers))
	for i := range f.Book.CareManagers {
		e := CareManagerEntry(f, &f.Book.CareManagers[i], on)
		e.Texts = append(e.Texts, former[f.Book.CareManagers[i].Code]...)
		entries = append(entries, e)
	}
	return entries
}

// CareManagerEntry returns the entry of one care manager.
func CareManagerEntry(f *fee.Facts, c *models.CareManager, on models.Date) models.FindEntry {
	office := "所属なし"
	if p := f.OfficeOf(c.Code, on); p != nil {
		office = p.Name
	}
	return models.FindEntry{
		Key: Key(CareManager, c.Code), Title: c.Name, Kana: c.Kana, Detail: office,
		Texts: []string{c.Phone, c.Code, c.RegistrationNo},
	}
}

// Offices returns all partners, facilities and medical institutions included.
func Offices(f *fee.Facts) []models.FindEntry {
	entries := make([]models.FindEntry, 0, len(f.Book.Partners))
	for i := range f.Book.Partners {
		entries = append(entries, OfficeEntry(&f.Book.Partners[i]))
	}
	return entries
}

// OfficeEntry returns the entry of one partner.
func OfficeEntry(p *models.Partner) models.FindEntry {
	return models.FindEntry{
		Key: Key(Office, p.Code), Title: p.Name, Kana: p.Kana, Detail: string(p.Kind),
		Texts: []string{p.OfficeNumber, p.Phone, p.Fax, p.Corporation, p.Code},
	}
}

// StaffMembers returns the staff of a day, one entry each.
func StaffMembers(f *fee.Facts, on models.Date) []models.FindEntry {
	var entries []models.FindEntry
	seen := make(map[string]bool)
	for i := range f.Book.Staff {
		code := f.Book.Staff[i].Code
		if seen[code] {
			continue
		}
		seen[code] = true
		if e, ok := StaffEntry(f, code, on); ok {
			entries = append(entries, e)
		}
	}
	return entries
}

// StaffEntry returns the entry of a staff member on a day, or false if no row
// of the code covers it.
func StaffEntry(f *fee.Facts, code string, on models.Date) (models.FindEntry, bool) {
	rows := f.StaffOn(code, on)
	if len(rows) == 0 {
		return models.FindEntry{}, false
	}
	s := rows[len(rows)-1]
	detail := words.Joined(" ", string(s.Job), string(s.Department))
	if s.Department == "" && s.WardDedicated.Is() {
		detail += " 病棟専任"
	}
	return models.FindEntry{Key: Key(Staff, s.Code), Title: s.Name, Kana: s.Kana, Detail: detail, Texts: []string{s.Code}}, true
}

// StaffEver returns everyone ever registered, as of the last row. The code of
// their keys is that of the sheet.
func StaffEver(f *fee.Facts) []models.FindEntry {
	last := make(map[string]models.Date)
	for _, s := range f.Book.Staff {
		last[s.Code] = max(last[s.Code], s.From)
	}
	var entries []models.FindEntry
	for _, s := range f.Book.Staff {
		if s.From != last[s.Code] {
			continue
		}
		e, ok := StaffEntry(f, s.Code, s.From)
		if !ok {
			continue
		}
		e.Key, e.ID = Key(Staff, s.Code+"/"+s.From.String()), s.Code
		if !s.To.IsZero() {
			e.Detail += "（" + s.To.String() + "まで）"
		}
		entries = append(entries, e)
	}
	return entries
}

// StaffName returns the name of a staff member on a day. If no row covers the
// day it is a name of another day, and for an unknown code the code.
func StaffName(f *fee.Facts, code string, on models.Date) string {
	if e, ok := StaffEntry(f, code, on); ok {
		return e.Title
	}
	for i := range f.Book.Staff {
		if f.Book.Staff[i].Code == code {
			return f.Book.Staff[i].Name
		}
	}
	return code
}

// Patients returns each patient once, as of the latest admission.
func Patients(all models.Inpatients) []models.FindEntry {
	entries := make([]models.FindEntry, 0, len(all))
	for i := range all {
		if i+1 == len(all) || all[i+1].PatientID != all[i].PatientID {
			entries = append(entries, patientEntry(&all[i]))
		}
	}
	return entries
}

// patientEntry identifies a patient by ID, name and birth date.
func patientEntry(p *models.Inpatient) models.FindEntry {
	detail := p.PatientID
	if !p.BornOn.IsZero() {
		detail += "  " + p.BornOn.Wareki() + "生"
	}
	state := "入院 " + p.AdmittedOn.String()
	if !p.DischargedOn.IsZero() {
		state = "退院 " + p.DischargedOn.String()
	}
	return models.FindEntry{
		Key: Key(Patient, p.PatientID), Title: cmp.Or(p.Name, p.PatientID), Kana: p.Kana,
		Detail: words.Joined("  ", detail, state), ID: p.PatientID,
	}
}

// Pick returns an entry as a picker shows it.
func Pick(e models.FindEntry) ui.Pick {
	return ui.Pick{Key: e.Key, Title: e.Title, Kana: e.Kana, Detail: e.Detail}
}

// Find returns the search of a picker. finder returns nil until the entries are
// ready.
func Find(finder func() *models.Finder) func(query string, limit int) []ui.Pick {
	return func(query string, limit int) []ui.Pick {
		f := finder()
		if f == nil {
			return nil // the register is still being read
		}
		found := f.Find(query, limit)
		picks := make([]ui.Pick, len(found))
		for i := range found {
			picks[i] = Pick(found[i])
		}
		return picks
	}
}
