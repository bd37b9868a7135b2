package files

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Elsewhere the number of a process counts as a living one until a day has
// passed.
func TestAProcessNobodyAskedAboutHasEndedAllTheSame(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, command.Start())
	assert.Eventually(t, func() bool { return !alive(command.Process.Pid) }, 10*time.Second, 10*time.Millisecond)
	require.NoError(t, command.Wait())
	assert.True(t, alive(os.Getpid()))
}
