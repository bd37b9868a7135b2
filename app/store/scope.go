package store

import (
	"strings"

	"renkei/models"
)

// scope is a part of the register in SQL.
type scope struct{ models.Part }

// clause is a part of an SQL statement with its values.
type clause struct {
	sql    string
	values []any
}

func sqlOf(sql string, values ...any) clause { return clause{sql, values} }

// and adds a condition; a blank one adds nothing.
func (q clause) and(more clause) clause {
	if more.sql == "" {
		return q
	}
	return clause{q.sql + " AND " + more.sql, append(append([]any{}, q.values...), more.values...)}
}

// in is the condition that a column has a value the query selects.
func (q clause) in(column string) clause { return clause{column + " IN (" + q.sql + ")", q.values} }

// within is the condition that a day is in a period. A blank To is an open end.
func within(column string, p models.Period) clause {
	q := sqlOf(column+" >= ?", p.From)
	if p.To != 0 {
		q = q.and(sqlOf(column+" <= ?", p.To))
	}
	return q
}

// roots are conditions, each on the rows of a table, that select together.
type roots []root

type root struct {
	from  string
	where clause
}

func (r *roots) add(from string, where clause) { *r = append(*r, root{from, where}) }

// choose selects a column of the rows of all roots that meet a further
// condition. Without a root it selects nothing.
func (r roots) choose(column string, only clause) clause {
	if len(r) == 0 {
		return sqlOf("NULL") // column IN (NULL) is true of no row
	}
	var texts []string
	var all clause
	for _, one := range r {
		q := one.where.and(only)
		texts = append(texts, "SELECT "+column+" FROM "+one.from+" WHERE "+q.sql)
		all.values = append(all.values, q.values...)
	}
	all.sql = strings.Join(texts, " UNION ALL ")
	return all
}

const (
	fromSessions   = "joint_guidances"
	fromAdmissions = "admissions"
)

// patients selects the 患者ID of a scope. only is a further condition on
// patient_id, or blank.
func (s scope) patients(only clause) clause {
	var r roots
	s.byDays(&r)
	if s.Undated {
		r.add(fromSessions, sqlOf("guided_on = ''"))
	}
	if s.Unfinished != 0 {
		for _, paper := range []string{"noted_on", "plan_copy_on"} {
			r.add(fromSessions, sqlOf(paper+" = ''"))
			r.add(fromSessions, sqlOf(paper+" > ?", s.Unfinished))
		}
	}
	if s.OfContacts && s.Contacts.From != 0 {
		r.add("contacts", sqlOf("patient_id <> ''").and(within("contacted_on", s.Contacts)))
	}
	if s.After != 0 {
		r.add(fromSessions, sqlOf("guided_on > ?", s.After))
	}
	if s.Before != 0 {
		r.add(fromSessions, s.latestSessions().in("number"))
	}
	if s.AcrossPolicies {
		for _, day := range []string{"p.effective_on", "p.announced_on"} {
			r.add("policies p JOIN joint_guidances", sqlOf(day+" <> '' AND guided_on >= "+day+" AND admitted_on < "+day).and(sqlOf("guided_on >= ?", models.RevisionDate)))
		}
	}
	if len(s.Patients) > 0 {
		r.add(fromAdmissions, sqlOf("patient_id IN ?", s.Patients))
		r.add(fromSessions, sqlOf("patient_id IN ?", s.Patients))
	}
	if len(s.Numbers) > 0 {
		r.add(fromSessions, sqlOf("number IN ?", s.Numbers))
	}
	for _, by := range s.careManagers() {
		r.add(fromAdmissions, by)
		r.add(fromSessions, sqlOf("care_manager <> ''").and(by)) // by the index of those
	}
	return r.choose("patient_id", only)
}

// byDays adds what a scope selects by periods and by month.
func (s scope) byDays(r *roots) {
	if s.Sessions.From != 0 {
		r.add(fromSessions, within("guided_on", s.Sessions))
	}
	if s.Stays.From != 0 {
		begun := clause{}
		if s.Stays.To != 0 {
			begun = sqlOf("admitted_on <= ?", s.Stays.To)
		}
		r.add(fromAdmissions, sqlOf("discharged_on = ''").and(begun))
		r.add(fromAdmissions, sqlOf("discharged_on >= ?", s.Stays.From).and(begun))
	}
	if s.Admitted.From != 0 {
		r.add(fromAdmissions, within("admitted_on", s.Admitted))
	}
	if !s.Month.IsZero() {
		r.add(fromSessions, within("guided_on", models.Period{From: s.Month.First(), To: s.Month.Last()}))
		r.add(fromSessions, sqlOf("claim_month <> '' AND claim_month = ?", s.Month))
		r.add("closed_verdicts", sqlOf("month = ?", s.Month))
		r.add(fromSessions, sqlOf("number IN (SELECT session FROM closed_verdicts WHERE month = ?)", s.Month))
	}
}

