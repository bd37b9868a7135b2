package main

import "math/rand"

// dice is the source of chance of one part of the hospital. Every part has its
// own seed, so that a change in one leaves the others as they are.
type dice struct{ *rand.Rand }

func newDice(part int64) dice { return dice{rand.New(rand.NewSource(seed + part))} }

// seed is one of those under which every example finds its admission and
// October 2026 has its forty sessions.
const seed = 20261422

// between is a number from lo to hi, both inside.
func (r dice) between(lo, hi int) int { return lo + r.Intn(hi-lo+1) }

// chance is true in percent of a hundred cases.
func (r dice) chance(percent int) bool { return r.Intn(100) < percent }

// pick is one of list.
func pick[T any](r dice, list []T) T { return list[r.Intn(len(list))] }

// pickSome is n different ones of list, in the order of list.
func pickSome[T any](r dice, list []T, n int) []T {
	var some []T
	for i, x := range list {
		if r.Intn(len(list)-i) < n-len(some) {
			some = append(some, x)
		}
	}
	return some
}
