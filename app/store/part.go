package store

import (
	"cmp"
	"slices"
	"strings"

	"renkei/models"
)

// Part reads a part of the register, each slice sorted by key.
// The number of queries depends on neither the records nor the part.
func (v View) Part(part models.Part) (*models.Book, error) { return v.PartOver(nil, part) }

// PartOver is Part with the frame of a book read at the same revision, which the
// part shares; nil reads it.
func (v View) PartOver(frame *models.Book, part models.Part) (*models.Book, error) {
	scope := scope{part}
	if scope.Whole {
		return v.Book()
	}
	book := &models.Book{}
	for _, t := range tables {
		if !t.inFrame() {
			continue
		}
		if frame != nil {
			t.share(frame, book)
		} else if err := t.loadInto(v.db, book); err != nil {
			return nil, err
		}
	}
	if err := v.readPatients(book, scope.patients(clause{}).in("patient_id")); err != nil {
		return nil, err
	}
	if err := v.readContacts(book, scope.contacts(clause{}).in("number")); err != nil {
		return nil, err
	}
	return book, v.readKept(book, scope)
}

// readPatients reads 入院, 病棟履歴, 共同指導 and 確定 of the patients of a condition
// on patient_id.
func (v View) readPatients(book *models.Book, of clause) (err error) {
	if book.Admissions, err = admissions.load(v.db, of.sql, of.values...); err != nil {
		return err
	}
	if book.WardStays, err = wardStays.load(v.db, of.sql, of.values...); err != nil {
		return err
	}
	if book.Sessions, err = jointGuidances.load(v.db, of.sql, of.values...); err != nil {
		return err
	}
	book.Confirmations, err = confirmations.load(v.db, "session IN (SELECT number FROM joint_guidances WHERE "+of.sql+")", of.values...)
	return err
}

func (v View) readContacts(book *models.Book, where clause) (err error) {
	book.Contacts, err = contacts.load(v.db, where.sql, where.values...)
	return err
}

// readKept reads the 締めの判定 of a scope.
func (v View) readKept(book *models.Book, scope scope) (err error) {
	book.ClosedVerdicts = nil
	if where := scope.kept(); where.sql != "" {
		book.ClosedVerdicts, err = closedVerdicts.load(v.db, where.sql, where.values...)
	}
	return err
}

// Mend brings a part of the register up to date by what changed since it was
// read. It returns what Part would, and shares with the old book, which it does
// not change, the sheets that are the same. It reads the changed patients and やり取り
// alone. It returns false if the part has to be read anew.
func (v View) Mend(old *models.Book, part models.Part, feed Feed) (*models.Book, bool, error) {
	scope := scope{part}
	if scope.mustReadAnew(feed) {
		return nil, false, nil
	}
	if moved, err := scope.movesLatest(old, feed); err != nil || moved {
		return nil, false, err
	}
	book := *old
	for _, t := range tables {
		if scope.Whole || t.inFrame() {
			if err := t.follow(&book, feed); err != nil {
				return nil, false, err
			}
		}
	}
	if scope.Whole {
		return &book, true, nil
	}
	if err := v.mendPatients(&book, scope, feed); err != nil {
		return nil, false, err
	}
	if err := v.mendContacts(&book, scope, feed); err != nil {
		return nil, false, err
	}
	if feed.Touches(closedVerdicts.sheet) || scope.Kept && len(feed.Patients) > 0 {
		if err := v.readKept(&book, scope); err != nil {
			return nil, false, err
		}
	}
	return &book, true, nil
}

// mustReadAnew reports whether changes may have brought other patients into a
// scope than those they name.
func (s scope) mustReadAnew(feed Feed) bool {
	return feed.Many ||
		s.OfContacts && feed.Touches(contacts.sheet) ||
		s.AcrossPolicies && feed.Touches(policies.sheet) ||
		(len(s.Partners) > 0 || s.asksLatest()) && feed.Touches(affiliations.sheet) ||
		s.asksLatest() && feed.Touches(careManagers.sheet) ||
		s.Met != 0 && feed.Touches(staff.sheet)
}

// asksLatest reports whether a scope asks for the latest dealings before a day.
func (s scope) asksLatest() bool { return s.Before != 0 || s.Met != 0 }

// movesLatest reports whether changes may have made other dealings the latest
// ones before the days of a scope.
func (s scope) movesLatest(old *models.Book, feed Feed) (bool, error) {
	if !s.asksLatest() {
		return false, nil
	}
	day := max(s.Before, s.Met)
	moved, err := contacts.changedBefore(old, feed, func(c *models.Contact) bool { return c.On < day })
	if err != nil || moved {
		return moved, err
	}
	return jointGuidances.changedBefore(old, feed, func(g *models.JointGuidance) bool { return g.On < day })
}

