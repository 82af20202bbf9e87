import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/image.mjs", import.meta.url));
const TAG = "localhost/recsys:test";

/** What an image says about how it is run. */
export interface ImageConfig {
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly User: string;
  readonly WorkingDir: string;
  readonly StopSignal: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

export interface BuiltImage {
  readonly config: ImageConfig;
  /** The image's files. */
  readonly rootfs: string;
  remove(): void;
}

/** Why the image is not built here, undefined where it is. */
export const NO_IMAGE = reason();

function reason(): string | undefined {
  if (process.platform !== "linux") return `containers need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "containers are made here by root alone";
  const missing = ["buildah", "runc", "mmdebstrap"].filter(
    (program) => !existsSync(`/usr/bin/${program}`) && !existsSync(`/usr/sbin/${program}`),
  );
  return missing.length > 0 ? `not installed: ${missing.join(", ")}` : undefined;
}

/** Builds the image as `npm run image` does, in a store of its own; `IMAGE_STORE` names one where it has been built. */
export function builtImage(): BuiltImage {
  const given = process.env["IMAGE_STORE"];
  const store = given ?? mkdtempSync(join(tmpdir(), "recsys-image-"));
  const buildah = (...args: readonly string[]): string =>
    execFileSync("buildah", [...storageOptions(store), ...args], { encoding: "utf8" }).trim();
  if (given === undefined) {
    const options = ["--engine", "buildah", "--local-base", "--storage", store, "--tag", TAG];
    execFileSync(process.execPath, [SCRIPT, ...options], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  const container = buildah("from", "--pull-never", TAG);
  const image = JSON.parse(buildah("inspect", "--type", "image", TAG)) as {
    readonly Docker: { readonly config: ImageConfig };
  };
  return {
    config: image.Docker.config,
    rootfs: buildah("mount", container),
    remove() {
      buildah("rm", container);
      if (given === undefined) rmSync(store, { recursive: true, force: true });
    },
  };
}

function storageOptions(store: string): readonly string[] {
  return [
    ...["--root", join(store, "images"), "--runroot", join(store, "run")],
    ...["--storage-driver", "vfs"],
  ];
}
