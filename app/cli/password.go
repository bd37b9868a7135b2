package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"renkei/models"
	"renkei/reports"
)

// passwordBytes is the buffer for the first line, larger than any password.
const passwordBytes = 4096

// password returns the first line of the file given by --password-file, ""
// without the flag. The file may be a pipe, so it is read once. An empty
// password is an error: the report would be unprotected.
func (c *call) password() (string, error) {
	line, err := c.firstLineOf("password-file")
	if err != nil || line == "" {
		return "", err
	}
	return line, reports.CheckPassword(line)
}

// firstLineOf returns the first line of the file that a flag names, which is not empty, or ""
// without the flag.
func (c *call) firstLineOf(flag string) (string, error) {
	if !c.flags.Changed(flag) {
		return "", nil
	}
	path := c.text(flag)
	if path == "" {
		return "", wrongUse("--%s にパスワードを書いたファイルを指定してください", flag)
	}
	line, err := firstLine(path)
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", models.Errorf(models.Invalid, "パスワードのファイル「%s」の1行目が長すぎます。パスワードだけを書いてください", path)
	case err != nil:
		return "", models.Wrap(err, models.Unavailable, "パスワードのファイル「%s」を読めません。場所と名前を確かめてください", path)
	case !utf8.ValidString(line):
		return "", models.Errorf(models.Invalid, "パスワードのファイル「%s」の文字コードを読み取れません。UTF-8 で保存し直してください", path)
	case line == "":
		return "", models.Errorf(models.Invalid, "パスワードのファイル「%s」の1行目が空です。1行目にパスワードを書いてください", path)
	}
	return line, nil
}

// firstLine returns the first line of a file without its line end and without a
// UTF-8 byte order mark (Notepad).
func firstLine(path string) (line string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	text, err := bufio.NewReaderSize(file, passwordBytes).ReadSlice('\n')
	if errors.Is(err, io.EOF) {
		err = nil // one line without a line end
	}
	return strings.TrimRight(strings.TrimPrefix(string(text), "\ufeff"), "\r\n"), err
}