// The latest days of dealings before a day, by care manager or partner. With a
// care manager there is one before each day on which a 所属 begins or has ended:
// in between the office stays the same.
const (
	latestAtOffices = `SELECT care_managers.code AS who, (SELECT max(d.{day}) FROM {dealings} d WHERE d.care_manager = care_managers.code AND {own} AND d.{day} < ?) AS latest FROM care_managers
		UNION SELECT a.care_manager, (SELECT max(d.{day}) FROM {dealings} d WHERE d.care_manager = a.care_manager AND {own} AND d.{day} < a.started_on AND d.{day} < ?) FROM affiliations a
		UNION SELECT a.care_manager, (SELECT max(d.{day}) FROM {dealings} d WHERE d.care_manager = a.care_manager AND {own} AND d.{day} <= a.ended_on AND d.{day} < ?) FROM affiliations a WHERE a.ended_on <> ''`
	latestOfPartners = `SELECT partners.code AS who, (SELECT max(d.contacted_on) FROM contacts d WHERE d.partner = partners.code AND d.contacted_on < ?) AS latest FROM partners`
)

// latest selects the keys of the dealings on the latest days. own is a
// condition on a dealing d.
func (s scope) latest(days, dealings, key, day, own, who string) clause {
	names := strings.NewReplacer("{dealings}", dealings, "{day}", day, "{own}", own)
	sql := names.Replace("SELECT d." + key + " FROM (" + days + ") AS bounds JOIN {dealings} d ON d." + who + " = bounds.who AND d.{day} = bounds.latest AND {own} WHERE d.{day} <> ''")
	q := clause{sql: sql}
	for range strings.Count(days, "?") {
		q.values = append(q.values, s.Before)
	}
	return q
}

func (s scope) latestSessions() clause {
	return s.latest(latestAtOffices, "joint_guidances", "number", "guided_on", "d.care_manager <> ''", "care_manager")
}

// latestContacts selects those with a partner, or those with a care manager
// alone: it is the office of the care manager that they are with.
func (s scope) latestContacts(who, days string) clause {
	own := "d.partner IS NOT NULL"
	if who == "care_manager" {
		own = "d.partner IS NULL AND d.care_manager IS NOT NULL"
	}
	return s.latest(days, "contacts", "number", "contacted_on", own, who)
}

// careManagers returns the conditions on care_manager of the care managers of a
// scope. They need not be registered.
func (s scope) careManagers() []clause {
	var by []clause
	if len(s.CareManagers) > 0 {
		by = append(by, sqlOf("care_manager IN ?", s.CareManagers))
	}
	if len(s.Partners) > 0 {
		by = append(by, sqlOf("SELECT care_manager FROM affiliations WHERE partner IN ?", s.Partners).in("care_manager"))
	}
	return by
}

// contacts selects the 連絡番号 of a scope. only is a further condition on a
// row of contacts, or blank.
func (s scope) contacts(only clause) clause {
	var r roots
	add := func(where clause) { r.add("contacts", where) }
	if s.Contacts.From != 0 {
		add(within("contacted_on", s.Contacts))
	}
	if s.Before != 0 {
		add(s.latestContacts("care_manager", latestAtOffices).in("number"))
		add(s.latestContacts("partner", latestOfPartners).in("number"))
	}
	if s.Menkai.From != 0 {
		add(sqlOf("kind IN ('面会', 'ビデオ通話')").and(within("contacted_on", s.Menkai)))
	}
	if s.OfPatients {
		add(sqlOf("patient_id <> ''").and(s.patients(clause{}).in("patient_id")))
	}
	if s.OfPartners && len(s.Partners) > 0 {
		add(sqlOf("partner IN ?", s.Partners))
	}
	for _, by := range s.careManagers() {
		if s.OfPartners {
			add(by)
		}
	}
	return r.choose("number", only)
}
