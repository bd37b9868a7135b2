package page

// Do is what is done with the record of a Target.
type Do string

// What can be done with a record.
const (
	Show Do = ""     // show it
	Edit Do = "edit" // open its form
	New  Do = "new"  // open an empty form; Key names the record it belongs to, "" for none
)

// Target is a place in the window: a page, a record on it, and what is done
// there. The zero Target leads nowhere. Targets are compared with ==.
type Target struct {
	// Page is the ID of the page; see To.
	Page string
	// Sheet is the sheet of the ledger book that holds the record. It is "" for a
	// section of a page, which is no record.
	Sheet string
	// Key is the record's key on its sheet. Of a 病棟 and a 職員 it is that of
	// a period: 「3E/2024-04-01」.
	Key string
	Do  Do
	// Field is the field that gets the cursor, by its name in the ledger book;
	// "" for the first.
	Field string
}

// opens is the one table of which page shows and edits the records of a sheet.
var opens = map[string]string{
	"連携先": "partners", "介護支援専門員": "partners", "所属履歴": "partners",
	"会議": "meetings", "やり取り": "contacts",
	"入院": "admissions", "病棟履歴": "admissions", "共同指導": "admissions",
	"算定": "claims",
	"設定": "settings", "病棟": "settings", "職員": "settings", "規程": "settings",
}

// To leads to a record, by its sheet and its key there; without a key to the
// page of the sheet. It is zero for a sheet that has no page.
func To(sheet, key string) Target {
	if opens[sheet] == "" {
		return Target{}
	}
	return Target{Page: opens[sheet], Sheet: sheet, Key: key}
}

// ToNew leads to an empty form for a record of a sheet that belongs to the
// record with the key, "" for none.
func ToNew(sheet, key string) Target {
	t := To(sheet, key)
	if t.Page != "" {
		t.Do = New
	}
	return t
}

// ToEdit leads to the form of a record, with the cursor in a field.
func ToEdit(sheet, key, field string) Target {
	t := To(sheet, key)
	if t.Page != "" && key != "" {
		t.Do, t.Field = Edit, field
	}
	return t
}

// ToPage leads to a page as it was left.
func ToPage(id string) Target { return Target{Page: id} }

// ToSection leads to a section of a page that is no record, and to a part of it.
func ToSection(id, section, part string) Target {
	return Target{Page: id, Key: section, Field: part}
}

// IsZero reports whether the target leads nowhere.
func (t Target) IsZero() bool { return t == Target{} }

// Link is the target as ui takes it: nil when it leads nowhere.
func (t Target) Link() any {
	if t.IsZero() {
		return nil
	}
	return t
}

// String names the target for logs and tests: 「admissions/共同指導/G0001?edit#医師の指示」.
func (t Target) String() string {
	text := t.Page
	for _, part := range []string{t.Sheet, t.Key} {
		if part != "" {
			text += "/" + part
		}
	}
	if t.Do != Show {
		text += "?" + string(t.Do)
	}
	if t.Field != "" {
		text += "#" + t.Field
	}
	return text
}
