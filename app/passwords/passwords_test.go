package passwords

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/zalando/go-keyring"

	"renkei/models"
)

func TestWhatTheSystemAnswersAboutAPassword(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	for outcome, c := range map[string]struct {
		ask    func() (string, error)
		want   string
		failed bool
	}{
		"one that is kept":         {func() (string, error) { return "秘密", nil }, "秘密", false},
		"none is no failure":       {func() (string, error) { return "", keyring.ErrNotFound }, "", false},
		"a system without a place": {func() (string, error) { return "", errors.New("no D-Bus") }, "", true},
		"one that never answers":   {func() (string, error) { <-never; return "", nil }, "", true},
	} {
		t.Run(outcome, func(t *testing.T) {
			password, err := within(20*time.Millisecond, c.ask)
			assert.Equal(t, c.want, password)
			if !c.failed {
				assert.NoError(t, err)
				return
			}
			assert.Equal(t, models.Unavailable, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), "開くたびに")
		})
	}
}
