/** Runs buildah. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where buildah itself looks. */
const SYSTEM_POLICY = "/etc/containers/policy.json";

/**
 * Runs a command of buildah.
 *
 * @param {string | undefined} storage - keep images and containers in this folder as plain files, which works in a container
 *   too; by default where the system keeps them
 * @param {string[]} args
 * @param {{ output?: true }} [options] - `output`: give what it prints back
 * @returns {string} what it has printed, trimmed
 */
export function buildah(storage, args, { output } = {}) {
  const [command, ...rest] = args;
  // Within a container a step may make no namespaces of its own: a chroot must do.
  const isolation = ["build", "run"].includes(command) ? ["--isolation", "chroot"] : [];
  const policy = needsPolicy(command) ? policyOption(storage) : [];
  const all =
    storage === undefined
      ? [command, ...policy, ...rest]
      : [...storageOptions(storage), command, ...isolation, ...policy, ...rest];
  return (
    execFileSync("buildah", all, {
      stdio: ["ignore", output ? "pipe" : 2, 2],
      encoding: "utf8",
      maxBuffer: 1e8,
    })?.trim() ?? ""
  );
}

/** `vfs` copies files where others mount layers, and so works anywhere. */
export function storageOptions(storage) {
  return [
    ...["--root", join(storage, "images")],
    ...["--runroot", join(storage, "run")],
    ...["--storage-driver", "vfs"],
  ];
}

function needsPolicy(command) {
  return ["build", "from", "commit", "push"].includes(command);
}

/** Which images may be used; where the system does not say: any, for they are ours. */
function policyOption(storage) {
  if (storage === undefined || existsSync(SYSTEM_POLICY)) return [];
  const file = join(storage, "policy.json");
  mkdirSync(storage, { recursive: true });
  writeFileSync(file, JSON.stringify({ default: [{ type: "insecureAcceptAnything" }] }));
  return ["--signature-policy", file];
}
