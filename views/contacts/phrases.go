package contacts

import (
	"cmp"
	"strings"

	"renkei/views/page"
)

// Phrase is a 定型文: what it is for, and the text.
type Phrase struct {
	Purpose string `json:"purpose,omitempty"`
	Text    string `json:"text"`
}

// mostPhrases is how many phrases there are keys for: Alt+1 to Alt+9.
const mostPhrases = 9

// firstPhrases are there until the user changes them.
var firstPhrases = []Phrase{
	{"退院前の連絡", "退院予定日をお伝えし、ケアプランに必要な情報を提供した。"},
	{"共同指導の日程調整", "共同指導の日程を相談した。候補日は "},
	{"入院の連絡・情報提供", "入院をお知らせし、入院時情報提供書をお願いした。"},
	{"入院時情報提供書の受領", "入院時情報提供書を受け取り、内容を確認した。"},
	{"ケアプランの写し", "ケアプランの写しの送付をお願いした。"},
	{"経過の共有", "病状と退院の見通しをお伝えした。"},
	{"退院後の状況報告", "退院後の暮らしの様子をうかがった。"},
	{"連携体制の協議", "互いの連絡先と担当者を確認した。"},
	{"不在", "不在のため、折り返しの電話をお願いした。"},
}

// recallPhrases returns the phrases that were kept, or firstPhrases when the user
// has changed none yet.
func recallPhrases(shell page.Shell) []Phrase { return page.Recall(shell, keepPhrased, firstPhrases) }

// phraseMark stands between the purpose and the text of a phrase.
const phraseMark = "｜"

// phraseLines returns the phrases as the user edits them, one a line:
// 「目的｜文」.
func phraseLines(phrases []Phrase) string {
	lines := make([]string, len(phrases))
	for i, p := range phrases {
		lines[i] = p.line()
	}
	return strings.Join(lines, "\n")
}

func (p Phrase) line() string {
	if p.Purpose == "" {
		return p.Text
	}
	return p.Purpose + phraseMark + p.Text
}

// parsePhrases reads lines; blank ones are left out, a bar of half width
// divides too. Of more than nine the first nine are kept.
func parsePhrases(lines string) []Phrase {
	phrases := []Phrase{}
	for _, line := range strings.Split(lines, "\n") {
		line = strings.TrimSpace(strings.Replace(line, "|", phraseMark, 1))
		purpose, text, divided := strings.Cut(line, phraseMark)
		if !divided {
			purpose, text = "", line
		}
		p := Phrase{strings.TrimSpace(purpose), strings.TrimSpace(text)}
		if p != (Phrase{}) && len(phrases) < mostPhrases {
			phrases = append(phrases, p)
		}
	}
	return phrases
}

// apply puts a phrase into an entry: the purpose where none is written yet, the
// text after what is written.
func (p Phrase) apply(purpose, body string) (string, string) {
	if purpose == "" {
		purpose = p.Purpose
	}
	if p.Text == "" || strings.Contains(body, p.Text) {
		return purpose, body
	}
	if body != "" && !strings.HasSuffix(body, "\n") {
		body += "\n"
	}
	return purpose, body + p.Text
}

// label is the word of its button.
func (p Phrase) label() string { return cmp.Or(p.Purpose, p.Text) }
