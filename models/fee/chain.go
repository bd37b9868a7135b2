package fee

import (
	"context"
	"slices"
	"strings"

	"renkei/models"
)

// Chain is the sessions that share the limits of 「この入院」: those of one
// admission, or of admissions counted together (通算入院, Q14).
type Chain []*models.JointGuidance

// Chains splits the sessions of a book into chains. Sessions of an unregistered
// admission form a chain by 患者ID and 入院日. A session without 患者ID or
// 入院日 stands alone.
func Chains(f *Facts) []Chain { return chainsOf(f, nil) }

// chainsOf returns the chains of the sessions that are asked for. nil asks for
// all. Whoever asks for a session asks for its chain.
func chainsOf(f *Facts, asked func(*models.JointGuidance) bool) []Chain {
	index := make(map[string]int)
	var chains []Chain
	for i := range f.Book.Sessions {
		s := &f.Book.Sessions[i]
		if asked != nil && !asked(s) {
			continue
		}
		key := chainKey(f, s)
		if at, ok := index[key]; ok && key != "" {
			chains[at] = append(chains[at], s)
			continue
		}
		index[key] = len(chains)
		chains = append(chains, Chain{s})
	}
	return chains
}

func chainKey(f *Facts, s *models.JointGuidance) string {
	if s.PatientID == "" || s.AdmittedOn == 0 {
		return ""
	}
	return ChainOf(f, s.Key())
}

// ChainOf returns the key shared by all admissions whose limits are counted
// together with this one (通算入院, Q14). The admission need not be registered.
func ChainOf(f *Facts, key models.AdmissionKey) string {
	if adm := f.Admission(key); adm != nil && adm.ChainKey != "" && f.Params.MergeLinkedAdmissions {
		return key.PatientID + "\x00linked\x00" + adm.ChainKey
	}
	return key.PatientID + "\x00" + key.AdmittedOn.String()
}

// JudgeAll judges every session of the book. The verdicts are sorted by
// 指導番号. It stops when ctx is cancelled, with its error.
func JudgeAll(ctx context.Context, f *Facts, rules Rules) ([]Verdict, error) {
	return JudgeSome(ctx, f, rules, nil)
}

// JudgeSome judges the chains that asked accepts, all or none of the sessions
// of each; nil accepts all. The verdicts are sorted by 指導番号. It stops when
// ctx is cancelled, with its error.
func JudgeSome(ctx context.Context, f *Facts, rules Rules, asked func(*models.JointGuidance) bool) ([]Verdict, error) {
	var verdicts []Verdict
	if asked == nil {
		verdicts = slices.Grow(verdicts, len(f.Book.Sessions))
	}
	for _, chain := range chainsOf(f, asked) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		verdicts = append(verdicts, Judge(chain, f, rules)...)
	}
	slices.SortFunc(verdicts, ByNumber)
	return verdicts, nil
}

// ByNumber orders verdicts by 指導番号.
func ByNumber(a, b Verdict) int { return strings.Compare(a.Session.Number, b.Session.Number) }

// Judge judges the sessions of one chain, given in any order.
func Judge(chain Chain, f *Facts, rules Rules) []Verdict {
	j := newJudging(chain, f, &rules)
	j.count()
	j.choosePlan()
	j.place()
	return j.verdicts()
}

// judging is the working state for one chain (fee-rules 11-2).
type judging struct {
	f        *Facts
	rules    *Rules
	sessions []*ruled // by 指導番号
	t1, t2   int
	plan     Plan
	legacy   int                  // L: places of 指導料1 taken by the old dates
	free1    map[models.Date]bool // days that may be billed as 指導料1
}

// ruled is a session with its code and result.
type ruled struct {
	*assessment
	result Result
	final  string
	points int
	sameAs *ruled        // the session that holds its date (code 8)
	taken  []models.Date // the days that hold the places (code 9)
}

func (r *ruled) recorded() bool { return r.s.Claim.Recorded() }

// blocked: recorded as billed, but 11-1 refuses it or cannot decide.
func (r *ruled) blocked() bool { return r.recorded() && r.s.On != 0 && !r.candidate() }

func newJudging(chain Chain, f *Facts, rules *Rules) *judging {
	j := &judging{f: f, rules: rules}
	multi := make(map[models.Date]bool)
	for _, s := range chain {
		if s.On != 0 && s.MultiAgency.Is() {
			multi[s.On] = true
		}
	}
	for _, s := range chain {
		a := assess(f, rules, s, multi[s.On])
		j.sessions = append(j.sessions, &ruled{assessment: a, final: a.code})
	}
	slices.SortFunc(j.sessions, func(a, b *ruled) int { return strings.Compare(a.s.Number, b.s.Number) })
	return j
}

func (j *judging) any(test func(*ruled) bool) bool { return slices.ContainsFunc(j.sessions, test) }

func (j *judging) recordedAs(claim models.Claim) bool {
	return j.any(func(r *ruled) bool { return r.s.Claim == claim })
}

// dates returns the distinct days of the sessions that pass the test.
func (j *judging) dates(test func(*ruled) bool) map[models.Date]bool {
	set := make(map[models.Date]bool)
	for _, r := range j.sessions {
		if r.s.On != 0 && test(r) {
			set[r.s.On] = true
		}
	}
	return set
}

func (j *judging) legacyAsFee1() bool { return j.f.Params.LegacyTreatedAs == LegacyAsFee1 }

