package reports

import (
	"cmp"
	"context"
	"fmt"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

const coverageTitle = "連携状況報告"

// coverageKind is the 連携状況報告 for managers.
var coverageKind = Kind{
	Name: "coverage", Title: coverageTitle, Basis: ByPeriod, judges: true, ahead: true, Narrows: true,
	part:    func(r Request) models.Part { return liaison.CoveragePart(scopeOf(&r), r.Facts.Params) },
	Purpose: "管理者に、加算1を満たし続けられるか、連携の薄いところ、仕事の量と書類、指導料2率と、指導料2にならなかった理由を報告します",
	Counts:  coverageContents,
	Make:    writeCoverage,
}

// coverage is the report under construction: the figures of the page 連携の状況.
type coverage struct {
	*Request
	place place
	when  string
	scope liaison.Scope

	figures    liaison.Figures
	now, march liaison.Partners25
	outlooks   liaison.Outlooks

	activities, year []liaison.Activity // of the period, of the last twelve months
	areas            []liaison.AreaRow
	unready          []liaison.Unready

	months   []coverageMonth
	asked    []liaison.AskedMonth
	awaited  []liaison.Awaited
	informed []liaison.Informing
	papers   liaison.Papers

	sessions  []*fee.Verdict // since 2026-06-01
	waterfall liaison.Waterfall
	actions   []liaison.Action
}

// coverageMonth holds all figures of a month.
type coverageMonth struct {
	liaison.ContactMonth
	admitted liaison.PeacetimeMonth
	judged   liaison.Share // blank before 2026-06
}

func writeCoverage(ctx context.Context, path string, r Request) error {
	if err := r.checkPeriod(coverageTitle); err != nil {
		return err
	}
	where, err := r.narrowing()
	if err != nil {
		return err
	}
	r.AsOf = cmp.Or(r.AsOf, r.OutputOn)
	c := newCoverage(&r, where)
	if err := canceled(ctx); err != nil {
		return err
	}
	b := r.newBook(coverageTitle + " " + periodWords(r.Period))
	months := withTotal(coverageMonthColumns(), c.months, monthTotal(c.months)).asList(1)
	c.addSummary(b, months)
	line := c.countLine()
	c.addKasan1(b, line)
	c.addCountLine(b, line)
	c.addLacking(b)
	c.addBusiest(b)
	c.addSilence(b)
	c.addUnready(b)
	c.addPapers(b)
	c.addActions(b)
	c.addAreas(b)
	c.addMonths(b, months)
	c.addStaff(b)
	c.addReasons(b)
	c.addShares(b)
	c.addTermSheet(b, c.headWhen(), coverageTerms)
	return b.save(ctx, path)
}

// scopeOf returns the scope of the report's figures.
func scopeOf(r *Request) liaison.Scope {
	return liaison.Scope{Period: r.Period, AsOf: cmp.Or(r.AsOf, r.OutputOn), Ward: r.Ward, Area: r.Area}
}

// coverageContents summarises 概要.
func coverageContents(r Request) string {
	scope, partners := scopeOf(&r), 0
	for _, a := range liaison.Areas(liaison.Activities(r.Facts, scope)) {
		partners += a.Total
	}
	contacts, meetings, sessions := 0, 0, 0
	for _, m := range liaison.ContactsByMonth(r.Facts, r.Verdicts, scope) {
		contacts, meetings, sessions = contacts+m.Contacts, meetings+m.Meetings, sessions+m.Sessions
	}
	return fmt.Sprintf("連携先 %dか所 ・ 共同指導 %d件 ・ やり取り %d件 ・ 会議 %d件", partners, sessions, contacts, meetings)
}

func newCoverage(r *Request, where place) coverage {
	f := r.Facts
	c := coverage{
		Request: r, place: where, when: periodWords(r.Period),
		scope: scopeOf(r),
	}
	whole, all := r.monitored()
	c.figures = r.monitor(r.AsOf)
	c.now, c.march = liaison.StandingNow(f, r.AsOf), liaison.StandingByMarch(f, r.AsOf)
	c.outlooks = liaison.Forecast(whole, all, r.AsOf)
	c.activities, c.year = liaison.Activities(f, c.scope), liaison.Activities(f, c.lastYear())
	c.areas = liaison.Areas(c.activities)
	c.unready = liaison.UnreadyCareManagers(f, r.Rules, c.scope)
	c.asked, c.awaited = liaison.AskedByMonth(f, r.Verdicts, c.scope), liaison.AwaitedOn(f, c.scope)
	c.informed, c.papers = liaison.InformedByMonth(f, c.scope), liaison.PapersOf(r.Verdicts, c.scope)
	judged, verdicts := r.together()
	c.sessions = c.scope.Sessions(verdicts)
	c.waterfall = liaison.Fee2Waterfall(judged, r.Rules, verdicts, c.sessions)
	c.actions = liaison.WhatIf(judged, r.Rules, verdicts, c.sessions)
	c.months = c.byMonth()
	return c
}

// lastYear returns the scope of the twelve months to AsOf.
func (c coverage) lastYear() liaison.Scope {
	year := c.scope
	year.Period = models.LastMonths(c.AsOf, 12)
	return year
}

func (c coverage) byMonth() []coverageMonth {
	judged := map[string]liaison.Share{}
	for _, s := range liaison.Fee2Shares(c.Facts, c.sessions, c.scope, liaison.ByMonth) {
		judged[s.Key] = s
	}
	admitted := liaison.PeacetimeByMonth(c.Facts, c.Rules, c.scope)
	var months []coverageMonth
	for i, m := range liaison.ContactsByMonth(c.Facts, c.Verdicts, c.scope) {
		months = append(months, coverageMonth{m, admitted[i], judged[m.Month.String()]})
	}
	return months
}

// headWhen returns the period, with AsOf if it is not the day of output.
func (c coverage) headWhen() string {
	if c.AsOf == c.OutputOn {
		return c.when
	}
	return c.when + "　基準日 " + c.AsOf.String()
}

// day names AsOf.
func (c coverage) day() string {
	if c.AsOf == c.OutputOn {
		return "出力日"
	}
	return "基準日"
}

// begin adds a sheet with its title. to is how far ward and area narrow its
// figures.
func (c coverage) begin(b *book, name string, p page, to reach, title, info string) *sheet {
	s := b.addSheet(name, p)
	s.title(title, c.head(c.headWhen()), info+"　"+c.place.narrowed(to))
	return s
}