// changedBefore reports whether a changed row is before a day now, or was so in
// the book.
func (t *table[T]) changedBefore(old *models.Book, feed Feed, before func(*T) bool) (bool, error) {
	rows := *t.rows(old)
	for _, e := range feed.last[t.sheet] {
		row, err := t.unjson(cmp.Or(e.After, e.Before))
		if err != nil {
			return false, models.Wrap(err, models.Internal, "変更の履歴 %d を読み取れません", e.ID)
		}
		at, there := t.place(rows, t.id(row))
		if e.After != "" && before(row) || there && before(&rows[at]) {
			return true, nil
		}
	}
	return false, nil
}

func (v View) mendPatients(book *models.Book, scope scope, feed Feed) error {
	if len(feed.Patients) == 0 {
		return nil
	}
	among := sqlOf("patient_id IN ?", feed.Patients)
	var read models.Book
	if err := v.readPatients(&read, among.and(scope.patients(among).in("patient_id"))); err != nil {
		return err
	}
	gone := setOf(feed.Patients)
	ofGone := make(map[string]bool) // 指導番号
	for i := range book.Sessions {
		if s := &book.Sessions[i]; gone[s.PatientID] {
			ofGone[s.Number] = true
		}
	}
	for i := range read.Sessions {
		ofGone[read.Sessions[i].Number] = true
	}
	admissions.swap(book, &read, func(_ int, a *models.Admission) bool { return gone[a.PatientID] })
	wardStays.swap(book, &read, func(_ int, s *models.WardStay) bool { return gone[s.PatientID] })
	jointGuidances.swap(book, &read, func(_ int, s *models.JointGuidance) bool { return gone[s.PatientID] })
	confirmations.swap(book, &read, func(_ int, c *models.Confirmation) bool { return ofGone[c.Session] })
	return nil
}

// mendContacts reads the changed やり取り, and those of changed patients: a scope
// may have gained or lost the patient.
func (v View) mendContacts(book *models.Book, scope scope, feed Feed) error {
	changed := feed.keys(contacts.sheet)
	patients := feed.Patients
	if !scope.OfPatients {
		patients = nil
	}
	if len(changed)+len(patients) == 0 {
		return nil
	}
	var read models.Book
	among := sqlOf("(number IN ? OR patient_id IN ?)", orNone(changed), orNone(patients))
	if err := v.readContacts(&read, among.and(scope.contacts(among).in("number"))); err != nil {
		return err
	}
	numbers, ids := setOf(changed), setOf(patients)
	contacts.swap(book, &read, func(_ int, c *models.Contact) bool { return numbers[c.Number] || c.PatientID != "" && ids[c.PatientID] })
	return nil
}

// orNone replaces an empty list, which SQL has no notation for, by one that
// equals nothing stored: no text holds this code point, which is no character.
func orNone(list []string) []string {
	if len(list) == 0 {
		return []string{"\U0010FFFF"}
	}
	return list
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, one := range list {
		set[one] = true
	}
	return set
}

// swap takes rows out of the sheet of a book and puts those of another in, by
// key. It makes a new slice.
func (t *table[T]) swap(book, in *models.Book, out func(i int, row *T) bool) {
	old, added := *t.rows(book), *t.rows(in)
	kept := make([]T, 0, len(old)+len(added))
	for i := range old {
		if !out(i, &old[i]) {
			kept = append(kept, old[i])
		}
	}
	if len(kept) == len(old) && len(added) == 0 {
		return // as before
	}
	slices.SortFunc(added, func(a, b T) int { return compareKeys(t.id(&a), t.id(&b)) })
	for _, row := range added {
		at, _ := t.place(kept, t.id(&row))
		kept = slices.Insert(kept, at, row)
	}
	if len(kept) == 0 {
		kept = nil // as when nothing is read
	}
	*t.rows(book) = kept
}

// place finds where a key stands, or would stand, in sorted rows.
func (t *table[T]) place(rows []T, key recordKey) (int, bool) {
	return slices.BinarySearchFunc(rows, key, func(row T, key recordKey) int { return compareKeys(t.id(&row), key) })
}