// count works out T1 and T2: the points of the chain if all sessions were
// billed as 1 or as 2 (11-2, 1).
func (j *judging) count() {
	const places = 2 // 入院中2回に限る (告示 注1・注2)
	taken := j.dates(func(r *ruled) bool { return r.blocked() && !r.old() })
	free2 := j.dates(func(r *ruled) bool { return r.candidate() && r.e2 && !taken[r.s.On] })
	j.free1 = j.dates(func(r *ruled) bool { return r.candidate() && r.e1 && !r.old() && !taken[r.s.On] })
	if j.legacyAsFee1() {
		billed2 := j.recordedAs(models.ClaimFee2)
		j.legacy = min(places, len(j.dates(func(r *ruled) bool {
			return r.old() && (r.s.Claim == models.ClaimLegacy || !billed2 && r.candidate() && r.e1)
		})))
	}
	j.t2 = j.rules.Points.Fee2 * min(max(0, places-len(taken)), len(free2))
	j.t1 = j.rules.Points.Fee1 * min(max(0, places-j.legacy-len(taken)), len(j.free1))
}

// choosePlan picks the fee the chain is billed by (11-2, 2): the recorded one,
// else the one with more points, 指導料2 on a tie.
func (j *judging) choosePlan() {
	switch {
	case j.recordedAs(models.ClaimFee1) || j.legacy > 0:
		j.plan = Plan1
	case j.recordedAs(models.ClaimFee2):
		j.plan = Plan2
	case j.t2 > 0 && j.t2 >= j.t1:
		j.plan = Plan2
	case j.t1 > 0:
		j.plan = Plan1
	}
}

// fits reports whether a candidate meets the fee of the plan (11-2, 3).
func (j *judging) fits(r *ruled) bool {
	switch {
	case !r.candidate():
		return false
	case r.old():
		return r.e1 && !(j.plan == Plan2 && j.legacyAsFee1())
	case j.plan == Plan2:
		return r.e2
	case j.plan == Plan1:
		return r.e1
	}
	return false
}

// seats are the places of a chain: two for old and new dates together when the
// old fee counts as 指導料1, else two for each.
type seats struct {
	shared bool
	taken  [2][]models.Date
	used   map[models.Date]*ruled // the session that used the date
}

func (t *seats) index(r *ruled) int {
	if t.shared || r.old() {
		return 0
	}
	return 1
}

func (t *seats) take(r *ruled) {
	t.used[r.s.On] = r
	t.taken[t.index(r)] = append(t.taken[t.index(r)], r.s.On)
}

func (t *seats) full(r *ruled) bool { return len(t.taken[t.index(r)]) >= 2 }

// place gives each session its place, or the code that says why it has none
// (11-2, 3). Recorded sessions come first.
func (j *judging) place() {
	table := &seats{shared: j.legacyAsFee1(), used: make(map[models.Date]*ruled)}
	for _, r := range j.inOrder() {
		j.placeOne(table, r)
	}
	for _, r := range j.sessions {
		j.conclude(r)
	}
}

func (j *judging) placeOne(table *seats, r *ruled) {
	holder, used := table.used[r.s.On]
	switch {
	case r.recorded() && !j.fits(r):
		// A session already billed keeps its place, even as the third.
		if r.candidate() {
			r.final = j.misfit(r)
		}
		if !used {
			table.take(r)
		}
	case !r.candidate():
	case used:
		r.final, r.sameAs = "8", holder
	case j.fits(r) && table.full(r):
		r.final, r.taken = "9", slices.Clone(table.taken[table.index(r)])
		table.used[r.s.On] = r
	case j.fits(r):
		r.final = j.fitCode(r)
		table.take(r)
	default:
		if other := j.fittingOn(r.s.On); other != nil {
			r.final, r.sameAs = "8", other
		} else {
			r.final = j.misfit(r)
		}
	}
}

// inOrder returns the sessions that have a day: recorded before unrecorded,
// then by day, then (recorded only) those that fit first, then by 指導番号.
func (j *judging) inOrder() []*ruled {
	ordered := slices.DeleteFunc(slices.Clone(j.sessions), func(r *ruled) bool { return r.s.On == 0 })
	slices.SortFunc(ordered, func(a, b *ruled) int {
		if a.recorded() != b.recorded() {
			return before(a.recorded())
		}
		if a.s.On != b.s.On {
			return int(a.s.On) - int(b.s.On)
		}
		if a.recorded() && j.fits(a) != j.fits(b) {
			return before(j.fits(a))
		}
		return strings.Compare(a.s.Number, b.s.Number)
	})
	return ordered
}

func before(first bool) int {
	if first {
		return -1
	}
	return 1
}

func (j *judging) fittingOn(on models.Date) *ruled {
	for _, r := range j.sessions {
		if r.s.On == on && j.fits(r) {
			return r
		}
	}
	return nil
}

func (j *judging) fitCode(r *ruled) string {
	switch {
	case r.old():
		return "1"
	case j.plan == Plan2:
		return "11"
	}
	return "13"
}

func (j *judging) misfit(r *ruled) string {
	switch {
	case j.plan == Plan2 && r.e1:
		return "12"
	case j.plan == Plan1 && r.e2:
		return "10"
	}
	return "14"
}

// conclude turns the code into the result and its points (11-2, 4).
func (j *judging) conclude(r *ruled) {
	p := j.rules.Points
	switch r.final {
	case "0":
		r.result = Pending
	case "1":
		r.result, r.points = FeeLegacy, p.Legacy
	case "11":
		r.result, r.points = Fee2, p.Fee2
	case "13":
		r.result, r.points = Fee1, p.Fee1
	case "15":
		r.result = NotBilled
	default:
		r.result = NotBillable
	}
}
