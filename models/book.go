package models

import "slices"

// Book is the whole register in the shape of the ledger book: one slice per
// sheet. The judgement and the monitors read it; import and export carry it.
//
// A Book that was handed out (app.Judged, fee.Facts, store.Book) is shared
// between pages and goroutines: never change it. Copy it first.
type Book struct {
	Settings     []Setting
	Policies     []Policy
	Wards        []Ward
	Staff        []Staff
	Partners     []Partner
	CareManagers []CareManager
	Affiliations []Affiliation
	Meetings     []Meeting
	Attendances  []Attendance
	Contacts     []Contact
	Admissions   []Admission
	WardStays    []WardStay
	Sessions     []JointGuidance

	// What 医事課 confirmed and closed. These are not sheets of the ledger book.
	Confirmations  []Confirmation
	Closings       []Closing
	ClosedVerdicts []ClosedVerdict

	// Origin says what an exported book was written from. It is zero for any
	// other book.
	Origin Origin
}

// Empty reports whether the book holds no record.
func (b *Book) Empty() bool {
	return len(b.Settings)+len(b.Policies)+len(b.Wards)+len(b.Staff)+len(b.Partners)+len(b.CareManagers)+
		len(b.Affiliations)+len(b.Meetings)+len(b.Attendances)+len(b.Contacts)+len(b.Admissions)+len(b.WardStays)+
		len(b.Sessions)+len(b.Confirmations)+len(b.Closings)+len(b.ClosedVerdicts) == 0
}

// WardNames returns the latest name of each 病棟コード.
func (b *Book) WardNames() map[string]string {
	names, since := make(map[string]string), make(map[string]Date)
	for i := range b.Wards {
		if w := &b.Wards[i]; w.ValidFrom >= since[w.Code] {
			names[w.Code], since[w.Code] = w.Name, w.ValidFrom
		}
	}
	return names
}

// Areas lists the municipalities of the partners in the order of their names.
func (b *Book) Areas() []string {
	var areas []string
	for i := range b.Partners {
		if area := AreaOf(b.Partners[i].Address); area != "" {
			areas = append(areas, area)
		}
	}
	slices.Sort(areas)
	return slices.Compact(areas)
}

// Setting is one row of 設定: a hospital fact or a parameter of the fee rules.
type Setting struct {
	Key     string
	Value   string
	Version int
}

// The keys are those of the parameters in models/fee, which adds them to the list.
var settingFields = []FieldAt[Setting]{
	choice("キー", Key, "設定の名前。下の一覧から選びます", nil, func(s *Setting) *string { return &s.Key }),
	text("値", Optional, "設定の値。空欄は初期値", func(s *Setting) *string { return &s.Value }),
}

// AdmissionKey identifies an admission: 患者ID and 入院日.
type AdmissionKey struct {
	PatientID  string
	AdmittedOn Date
}

// String returns 患者ID/入院日, as the commands take it.
func (k AdmissionKey) String() string { return k.PatientID + "/" + k.AdmittedOn.String() }