// compareKeys orders keys as the database does: texts by bytes, numbers by value.
func compareKeys(a, b recordKey) int {
	for i := range a {
		var order int
		switch one := a[i].(type) {
		case string:
			order = cmp.Compare(one, b[i].(string))
		case int64:
			order = cmp.Compare(one, b[i].(int64))
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

// share lets a book have the records of another.
func (t *table[T]) share(from, book *models.Book) { *t.rows(book) = *t.rows(from) }

// follow makes the changes of the table in a book.
func (t *table[T]) follow(book *models.Book, feed Feed) error {
	last := feed.last[t.sheet]
	if len(last) == 0 {
		return nil
	}
	var now models.Book
	gone := make(map[int]bool)
	for _, e := range last {
		row, err := t.unjson(cmp.Or(e.After, e.Before))
		if err != nil {
			return models.Wrap(err, models.Internal, "変更の履歴 %d を読み取れません", e.ID)
		}
		if at, there := t.place(*t.rows(book), t.id(row)); there {
			gone[at] = true
		}
		if e.After != "" {
			*t.version(row) = int(e.Revision)
			*t.rows(&now) = append(*t.rows(&now), *row)
		}
	}
	t.swap(book, &now, func(i int, _ *T) bool { return gone[i] })
	return nil
}

// Extent reads how far the register reaches.
func (v View) Extent() (e models.Extent, err error) {
	// Each step looks up the newest day before the month found last.
	found, err := v.db.Raw(`WITH RECURSIVE months (day) AS (
			SELECT max(guided_on) FROM joint_guidances
			UNION ALL
			SELECT (SELECT max(guided_on) FROM joint_guidances WHERE guided_on < substr(day, 1, 7)) FROM months WHERE day <> '')
		SELECT substr(day, 1, 7) FROM months WHERE day <> ''`).Rows()
	if err != nil {
		return e, err
	}
	defer found.Close()
	for found.Next() {
		var month models.Month
		if err := found.Scan(&month); err != nil {
			return e, err
		}
		e.Months = append(e.Months, month)
	}
	if err := found.Err(); err != nil {
		return e, err
	}
	err = v.db.Raw(`SELECT (SELECT count(*) FROM joint_guidances), coalesce(min(day), '') FROM (
		SELECT min(guided_on) AS day FROM joint_guidances WHERE guided_on > ''
		UNION ALL SELECT min(contacted_on) FROM contacts
		UNION ALL SELECT min(admitted_on) FROM admissions) AS firsts`).Row().Scan(&e.Sessions, &e.First)
	return e, err
}

// LongestID returns the 患者ID of an 入院 with the most digits, "" when none is a
// number.
func (v View) LongestID() (string, error) {
	found, err := v.db.Raw("SELECT patient_id FROM admissions ORDER BY length(patient_id) DESC, patient_id").Rows()
	if err != nil {
		return "", err
	}
	defer found.Close()
	for found.Next() {
		var id string
		if err := found.Scan(&id); err != nil {
			return "", err
		}
		if strings.Trim(id, "0123456789") == "" {
			return id, nil
		}
	}
	return "", found.Err()
}

// FrameSheets are the sheets of the frame (see models.Part).
func FrameSheets() []string {
	var sheets []string
	for _, t := range tables {
		if t.inFrame() {
			sheets = append(sheets, t.title())
		}
	}
	return sheets
}

// GuidedOn returns the 指導日 of a session, blank if it has none or there is no
// such session.
func (v View) GuidedOn(number string) (on models.Date, err error) {
	err = v.db.Raw("SELECT coalesce((SELECT guided_on FROM joint_guidances WHERE number = ?), '')", number).Row().Scan(&on)
	return on, err
}

// ContactedOn returns the 日付 of a やり取り, blank if there is no such one.
func (v View) ContactedOn(number string) (on models.Date, err error) {
	err = v.db.Raw("SELECT coalesce((SELECT contacted_on FROM contacts WHERE number = ?), '')", number).Row().Scan(&on)
	return on, err
}

// ContactCount counts the やり取り.
func (v View) ContactCount() (count int, err error) {
	err = v.db.Raw("SELECT count(*) FROM contacts").Row().Scan(&count)
	return count, err
}

// CareManagersOf returns the CMコード of the 担当CM of the admissions with 入院日 in
// a period.
func (v View) CareManagersOf(admitted models.Period) (map[string]bool, error) {
	where := within("admitted_on", admitted)
	var codes []string
	err := v.db.Raw("SELECT DISTINCT coalesce(care_manager, '') FROM admissions WHERE "+where.sql, where.values...).Scan(&codes).Error
	return setOf(codes), err
}
