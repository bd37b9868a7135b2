// Package booktest makes registers for tests and benchmarks: a large one, a
// small hospital and random ones. Production code must not import it.
package booktest

import (
	"context"

	"github.com/stretchr/testify/require"

	"renkei/models/fee"
)

// Judge returns the verdict of every session.
func Judge(t require.TestingT, f *fee.Facts, rules fee.Rules) []fee.Verdict {
	verdicts, err := fee.JudgeAll(context.Background(), f, rules)
	require.NoError(t, err)
	return verdicts
}
