package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// checkDay refuses a future day for a report about the past.
func (k Kind) checkDay(r Request) error {
	if k.Basis == ByMonth || k.ahead || r.AsOf <= r.OutputOn || r.OutputOn.IsZero() {
		return nil
	}
	return models.Errorf(models.Invalid, "%sは今日（%s）までの日で作ってください。先の日の見込は、加算1・包括期のモニタ、面会状況一覧、平時の連携体制、連携状況報告で作れます", k.Title, r.OutputOn)
}

// day returns the day up to which the report knows the register. Reports of a
// month or a period also know the days up to its end. A blank form, or a period
// narrowed to one record, knows everything.
func (k Kind) day(r Request) models.Date {
	on := cmp.Or(r.AsOf, r.OutputOn)
	switch {
	case r.Blank || k.Basis == ByPeriod && r.Key != "":
		return models.MaxDate
	case k.Basis == ByMonth:
		return max(on, r.Month.Last())
	case k.Basis == ByPeriod && !k.Narrows:
		return max(on, r.Period.To)
	}
	return on
}

// known returns the request cut to what was known on the day of the report. What
// is recorded now stays beside it: the monitors count its verdicts (fee-rules
// 11-4), and a report of a month bills by them.
func (k Kind) known(ctx context.Context, r Request) (Request, error) {
	on := k.day(r)
	if !k.judges && k.Basis != ByMonth {
		r.Facts = factsOn(r.Facts, on)
		return r, nil
	}
	knownOn := liaison.KnownOn
	if k.monitors {
		knownOn = liaison.MonitoredOn
	}
	known, err := knownOn(ctx, r.Facts, r.Rules, r.Verdicts, on)
	if err != nil {
		return Request{}, err
	}
	if k.Basis == ByMonth {
		known.Verdicts, r.AsOf = withPapers(known.Verdicts, r.Verdicts), cmp.Or(r.AsOf, r.OutputOn)
	}
	r.known = &known
	r.Facts, r.Verdicts, r.turned = known.Facts, known.Verdicts, slices.DeleteFunc(slices.Clone(known.Turned), func(t liaison.Turned) bool { return !k.shows(&r, &t.Now.Session) })
	return r, nil
}

// factsOn returns the register as known on a day, itself when nothing is later.
func factsOn(f *fee.Facts, on models.Date) *fee.Facts {
	book := f.Book.Until(on)
	if book == f.Book {
		return f
	}
	return fee.NewFacts(book, f.Params)
}

// shows reports whether the report is about a session: its month, or the
// admission it is narrowed to.
func (k Kind) shows(r *Request, s *models.JointGuidance) bool {
	switch {
	case k.Basis != ByMonth:
		return k.judges
	case r.Key != "":
		return s.Key().String() == r.Key
	}
	return s.On.Month() == r.Month
}

// withPapers puts sessions and admissions as recorded now into the verdicts of
// a day: a month is billed by papers that came later.
func withPapers(known, now []fee.Verdict) []fee.Verdict {
	recorded := make(map[string]*fee.Verdict, len(now))
	for i := range now {
		recorded[now[i].Session.Number] = &now[i]
	}
	list := slices.Clone(known)
	for i := range list {
		v := recorded[list[i].Session.Number]
		list[i].Session, list[i].Admission, list[i].Warnings, list[i].Conditions = v.Session, v.Admission, v.Warnings, v.Conditions
	}
	return list
}

// monitored returns the register the monitors use.
func (r *Request) monitored() (*fee.Facts, []fee.Verdict) {
	if r.known == nil {
		return r.Facts, r.Verdicts
	}
	return r.known.Whole, r.known.WholeVerdicts
}

// together returns the register for judging again, see liaison.Known.
func (r *Request) together() (*fee.Facts, []fee.Verdict) {
	if r.known == nil {
		return r.Facts, r.Verdicts
	}
	return r.known.Together()
}

// monitor works out the figures of 加算1 and 包括期充実体制加算 on a day.
func (r *Request) monitor(on models.Date) liaison.Figures {
	facts, verdicts := r.monitored()
	return liaison.Monitor(facts, verdicts, on)
}

const turnedSheet = "後の記録による判定"

// addTurned marks the sessions whose result later sessions changed: a line on
// the first sheet, and a sheet that lists them.
func (b *book) addTurned() {
	if len(b.turned) == 0 || len(b.sheets) == 0 {
		return
	}
	first := b.sheets[0]
	at := slices.IndexFunc(first.blocks, func(x block) bool {
		return x.role != roleTitle && x.role != roleInfo || x.grid != nil || x.chart != nil
	})
	if at < 0 {
		at = len(first.blocks)
	}
	first.blocks = slices.Insert(first.blocks, at, block{role: roleInfo,
		text: fmt.Sprintf("※ この帳票の日より後の共同指導により、判定が変わった共同指導が %d件あります（シート「%s」）", len(b.turned), turnedSheet)})
	s := b.addSheet(turnedSheet, page{landscape: true, minFont: 9, indent: true})
	s.title("※ 後の記録により判定が変わった共同指導", fmt.Sprintf("%s　出力日 %s", cmp.Or(b.hospital, "（病院名 未登録）"), b.outputOn), fmt.Sprintf("全 %d件　並び: 指導番号の順", len(b.turned)))
	words := func(v fee.Verdict) string { return fmt.Sprintf("%s（%d点）", v.Result, v.Points) }
	s.table(tabulate([]column[liaison.Turned]{
		{head: "指導番号", width: fit(8, 12), format: formatID, value: func(t liaison.Turned) any { return t.Now.Session.Number }},
		{head: "患者ID", width: fit(9, 12), format: formatID, value: func(t liaison.Turned) any { return t.Now.Session.PatientID }},
		{head: "指導日", format: formatDate, value: func(t liaison.Turned) any { return t.Now.Session.On }},
		{head: "その日までの\n記録での判定", width: fit(16, 18), value: func(t liaison.Turned) any { return words(t.Then) }},
		{head: "この帳票の判定\n（後の記録を含む）", width: fit(16, 18), value: func(t liaison.Turned) any { return words(t.Now) }},
		{head: "理由", width: flex(40), value: func(t liaison.Turned) any { return t.Why() }},
	}, b.turned).asList(1))
	s.note("1つの入院では指導料1と2を混ぜられず、2回までです（通知(9)）。後の日の共同指導が加わると、前の共同指導の判定が変わることがあります。この帳票の数は、後の記録を含めた判定によります。")
}
