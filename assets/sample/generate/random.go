package main

import "math/rand"

// dice is the random source of one part of the hospital. Every part has its own
// seed, so that a change in one leaves the others as they are.
type dice struct{ *rand.Rand }

func newDice(part int64) dice { return dice{rand.New(rand.NewSource(seed + part))} }

// seed was chosen so that every example finds its admission and October 2026
// has forty sessions.
const seed = 20261422

// between returns a number from lo to hi, both included.
func (r dice) between(lo, hi int) int { return lo + r.Intn(hi-lo+1) }

// chance is true in that percentage of cases.
func (r dice) chance(percent int) bool { return r.Intn(100) < percent }

// pick returns one element of list.
func pick[T any](r dice, list []T) T { return list[r.Intn(len(list))] }

// pickSome returns n different elements of list, in the order of list.
func pickSome[T any](r dice, list []T, n int) []T {
	var some []T
	for i, x := range list {
		if r.Intn(len(list)-i) < n-len(some) {
			some = append(some, x)
		}
	}
	return some
}
