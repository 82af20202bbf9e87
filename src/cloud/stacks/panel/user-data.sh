#!/bin/bash
# Runs at every boot (user-data.ts): installs the release where it is another one, configures the panel and starts it. So
# whatever a stack's update changes here takes effect when CloudFormation stops and starts the instance for it.
# ${!Name} is a variable of this script, ${AWS::StackName} and the like are filled in by CloudFormation.
# /var/log/cloud-init-output.log has the rest.
set -euo pipefail
# The stack waits for this when the instance is made; later on CloudFormation refuses to hear it.
trap '/opt/aws/bin/cfn-signal --exit-code $? --stack "${AWS::StackName}" --resource Instance --region "${AWS::Region}" || true' EXIT
export AWS_DEFAULT_REGION="${AWS::Region}"

# A new role's rights take a moment to be known everywhere.
patiently() {
  for _ in $(seq 30); do
    "$@" && return
    sleep 10
  done
  return 1
}

# The package holds its own Node, libraries and pages: nothing else is downloaded. Whatever goes wrong before the last
# line of this, the panel that was there stays as it was.
case "$(uname -m)" in
  x86_64) arch=x64 ;;
  aarch64) arch=arm64 ;;
esac
package="recsys-panel-linux-$arch.tar.gz"
release="s3://${ReleaseBucket}/${ReleasePrefix}"
if [ "$(cat /opt/recsys/.release 2>/dev/null)" != "$release" ]; then
  cd "$(mktemp -d)"
  patiently aws s3 cp --no-progress "$release/$package" .
  aws s3 cp --no-progress "$release/SHA256SUMS" .
  grep " $package\$" SHA256SUMS | sha256sum --check -
  rm -rf /opt/recsys.new
  install -d /opt/recsys.new
  tar -xzf "$package" -C /opt/recsys.new --no-same-owner
  rm "$package" # /tmp is in memory
  echo "$release" >/opt/recsys.new/.release
  # What runs reads its files when it comes to need them.
  systemctl stop recsys-panel.service 2>/dev/null || true
  rm -rf /opt/recsys
  mv /opt/recsys.new /opt/recsys
fi

id recsys &>/dev/null || useradd --system --home-dir /var/lib/recsys --shell /sbin/nologin recsys
install -d -m 0700 -o recsys -g recsys /var/lib/recsys
install -d -m 0750 -o root -g recsys /etc/recsys

# People and the audit log outlive the instance: a copy is kept in the bucket.
copy="${BucketPrefix}/panel/panel.sqlite"
if [ ! -e /var/lib/recsys/panel.sqlite ]; then
  kept="$(patiently aws s3api list-objects-v2 --bucket "${BucketOfRecSys}" --prefix "$copy" --query 'length(not_null(Contents, `[]`))' --output text)"
  if [ "$kept" != 0 ]; then
    aws s3 cp --no-progress "s3://${BucketOfRecSys}/$copy" /var/lib/recsys/panel.sqlite
    chown recsys:recsys /var/lib/recsys/panel.sqlite
    chmod 0600 /var/lib/recsys/panel.sqlite
  fi
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

# "keep-state take" has this instance keep the copy from now on. One that was replaced finds another copy than its last,
# and leaves it alone: what it knows is older.
cat >/etc/recsys/keep-state <<KEEP
#!/bin/bash
set -euo pipefail
cd /var/lib/recsys
export AWS_DEFAULT_REGION=${AWS::Region}
if [ "\$*" = take ]; then
  unless=()
else
  [ -e copy.etag ] || exit 0
  [ panel.sqlite -nt copy.time ] || [ panel.sqlite-wal -nt copy.time ] || exit 0
  unless=(--if-match "\$(cat copy.etag)")
fi
touch copy.begun
# Each copy has a number of its own, so that no two have one ETag.
$node -e '
  const { DatabaseSync, backup } = require("node:sqlite");
  backup(new DatabaseSync("panel.sqlite", { readOnly: true }), "copy.sqlite").then(() => {
    const copy = new DatabaseSync("copy.sqlite");
    copy.exec("PRAGMA application_id = " + require("node:crypto").randomInt(2 ** 31));
    copy.close();
  })'
etag="\$(aws s3api put-object --bucket ${BucketOfRecSys} --key $copy --body copy.sqlite "\${!unless[@]}" --query ETag --output text)"
echo "\$etag" >copy.etag
mv copy.begun copy.time
KEEP
chmod 0755 /etc/recsys/keep-state

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
ExecStopPost=-/etc/recsys/keep-state
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
ExecStart=/etc/recsys/keep-state
UNIT
cat >/etc/systemd/system/recsys-backup.timer <<UNIT
[Unit]
Description=Copy of the people and the audit log of the RecSys panel, every minute in which they change
[Timer]
OnBootSec=1min
OnUnitActiveSec=1min
[Install]
WantedBy=timers.target
UNIT

systemctl daemon-reload
systemctl enable recsys-panel.service recsys-backup.timer
systemctl restart recsys-panel.service recsys-backup.timer
for _ in $(seq 60); do
  if curl -skf -o /dev/null "https://127.0.0.1:${PanelPort}/health/live"; then
    runuser -u recsys -- /etc/recsys/keep-state take
    exit 0
  fi
  sleep 5
done
systemctl status --no-pager recsys-panel.service
exit 1
