package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"renkei/models"
)

// serverFaults says of the states of SQL that PostgreSQL answers with what is
// wrong and what to do.
var serverFaults = map[string]string{
	invalidPassword:       "利用者の名前かパスワードが違います。確かめて、もう一度つないでください",
	"28000":               "このパソコンか利用者からの接続を、サーバーが許していません。サーバーの管理者に確かめてください",
	"3D000":               "その名前のデータベースがありません。名前を確かめるか、サーバーの管理者に作ってもらってください",
	insufficientPrivilege: "この利用者には、そのための権限がありません。サーバーの管理者に renkei setup postgres を頼んでください",
	"53300":               "サーバーへの接続が多すぎます。使っていない連携台帳を閉じるか、サーバーの管理者に接続数の上限を上げてもらってください",
	"53100":               "サーバーのディスクの空きがありません。サーバーの管理者に知らせてください",
	"53200":               "サーバーのメモリが足りません。サーバーの管理者に知らせてください",
	lockTimeout:           "ほかのパソコンが書き込み中です。終わるのを待って、もう一度行ってください",
	"40001":               "ほかのパソコンと同時に書き込みました。もう一度行ってください",
	"40P01":               "ほかのパソコンと同時に書き込みました。もう一度行ってください",
	shutDown:              "サーバーが止められました。もう一度動くのを待って、もう一度行ってください",
	startingUp:            "サーバーが起動中です。少し待って、もう一度行ってください",
	"25006":               "サーバーが読み取り専用になっています。サーバーの管理者に確かめてください",
}

// noPassword is said in the place of serverFaults[invalidPassword] when none was given.
const noPassword = "パスワードがありません。画面では「パスワード」の欄に入れ、指示では環境変数 PGPASSWORD か .pgpass ファイルで渡してください"

func (e *postgres) explain(err error, what string) error {
	code, reason := models.Unavailable, e.unreached(err)
	var fault *pgconn.PgError
	switch {
	case errors.As(err, &fault):
		reason = serverFaults[fault.Code]
		switch {
		case fault.Code == invalidPassword && !e.hasPassword():
			reason = noPassword
		case reason == "":
			code, reason = models.Internal, "思わぬ問題が起きました。もう一度行い、続くときはログを添えてお知らせください"
			e.log.Error("unexpected answer of the server", "state", fault.Code, "message", fault.Message, "where", fault.Where)
		}
	case certificateFault(err) != "":
		reason = certificateFault(err)
	case isRefusedTLS(err):
		reason = "サーバーが暗号化した通信に対応していません。サーバーの管理者に TLS の設定を頼んでください"
	}
	if e.isCut(err) {
		err = cut{err}
	}
	return models.Wrap(err, code, "%s（%s）。%s", what, Shown(e.url), reason)
}

// unreached says why the network did not lead to the server.
func (e *postgres) unreached(err error) string {
	const lost = "サーバーとのつながりが切れました。ネットワークとサーバーを確かめて、もう一度行ってください"
	var name *net.DNSError
	var network net.Error
	switch {
	case e.isOpen():
		return lost // its name and port were right
	case errors.As(err, &name):
		return "その名前のサーバーが見つかりません。サーバーの名前とネットワークを確かめてください"
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "サーバーから返事がありません。サーバーが動いているか、ネットワークとポートを確かめてください"
	case isConnecting(err):
		return "サーバーにつながりません。サーバーが動いているか、ネットワークとポートを確かめてください"
	}
	return lost
}

// isOpen reports whether a register was opened there.
func (e *postgres) isOpen() bool { return e.schema.Load() > 0 }

// hasPassword reports whether the URL, PGPASSWORD or .pgpass gives a password.
func (e *postgres) hasPassword() bool {
	config, err := serverConfig(e.url)
	return err == nil && config.Password != ""
}

// cut is the cause of an error when the server of an open register went away.
type cut struct{ error }

func (c cut) Unwrap() error { return c.error }

// IsCut reports whether an error means that the server of an open register cannot
// be reached any more: what was to be written is not. An error that leaves open
// whether it was written is none.
func IsCut(err error) bool {
	var c cut
	return errors.As(err, &c)
}

func (e *postgres) isCut(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return e.isOpen() && (fault.Code == shutDown || fault.Code == startingUp)
	}
	return e.isOpen() && certificateFault(err) == "" && !isRefusedTLS(err)
}

// certificateFault says what is wrong with the certificate of a server, "" for
// errors of another kind.
func certificateFault(err error) string {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	switch {
	case errors.As(err, &host):
		return "サーバーの証明書の名前が違います。「サーバー」に、証明書にある名前を入れてください（分からなければ、サーバーの管理者に確かめてください）"
	case errors.As(err, &unknown):
		return "サーバーの証明書を出したところを、このパソコンが知りません。サーバーの管理者から証明書のファイルを受け取り、" +
			"「詳しく」の「証明書のファイル」に入れてください（指示では ?sslrootcert=ファイル）"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "サーバーの証明書の期限が切れています。このパソコンの日付が正しければ、サーバーの管理者に証明書を新しくしてもらってください"
	case errors.As(err, &invalid), errors.As(err, &verification):
		return "サーバーの証明書を確かめられません。サーバーの管理者に確かめてください"
	}
	return ""
}

// isRefusedTLS knows the driver's words: the error has no type of its own.
func isRefusedTLS(err error) bool {
	return isConnecting(err) && strings.Contains(err.Error(), "server refused TLS connection")
}

func isConnecting(err error) bool {
	var connecting *pgconn.ConnectError
	return errors.As(err, &connecting)
}
