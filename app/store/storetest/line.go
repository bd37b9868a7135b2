package storetest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Line is a network between a program and a server that can be cut.
type Line struct {
	URL string // of the database, by way of the line

	to       string
	address  string
	mu       sync.Mutex
	listener net.Listener
	open     map[net.Conn]bool
	swallow  []byte // the answer to a request that holds this is lost
	stays    bool   // and the line stays cut
}

// NewLine lays a line to the database of a URL, until the test ends.
func NewLine(t testing.TB, url string) *Line {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	l := &Line{to: fmt.Sprintf("%s:%d", config.Host, config.Port), address: "127.0.0.1:0", open: make(map[net.Conn]bool)}
	l.Mend(t)
	l.URL = fmt.Sprintf("postgres://%s@%s/%s", config.User, l.address, config.Database)
	t.Cleanup(l.Cut)
	return l
}

// Cut closes the port and every connection.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.listener != nil {
		l.listener.Close()
		l.listener = nil
	}
	for conn := range l.open {
		conn.Close()
	}
	clear(l.open)
}

// Mend opens the port again.
func (l *Line) Mend(t testing.TB) {
	t.Helper()
	listener, err := net.Listen("tcp", l.address)
	require.NoError(t, err)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listener, l.address = listener, listener.Addr().String()
	go l.accept(listener)
}

// LoseAnswerTo lets the next request that holds a text reach the server, and cuts
// its connection before the answer comes back.
func (l *Line) LoseAnswerTo(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.swallow = []byte(text)
}

// CutAt is LoseAnswerTo of a line that stays cut.
func (l *Line) CutAt(text string) {
	l.LoseAnswerTo(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stays = true
}

func (l *Line) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.to)
		if err != nil {
			near.Close()
			continue
		}
		l.mu.Lock()
		l.open[near], l.open[far] = true, true
		l.mu.Unlock()
		go l.carry(near, far)
		go func() {
			_, _ = io.Copy(near, far) // it ends when the line is cut
			near.Close()
		}()
	}
}

// carry passes requests on.
func (l *Line) carry(near, far net.Conn) {
	defer far.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := near.Read(buffer)
		if err != nil {
			return
		}
		l.mu.Lock()
		lost := len(l.swallow) > 0 && bytes.Contains(buffer[:n], l.swallow)
		if lost {
			l.swallow = nil
			near.Close()
			if l.stays && l.listener != nil {
				l.listener.Close()
			}
		}
		l.mu.Unlock()
		if _, err := far.Write(buffer[:n]); err != nil {
			return
		}
		if lost { // the server answers to nobody; it needs a moment to do so
			_, _ = far.Read(buffer)
			return
		}
	}
}
