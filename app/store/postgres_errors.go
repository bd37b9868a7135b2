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
	"28P01":     "利用者の名前かパスワードが違います。確かめて、もう一度つないでください",
	"28000":     "このパソコンか利用者からの接続を、サーバーが許していません。サーバーの管理者に確かめてください",
	"3D000":     "その名前のデータベースがありません。名前を確かめるか、サーバーの管理者に作ってもらってください",
	"42501":     "この利用者には、そのための権限がありません。サーバーの管理者に renkei setup postgres を頼んでください",
	"53300":     "サーバーへの接続が多すぎます。使っていない連携台帳を閉じるか、サーバーの管理者に接続数の上限を上げてもらってください",
	"53100":     "サーバーのディスクの空きがありません。サーバーの管理者に知らせてください",
	"53200":     "サーバーのメモリが足りません。サーバーの管理者に知らせてください",
	lockTimeout: "ほかのパソコンが書き込み中です。終わるのを待って、もう一度行ってください",
	"40001":     "ほかのパソコンと同時に書き込みました。もう一度行ってください",
	"40P01":     "ほかのパソコンと同時に書き込みました。もう一度行ってください",
	"57P01":     "サーバーが止められました。もう一度動くのを待って、もう一度行ってください",
	"57P03":     "サーバーが起動中です。少し待って、もう一度行ってください",
	"25006":     "サーバーが読み取り専用になっています。サーバーの管理者に確かめてください",
}

func (e *postgres) explain(err error, what string) error {
	code, reason := models.Unavailable, "サーバーとのつながりが切れました。ネットワークとサーバーを確かめて、もう一度行ってください"
	var fault *pgconn.PgError
	var name *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &fault):
		if reason = serverFaults[fault.Code]; reason == "" {
			code, reason = models.Internal, "思わぬ問題が起きました。もう一度行い、続くときはログを添えてお知らせください"
			e.log.Error("unexpected answer of the server", "state", fault.Code, "message", fault.Message, "where", fault.Where)
		}
	case isCertificate(err):
		reason = "サーバーの証明書を確かめられません。サーバーの名前が証明書と同じか、サーバーの管理者に確かめてください"
	case errors.As(err, &name):
		reason = "その名前のサーバーが見つかりません。サーバーの名前とネットワークを確かめてください"
	case isRefusedTLS(err):
		reason = "サーバーが暗号化した通信に対応していません。サーバーの管理者に TLS の設定を頼んでください"
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		reason = "サーバーから返事がありません。サーバーが動いているか、ネットワークと番号（ポート）を確かめてください"
	case isConnecting(err):
		reason = "サーバーにつながりません。サーバーが動いているか、ネットワークと番号（ポート）を確かめてください"
	}
	return models.Wrap(err, code, "%s（%s）。%s", what, Shown(e.url), reason)
}

func isCertificate(err error) bool {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	return errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) || errors.As(err, &verification)
}

// isRefusedTLS knows the driver's words: the error has no type of its own.
func isRefusedTLS(err error) bool {
	return isConnecting(err) && strings.Contains(err.Error(), "server refused TLS connection")
}

func isConnecting(err error) bool {
	var connecting *pgconn.ConnectError
	return errors.As(err, &connecting)
}
