import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * The files in which two executions of the same data differ, though nothing is wrong; what in them differs, and why.
 * All others are the same bytes.
 */
const DIFFERENT = [
  { files: /manifest\.json$/, fields: ["createdAt"], why: "when it was made" },
  { files: /current\.json$/, fields: ["manifestSha256"], why: "of a file with the time in it" },
  {
    files: /^executions\/[^/]+\/[^/]+\/input\.json$/,
    fields: ["bucket"],
    why: "where it was made",
  },
  {
    files: /\/journal\.jsonl$/,
    fields: ["time", "bucket", "Seconds", "PeakRssBytes"],
    why: "when, where, and what the jobs took",
  },
  { files: /^executions\/core\/[^/]+\/evaluation\.json$/, fields: ["dataCreatedAt"], why: "when" },
] as const;

/**
 * What a bucket holds, as one line for each object: its path, the sha256 of its bytes, and for those that differ what
 * was taken away before.
 *
 * @throws Error where a pointer names a manifest of other bytes
 */
export function fingerprints(objects: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const paths = [...objects.keys()].sort();
  return paths.map((path) => {
    const bytes = objects.get(path)!;
    const different = DIFFERENT.find(({ files }) => files.test(path));
    if (different === undefined) return `${path} ${sha256(bytes)}`;
    const text = Buffer.from(bytes).toString("utf8");
    if (path.endsWith("/current.json")) checkPointer(objects, path, text);
    const fields: readonly string[] = different.fields;
    const lines = path.endsWith(".jsonl") ? text.trimEnd().split("\n") : [text];
    const kept = lines.map((line) =>
      JSON.stringify(JSON.parse(line, (key, value: unknown) => (fields.includes(key) ? 0 : value))),
    );
    return `${path} ${sha256(kept.join("\n"))} without ${fields.join(", ")}: ${different.why}`;
  });
}

/** The files of a folder, by their paths in it. */
export function filesOf(folder: string): ReadonlyMap<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).replaceAll(sep, "/"), readFileSync(file)];
    }),
  );
}

function checkPointer(objects: ReadonlyMap<string, Uint8Array>, path: string, text: string): void {
  const pointer = JSON.parse(text) as { execution: string; manifestSha256: string };
  const manifest = path.replace("current.json", `${pointer.execution}/manifest.json`);
  const got = sha256(objects.get(manifest)!);
  if (got !== pointer.manifestSha256) throw new Error(`${path} does not name ${manifest}, ${got}`);
}

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
