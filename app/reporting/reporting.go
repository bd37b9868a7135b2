// Package reporting reads from a register what a report needs, for the window and
// for the commands.
package reporting

import (
	"context"
	"reflect"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/reports"
)

// Desk is what it asks of a register. app.App is one.
type Desk interface {
	// Judged returns a part of the register with its verdicts, and keeps it.
	Judged(ctx context.Context, part models.Part) (*app.Judged, error)
	// JudgedOnce is Judged, and does not keep a part read for it.
	JudgedOnce(ctx context.Context, part models.Part) (*app.Judged, error)
	// AfterClosing returns 締め後の変更 of every closing of a month.
	AfterClosing(ctx context.Context, month models.Month) ([]fee.AfterClosing, error)
}

// RequestOf combines a judged part of the register with the user's choice.
func RequestOf(j *app.Judged, today models.Date, choice reports.Choice) reports.Request {
	return reports.RequestOf(j.Facts, j.Rules, j.Verdicts, j.Extent, today, choice)
}

// OverFrame returns the user's choice over the frame of the register.
func OverFrame(frame *app.Judged, today models.Date, choice reports.Choice) reports.Request {
	r := RequestOf(frame, today, choice)
	r.OverFrame = true
	return r
}

// Request returns the user's choice over the frame of the register: what
// reports.Kind.Check, FileName and Gather need.
func Request(ctx context.Context, desk Desk, today models.Date, choice reports.Choice) (reports.Request, error) {
	frame, err := desk.Judged(ctx, models.Part{})
	if err != nil {
		return reports.Request{}, err
	}
	return OverFrame(frame, today, choice), nil
}

// Write writes a report of the register as it is now. A choice that the report
// cannot be made of is refused.
func Write(ctx context.Context, desk Desk, kind reports.Kind, path string, today models.Date, choice reports.Choice) error {
	r, err := Request(ctx, desk, today, choice)
	if err == nil {
		err = kind.Check(r)
	}
	if err != nil {
		return err
	}
	if r, err = Gather(desk)(ctx, kind, r); err != nil {
		return err
	}
	return kind.Write(ctx, path, r)
}

// Gather returns a reports.Gather that reads of the register what the report
// needs.
func Gather(desk Desk) reports.Gather {
	return func(ctx context.Context, kind reports.Kind, r reports.Request) (reports.Request, error) {
		r, err := gathered(ctx, desk, r, kind.Part)
		if err == nil && kind.Closings {
			r.AfterClosings, err = desk.AfterClosing(ctx, r.Month)
		}
		return r, err
	}
}

// Contents says in one line what a report will hold. r is over the frame.
func Contents(ctx context.Context, desk Desk, kind reports.Kind, r reports.Request) (string, error) {
	r, err := gathered(ctx, desk, r, kind.ContentsPart)
	if err != nil {
		return "", err
	}
	return kind.Contents(r), nil
}

// gathered puts under a request over the frame the part that it needs. What was
// read may show that it needs more.
func gathered(ctx context.Context, desk Desk, r reports.Request, of func(reports.Request) models.Part) (reports.Request, error) {
	var read models.Part
	for part := of(r); !reflect.DeepEqual(part, read); part = of(r) {
		judged, err := desk.JudgedOnce(ctx, part)
		if err != nil {
			return r, err
		}
		r.Facts, r.Rules, r.Verdicts, r.Extent = judged.Facts, judged.Rules, judged.Verdicts, judged.Extent
		r.OverFrame, read = false, part
	}
	return r, nil
}
