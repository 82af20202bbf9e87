#!/bin/bash
# Installs and starts the panel. ${!Name} is a variable of this script, ${AWS::StackName} and the like are filled in by
# CloudFormation. Whatever happens, CloudFormation is told; /var/log/cloud-init-output.log has the rest.
set -euo pipefail
trap '/opt/aws/bin/cfn-signal --exit-code $? --stack "${AWS::StackName}" --resource Instance --region "${AWS::Region}"' EXIT
export AWS_DEFAULT_REGION="${AWS::Region}"

# A new role's rights take a moment to be known everywhere.
patiently() {
  for _ in $(seq 30); do
    "$@" && return
    sleep 10
  done
  return 1
}

# The package holds its own Node, libraries and pages: nothing else is downloaded.
case "$(uname -m)" in
  x86_64) arch=x64 ;;
  aarch64) arch=arm64 ;;
esac
package="recsys-panel-linux-$arch.tar.gz"
cd "$(mktemp -d)"
patiently aws s3 cp --no-progress "s3://${ReleaseBucket}/${ReleasePrefix}/$package" .
aws s3 cp --no-progress "s3://${ReleaseBucket}/${ReleasePrefix}/SHA256SUMS" .
grep " $package\$" SHA256SUMS | sha256sum --check -
install -d /opt/recsys
tar -xzf "$package" -C /opt/recsys --no-same-owner

id recsys &>/dev/null || useradd --system --home-dir /var/lib/recsys --shell /sbin/nologin recsys
install -d -m 0700 -o recsys -g recsys /var/lib/recsys
install -d -m 0750 -o root -g recsys /etc/recsys

# People and the audit log outlive the instance: they are kept in the bucket.
state="s3://${BucketOfRecSys}/${BucketPrefix}/panel/panel.sqlite"
kept="$(patiently aws s3api list-objects-v2 --bucket "${BucketOfRecSys}" --prefix "${BucketPrefix}/panel/panel.sqlite" --query 'length(not_null(Contents, `[]`))' --output text)"
if [ "$kept" != 0 ]; then
  aws s3 cp --no-progress "$state" /var/lib/recsys/panel.sqlite
  chown recsys:recsys /var/lib/recsys/panel.sqlite
  chmod 0600 /var/lib/recsys/panel.sqlite
fi

node="/opt/recsys/node_modules/node-linux-$arch/bin/node"
host="${Host}"
if [ -z "$host" ]; then
  token="$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)"
  host="$(curl -sf -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/local-ipv4)"
fi
tls="--tls self-signed"
if [ -n "${TlsSecretArn}" ]; then
  patiently aws secretsmanager get-secret-value --secret-id "${TlsSecretArn}" --query SecretString --output text |
    "$node" -e '
      const { certificate, key } = JSON.parse(require("fs").readFileSync(0, "utf8"));
      require("fs").writeFileSync("/etc/recsys/certificate.pem", certificate);
      require("fs").writeFileSync("/etc/recsys/key.pem", key, { mode: 0o640 });'
  chgrp recsys /etc/recsys/certificate.pem /etc/recsys/key.pem
  tls="--tls-cert /etc/recsys/certificate.pem --tls-key /etc/recsys/key.pem"
fi

cat >/etc/recsys/panel.env <<ENVIRONMENT
AWS_REGION=${AWS::Region}
RECSYS_BUCKET_PREFIX=${BucketPrefix}
RECSYS_LOG_GROUP=${LogGroupName}
RECSYS_PANEL__PUBLIC_URL=https://$host
RECSYS_AWS__DEPLOY_ROLE_ARN=${DeployRoleArn}
RECSYS_AWS__BOUNDARY_ARN=${BoundaryArn}
RECSYS_AWS__IMAGE_URI=${ImageUri}
RECSYS_AWS__BUCKET_KMS_KEY_ARN=${BucketKmsKeyArn}
ENVIRONMENT

# On the console too: there, in the instance's system log, the owner finds the link of the first login.
cat >/etc/systemd/system/recsys-panel.service <<UNIT
[Unit]
Description=RecSys panel and dashboard
Wants=network-online.target
After=network-online.target
[Service]
User=recsys
EnvironmentFile=/etc/recsys/panel.env
WorkingDirectory=/var/lib/recsys
ExecStart=$node /opt/recsys/src/cli/main.ts serve --panel --target aws --host 0.0.0.0 --port ${PanelPort} --dashboard-port ${DashboardPort} $tls --bucket s3://${BucketOfRecSys} --panel-state /var/lib/recsys
StandardOutput=journal+console
Restart=always
RestartSec=5
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ReadWritePaths=/var/lib/recsys
[Install]
WantedBy=multi-user.target
UNIT

cat >/etc/systemd/system/recsys-backup.service <<UNIT
[Unit]
Description=Copy of the people and the audit log of the RecSys panel
[Service]
Type=oneshot
User=recsys
Environment=AWS_DEFAULT_REGION=${AWS::Region}
ExecStart=$node -e 'const { DatabaseSync, backup } = require("node:sqlite"); backup(new DatabaseSync("/var/lib/recsys/panel.sqlite", { readOnly: true }), "/var/lib/recsys/copy.sqlite")'
ExecStart=/usr/bin/aws s3 cp --no-progress /var/lib/recsys/copy.sqlite $state
UNIT
cat >/etc/systemd/system/recsys-backup.timer <<UNIT
[Unit]
Description=Copy of the people and the audit log of the RecSys panel, every quarter of an hour
[Timer]
OnBootSec=10min
OnUnitActiveSec=15min
[Install]
WantedBy=timers.target
UNIT

systemctl daemon-reload
systemctl enable --now recsys-panel.service recsys-backup.timer
for _ in $(seq 60); do
  curl -skf -o /dev/null "https://127.0.0.1:${PanelPort}/health/live" && exit 0
  sleep 5
done
systemctl status --no-pager recsys-panel.service
exit 1
