package people

import (
	"cmp"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/form"
	"renkei/views/ui"
	"renkei/views/words"
)

// Known is the register as pickers search and show it. A page gets it from the
// Directory beside the window.
type Known struct {
	Facts      *fee.Facts        // of the frame at least
	Inpatients models.Inpatients // where Patients are searched
	// On is the day whose offices and staff are shown.
	On models.Date

	CareManagers, Offices, Staff, Patients *models.Finder
}

// code returns the code of a pick.
func code(pick ui.Pick) string {
	_, code := Split(pick.Key)
	return code
}

// CareManagerFinder finds care managers. It asks for known at each use, for the
// register may have been read again.
func CareManagerFinder(known func() *Known) form.Finder {
	return form.Finder{
		Hint: "氏名・事業所・電話でさがす（ローマ字・かな・漢字）", Code: code,
		Find: Find(func() *models.Finder { return known().CareManagers }),
		Pick: func(code string) ui.Pick { return CareManagerPick(known().Facts, code, known().On) },
	}
}

// CareManagerPick shows a care manager with the office on a day, or the code when
// it is not registered.
func CareManagerPick(f *fee.Facts, code string, on models.Date) ui.Pick {
	cm := f.CareManager(code)
	if cm == nil {
		return ui.Pick{Key: Key(CareManager, code), Title: code, Detail: "登録がありません"}
	}
	pick := Pick(CareManagerEntry(f, cm, on))
	pick.Detail = words.Joined(" ・ ", pick.Detail, string(cm.Qualification))
	return pick
}

// OfficeFinder finds offices, facilities and medical institutions.
func OfficeFinder(known func() *Known) form.Finder {
	return form.Finder{
		Hint: "名称・カナ・ローマ字・電話・番号でさがす", Code: code,
		Find: Find(func() *models.Finder { return known().Offices }),
		Pick: func(code string) ui.Pick { return OfficePick(known().Facts, code) },
	}
}

// OfficePick shows an office, or the code when it is not registered.
func OfficePick(f *fee.Facts, code string) ui.Pick {
	if p := f.Partner(code); p != nil {
		return Pick(OfficeEntry(p))
	}
	return ui.Pick{Key: Key(Office, code), Title: code, Detail: "登録がありません"}
}

// StaffFinder finds the staff of the day. Those picked are shown as of the day
// on returns.
func StaffFinder(known func() *Known, on func() models.Date) form.Finder {
	return form.Finder{
		Hint: "氏名・カナ・ローマ字でさがす", Code: code,
		Find: Find(func() *models.Finder { return known().Staff }),
		Pick: func(code string) ui.Pick { return StaffPick(known().Facts, code, on()) },
	}
}

// StaffPick shows one of the staff as of a day. Of one who has no row on that day
// it shows the name of another day.
func StaffPick(f *fee.Facts, code string, on models.Date) ui.Pick {
	if entry, ok := StaffEntry(f, code, on); ok {
		return Pick(entry)
	}
	return ui.Pick{Key: Key(Staff, code), Title: StaffName(f, code, on), Detail: "この日の所属がありません"}
}

// PatientFinder finds patients.
func PatientFinder(known func() *Known) form.Finder {
	return form.Finder{
		Hint: "患者ID・氏名でさがす", Code: code,
		Find: Find(func() *models.Finder { return known().Patients }),
		Pick: func(id string) ui.Pick { return known().PatientPick(id) },
	}
}

// PatientPick shows the patient of an ID, with an admission or without.
func (k *Known) PatientPick(id string) ui.Pick {
	pick := UnknownPatient(k.Facts, id)
	if p := k.Inpatients.Last(pick.Title); p != nil {
		pick = ui.Pick{Key: Key(Patient, p.PatientID), Title: cmp.Or(p.Name, p.PatientID), Kana: p.Kana, Detail: p.PatientID}
	}
	return pick
}

// UnknownPatient shows an ID as typed, without an admission; digits are filled
// up with zeros as the hospital does.
func UnknownPatient(f *fee.Facts, text string) ui.Pick {
	id := models.SearchKey(text)
	if id != "" && strings.Trim(id, "0123456789") == "" {
		id = strings.Repeat("0", max(0, f.Params.PatientIDDigits-len(id))) + id
	}
	return ui.Pick{Key: Key(Patient, id), Title: id, Detail: "入院の登録なし"}
}
