package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
)

// older removes the 規程の基準日 from 設定.
func older(t *testing.T, a *app.App) {
	t.Helper()
	for _, s := range judged(t, a).Facts.Book.Settings {
		if s.Key == "policy_must_precede" {
			_, err := a.Do(context.Background(), "消す", app.Remove(s))
			require.NoError(t, err)
		}
	}
}

func policyChange(t *testing.T, a *app.App) map[string][2]fee.Result {
	t.Helper()
	changes, err := a.PolicyChange(context.Background())
	require.NoError(t, err)
	found := make(map[string][2]fee.Result)
	for _, c := range changes {
		found[c.After.Session.Number] = [2]fee.Result{c.Before.Result, c.After.Result}
	}
	return found
}

// The 第2版 of the sample is in force from 2026-08-01 and announced on 08-12. By
// 指導日 (the old default), sessions from 08-01 to 08-11 are not 指導料2. By 入院日 (the
// new one), no session of an admission on those days is, whatever its own day.
func TestANewDefaultIsToldUntilItIsDecided(t *testing.T) {
	a := apptest.Sample(t)
	assert.Empty(t, policyChange(t, a), "the sample says which it wants")
	older(t, a)
	want := map[string][2]fee.Result{
		"G0260": {fee.NotBillable, fee.Fee2}, // 07-03, 08-03
		"G0261": {fee.NotBillable, fee.Fee2}, // 07-23, 08-03
		"G0277": {fee.Fee2, fee.NotBillable}, // 08-01, 08-12
		"G0280": {fee.Fee2, fee.NotBillable}, // 08-07, 08-13
		"G0282": {fee.Fee2, fee.NotBillable}, // 08-07, 08-17
	}
	assert.Equal(t, want, policyChange(t, a))
	all, err := a.WhatIf(context.Background(), 0, map[string]string{"policy_must_precede": fee.Session})
	require.NoError(t, err)
	assert.Equal(t, len(want), all.Reclassified(), "no chain that was left out changes")
	for number := range want {
		v := judged(t, a).Verdict(number)
		in := func(d models.Date) bool { return d >= 2026_08_01 && d < 2026_08_12 }
		assert.NotEqual(t, in(v.Session.On), in(v.Session.AdmittedOn), number)
	}

	_, err = a.Do(context.Background(), "決める", app.Put(models.Setting{Key: "policy_must_precede", Value: fee.Admission}))
	require.NoError(t, err)
	assert.Empty(t, policyChange(t, a))
}

func TestWhatWasConfirmedStaysAsItWas(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	policy := func(value string) {
		_, err := a.Do(ctx, "変える", app.Put(models.Setting{Key: "policy_must_precede", Value: value, Version: versionOf(book(t, a), "policy_must_precede")}))
		require.NoError(t, err)
	}
	policy(fee.Session)
	const number = "G0280" // admitted between 施行日 and 周知日, session after it
	_, err := a.Confirm(ctx, 2026_08, seen(t, a, number))
	require.NoError(t, err)
	before := *judged(t, a).Facts.Book.ConfirmationOf(number)
	policy(fee.Admission)
	require.Equal(t, fee.NotBillable, judged(t, a).Verdict(number).Result, "judged otherwise now")
	assert.Equal(t, before, *judged(t, a).Facts.Book.ConfirmationOf(number))
	assert.Equal(t, 500, before.Points)
}

func TestARowOfTheSettingsThatCannotBeUsedStopsNothing(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	before := judged(t, a)
	_, err := a.Do(ctx, "試し", app.Put(models.Setting{Key: "meeting_min", Value: "9"}), app.Put(models.Setting{Key: "relationship_unit", Value: "family"}))
	require.NoError(t, err)
	after := judged(t, a)
	assert.Equal(t, before.Verdicts, after.Verdicts)
	require.Len(t, after.Aside, 2)
	assert.Equal(t, []string{"meeting_min", "relationship_unit"}, []string{after.Aside[0].Key, after.Aside[1].Key})
	assert.Empty(t, before.Aside)
	assert.Equal(t, fee.Person, after.Facts.Params.RelationshipUnit)
}
