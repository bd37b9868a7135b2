package views

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store/storetest"
	"renkei/models"
)

// line is the network between a PC and the server, which can be cut.
type line struct {
	t        *testing.T
	server   string
	address  string
	listener net.Listener

	mu    sync.Mutex
	calls []net.Conn
}

// newLine returns a line to the server of a place, and the place at its other end.
func newLine(t *testing.T, place string) (*line, string) {
	t.Helper()
	at, err := url.Parse(place)
	require.NoError(t, err)
	l := &line{t: t, server: at.Host, address: "127.0.0.1:0"}
	l.mend()
	t.Cleanup(l.cut)
	at.Host = l.address
	return l, at.String()
}

// mend lets calls through again.
func (l *line) mend() {
	l.t.Helper()
	listener, err := net.Listen("tcp", l.address)
	require.NoError(l.t, err)
	l.listener, l.address = listener, listener.Addr().String()
	go func() {
		for {
			call, err := listener.Accept()
			if err != nil {
				return
			}
			through, err := net.Dial("tcp", l.server)
			if err != nil {
				call.Close()
				continue
			}
			l.mu.Lock()
			l.calls = append(l.calls, call, through)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(through, call) }()
			go func() { _, _ = io.Copy(call, through) }()
		}
	}()
}

// cut ends all calls and lets no other through.
func (l *line) cut() {
	l.listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.calls {
		c.Close()
	}
	l.calls = nil
}

func TestWhatIsTypedOutlivesACutAndIsSavedAfterIt(t *testing.T) {
	ctx := context.Background()
	direct := storetest.Database(t, "")
	other, err := app.Open(ctx, walkConfig(direct, morning))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	_, err = other.LoadSample(ctx, nil)
	require.NoError(t, err)
	cable, place := newLine(t, direct)
	w := sitAt(t, t.TempDir(), place)
	office := w.facts().Book.Partners[0].Code
	w.turnTo("contacts")
	require.Contains(t, w.seen(), "登録 1,348件")

	w.control(fyne.KeyN)
	w.pick("murakami tomoko")
	w.fill("種別", "電話")
	w.fill("内容", "切れたあいだの電話")
	// A connection that rested a second is tried before it is used again; one that was
	// used just before a cut fails once more.
	time.Sleep(1100 * time.Millisecond)
	cable.cut()
	w.heard(errors.New("cut"))
	assert.Equal(t, cutWords, w.status.Trouble())
	w.control(fyne.KeyS)
	assert.Contains(t, w.seen(), "できませんでした")
	assert.Contains(t, w.seen(), "サーバーとのつながりが切れているため、保存していません。入力した内容は残っています")
	assert.NotContains(t, w.seen(), "データを読み取れません")
	w.press(fyne.KeyReturn) // 閉じる
	kept, err := filepath.Glob(filepath.Join(w.data, "drafts", "*", "*contact*"))
	require.NoError(t, err)
	assert.NotEmpty(t, kept, "a draft on this PC")

	_, err = other.Do(ctx, "登録", app.New(&models.Contact{On: w.today(), Kind: models.PhoneCall, Partner: office}))
	require.NoError(t, err)
	cable.mend()
	w.heard(nil)
	assert.Empty(t, w.status.Trouble())
	w.control(fyne.KeyS)
	assert.Contains(t, w.notice.Text(), "登録をしました")
	assert.Contains(t, w.seen(), "登録 1,350件", "the own one and that of the other PC")
	contacts := w.facts().Book.Contacts
	assert.Equal(t, "切れたあいだの電話", contacts[len(contacts)-1].Body)
}
