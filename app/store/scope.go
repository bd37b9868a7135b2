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
		r.add(fromSessions, dealtBySession.latest(latestAtOffices, "care_manager", withCareManager, s.Before).in("number"))
	}
	if s.Met != 0 {
		r.add(fromSessions, dealtBySession.latest(latestAtOffices, "care_manager", withCareManager+byOur, s.Met).in("number"))
	}
	if s.AcrossPolicies {
		for _, day := range []string{"p.effective_on", "p.announced_on"} {
			r.add("policies p CROSS JOIN joint_guidances", sqlOf(day+" <> '' AND guided_on >= "+day+" AND admitted_on < "+day).and(sqlOf("guided_on >= ?", models.RevisionDate)))
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

// dealings are records of a table that were had with a care manager or a 連携先.
type dealings struct{ table, day, staff, by string }

var (
	dealtByContact = dealings{table: "contacts", day: "contacted_on", staff: "contact_staff", by: "kind"}
	dealtBySession = dealings{table: "joint_guidances", day: "guided_on", staff: "joint_guidance_staff", by: "way"}
)

// The latest days of dealings d before a day, by care manager or partner. {own} is
// a condition on a dealing. At the offices of a care manager there is one before
// each day on which a 所属 begins or has ended: in between the office stays the same.
// The newest is looked for by going back from the day until one fits; for max()
// PostgreSQL would try all of them.
const (
	latestAtOffices = `SELECT care_managers.code AS who, (SELECT d.{day} FROM {table} d WHERE d.care_manager = care_managers.code AND {own} AND d.{day} < ? ORDER BY d.{day} DESC LIMIT 1) AS latest FROM care_managers
		UNION SELECT a.care_manager, (SELECT d.{day} FROM {table} d WHERE d.care_manager = a.care_manager AND {own} AND d.{day} < a.started_on AND d.{day} < ? ORDER BY d.{day} DESC LIMIT 1) FROM affiliations a
		UNION SELECT a.care_manager, (SELECT d.{day} FROM {table} d WHERE d.care_manager = a.care_manager AND {own} AND d.{day} <= a.ended_on AND d.{day} < ? ORDER BY d.{day} DESC LIMIT 1) FROM affiliations a WHERE a.ended_on <> ''`
	latestOfPartners     = `SELECT partners.code AS who, (SELECT d.{day} FROM {table} d WHERE d.partner = partners.code AND {own} AND d.{day} < ? ORDER BY d.{day} DESC LIMIT 1) AS latest FROM partners`
	latestOfCareManagers = `SELECT care_managers.code AS who, (SELECT d.{day} FROM {table} d WHERE d.care_manager = care_managers.code AND {own} AND d.{day} < ? ORDER BY d.{day} DESC LIMIT 1) AS latest FROM care_managers`
)

// The conditions by which a dealing is with a care manager or with a partner. At
// the office of the care manager are those with the care manager alone.
const (
	withCareManager = "d.care_manager <> ''"
	withPartner     = "d.partner IS NOT NULL"
	aloneWithThem   = "d.partner IS NULL AND d.care_manager IS NOT NULL"
	// byOur: one of those who met the other side was 部門の担当者 or 病棟専任 on the day.
	byOur = ` AND d.{by} IN ('面会', '対面', 'ビデオ通話') AND EXISTS (SELECT 1 FROM {staff} our JOIN staff ON staff.code = our.staff
		WHERE our.number = d.number AND (staff.department <> '' OR staff.ward_dedicated = 1)
			AND d.{day} >= staff.valid_from AND (staff.valid_to = '' OR d.{day} <= staff.valid_to))`
)

// latest selects the numbers of the dealings on the latest days before a day. CROSS
// has SQLite go from the few bounds to the dealings, not the other way.
func (of dealings) latest(days, who, own string, before models.Date) clause {
	sql := "SELECT d.number FROM (" + days + ") AS bounds CROSS JOIN {table} d WHERE d." + who + " = bounds.who AND d.{day} = bounds.latest AND {own} AND d.{day} <> ''"
	sql = strings.ReplaceAll(sql, "{own}", own)
	q := clause{sql: strings.NewReplacer("{table}", of.table, "{day}", of.day, "{staff}", of.staff, "{by}", of.by).Replace(sql)}
	for range strings.Count(days, "?") {
		q.values = append(q.values, before)
	}
	return q
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

// ofBilled selects the keys that the 締めの判定 of 共同指導 g have, of every closing
// of the month each is billed in (models.JointGuidance.BilledMonth).
const ofBilled = `SELECT c.month, c.number, g.number FROM joint_guidances g
	JOIN closings c ON c.month = CASE WHEN g.claim_month <> '' OR g.guided_on = '' THEN g.claim_month ELSE substr(g.guided_on, 1, 7) END WHERE `

// kept is the condition on the 締めの判定 of a scope, blank for none.
func (s scope) kept() clause {
	month, billed := sqlOf("month = ?", s.Month), s.patients(clause{}).in("g.patient_id")
	billed.sql = "(month, number, session) IN (" + ofBilled + billed.sql + ")"
	switch {
	case s.Month.IsZero() && !s.Kept:
		return clause{}
	case !s.Kept:
		return month
	case s.Month.IsZero():
		return billed
	}
	return clause{"(" + month.sql + " OR " + billed.sql + ")", append(month.values, billed.values...)}
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
		add(dealtByContact.latest(latestAtOffices, "care_manager", aloneWithThem, s.Before).in("number"))
		add(dealtByContact.latest(latestOfCareManagers, "care_manager", withCareManager, s.Before).in("number"))
		add(dealtByContact.latest(latestOfPartners, "partner", withPartner, s.Before).in("number"))
	}
	if s.Met != 0 {
		add(dealtByContact.latest(latestAtOffices, "care_manager", aloneWithThem+byOur, s.Met).in("number"))
		add(dealtByContact.latest(latestOfPartners, "partner", withPartner+byOur, s.Met).in("number"))
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
