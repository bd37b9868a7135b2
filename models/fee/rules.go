// Package fee judges joint guidance sessions for 介護支援等連携指導料
// (B005-1-2). It is the only place that judges: the window, the commands and
// the reports show its Verdict.
//
// All functions are pure: no clock, no database, no global state. Points,
// sources and the words of reasons are data (assets/rules). Which conditions
// are asked, in which order, and the arithmetic of an admission are code,
// because the 告示 and the 通知 fix them: change them only for a new edition of
// the rules. Counts and monitors over the verdicts are in models/liaison.
package fee

import (
	"encoding/json"
	"slices"
	"strings"

	"renkei/models"
)

// Rules is a rule set: one edition of the fee, with its points and words. It is
// immutable once parsed.
type Rules struct {
	Version       string            `json:"version"`
	EffectiveFrom string            `json:"effective_from"` // YYYY-MM-DD
	ReadUntil     string            `json:"read_until"`     // YYYY-MM-DD; later 告示・通知・施設基準 are not in it
	ReadQA        string            `json:"read_qa"`        // the last 疑義解釈 read
	Unread        []string          `json:"unread"`         // texts known to exist but not read
	Title         string            `json:"title"`
	Points        Points            `json:"points"`
	YenPerPoint   int               `json:"yen_per_point"`
	Sources       []Source          `json:"sources"`
	Conditions    []ConditionText   `json:"conditions"`
	Reasons       map[string]string `json:"reasons"`
	Warnings      map[string]Words  `json:"warnings"`
}

// YenPerPoint is the payment per point: 1点 = 10円.
const YenPerPoint = 10

// Of returns the points of a result, 0 if it earns none.
func (p Points) Of(r Result) int {
	switch r {
	case Fee1:
		return p.Fee1
	case Fee2:
		return p.Fee2
	case FeeLegacy:
		return p.Legacy
	}
	return 0
}

// Points are the points of one session.
type Points struct {
	Fee1   int `json:"fee1"`
	Fee2   int `json:"fee2"`
	Legacy int `json:"legacy"`
}

// Source is a public text the rules rest on.
type Source struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ConditionText names a condition and the paragraph it comes from.
type ConditionText struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Source string `json:"source"`
	Fee2   bool   `json:"fee2"`
}

// Words are the sentence of a warning, what to do about it, and what to do
// after its day has passed.
type Words struct {
	Text string `json:"text"`
	Todo string `json:"todo"`
	Late string `json:"late"`
}

// ReadWords says up to which texts the edition was read.
func (r *Rules) ReadWords() string {
	return "告示・通知・施設基準は" + r.ReadUntil + "まで、疑義解釈は" + strings.TrimPrefix(r.ReadQA, "疑義解釈 ") + "までを読んで作りました"
}

// UnreadWords names the texts known to exist but not in the edition, "" when
// there are none.
func (r *Rules) UnreadWords() string {
	if len(r.Unread) == 0 {
		return ""
	}
	return "出ていて、まだ読んでいないもの: " + strings.Join(r.Unread, "、")
}

// ParseRules reads a rule set. It returns an error unless every code, condition
// and warning the judgement can give has its words.
func ParseRules(data []byte) (Rules, error) {
	var r Rules
	if err := json.Unmarshal(data, &r); err != nil {
		return Rules{}, models.Wrap(err, models.Internal, "判定ルールを読み込めません")
	}
	var missing []string
	for _, code := range append(slices.Clone(Codes), "12old", "13plan", "14old") {
		if r.Reasons[code] == "" {
			missing = append(missing, "reason "+code)
		}
	}
	for _, id := range conditionIDs {
		if r.condition(id).Name == "" {
			missing = append(missing, "condition "+id)
		}
	}
	for _, code := range WarningCodes {
		if r.Warnings[code].Text == "" {
			missing = append(missing, "warning "+code)
		}
	}
	if r.ReadUntil == "" || r.ReadQA == "" {
		missing = append(missing, "read_until or read_qa")
	}
	if r.Version == "" || r.Points.Fee1 <= 0 || r.Points.Fee2 <= 0 || r.Points.Legacy <= 0 {
		missing = append(missing, "version or points")
	}
	if len(missing) > 0 {
		return Rules{}, models.Errorf(models.Internal, "判定ルールに足りない項目があります: %s", strings.Join(missing, ", "))
	}
	return r, nil
}

// Codes lists every verdict code, in the order of the rules.
var Codes = []string{
	"0", "1", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "7a", "7b", "7c",
	"8", "9", "10", "11", "12", "13", "14", "15",
}

// WarningCodes lists every warning code.
var WarningCodes = []string{"W1", "W2", "W3", "W4", "W5", "W6", "W7"}

func (r *Rules) condition(id string) ConditionText {
	for _, c := range r.Conditions {
		if c.ID == id {
			return c
		}
	}
	return ConditionText{}
}

// fill replaces {name} in a sentence of the rule set. pairs are name, value,
// name, value …
func fill(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		sentence = strings.ReplaceAll(sentence, "{"+pairs[i]+"}", pairs[i+1])
	}
	return sentence
}
