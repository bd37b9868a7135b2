package views

import (
	"context"
	"time"

	"renkei/app"
	"renkei/views/words"
)

// status is what the foot of the window tells of the registers.
type status struct {
	app.Status
	copied  time.Time // the newest copy of the user's own, zero for none
	trouble string    // with these copies
}

// refreshStatus asks for the facts at the foot.
func (f *Frame) refreshStatus() {
	newest, desk := f.asked.Next(), f.desk
	var s status
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		s.Status, err = desk.Status(ctx)
		s.copied, s.trouble = desk.LastBackup(), desk.CopyTrouble(ctx)
		return err
	}, func(err error) {
		switch {
		case !newest():
		case err != nil && f.cut:
			f.status.SetTrouble(cutWords)
		case err != nil:
			f.p.Log.Error("status cannot be read", "error", err)
		default:
			f.showStatus(s)
		}
	})
}

// showStatus shows whose register it is, the facts at the foot and, there and on
// 今日, what is wrong with the copies.
func (f *Frame) showStatus(s status) {
	owner := s.Hospital
	if f.desk.Trying() {
		owner = "見本の病院（架空）"
	}
	f.navigation.SetOwner(owner)
	f.status.SetFacts(s.words(f.p.Worker.Now()))
	if f.cut {
		s.trouble = cutWords
	}
	said := f.status.Trouble()
	f.status.SetTrouble(s.trouble)
	if said == s.trouble {
		return
	}
	for i, screen := range f.screens {
		if screen.ID() == "today" && f.pages[i] != nil {
			screen.Changed(app.Feed{Many: true})
		}
	}
}

// cutWords says that the server of the register cannot be reached.
const cutWords = "サーバーとのつながりが切れています。入力はこのパソコンに下書きとして残り、つながってから保存できます"

// words returns 「利用者 佐藤 ・ 台帳 …/renkei/renkei.db ・ 控え 11/22 09:00」.
func (s status) words(now time.Time) string {
	copied := "控え まだありません"
	if !s.copied.IsZero() {
		local := s.copied.In(now.Location())
		layout := "01/02 15:04"
		if local.Year() != now.Year() {
			layout = "2006-01-02"
		}
		copied = "控え " + local.Format(layout)
	}
	return words.Joined("  ・  ", words.Prefixed("利用者 ", s.Actor), words.Prefixed("台帳 ", words.ShortPath(s.Place)), copied)
}
