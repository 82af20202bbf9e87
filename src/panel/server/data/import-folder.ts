import { constants } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, sep } from "node:path";

import { RAW_FILES, rawFileForms } from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";
import { PanelError } from "../context.ts";
import { storeRawFile } from "./store-raw-file.ts";

/**
 * Copies the raw files of a folder on the server's machine into the bucket, and nothing else of it. A symbolic link
 * may lead to another file of the folder, not out of it.
 *
 * @returns the names of the files copied
 * @throws PanelError if it is no folder or holds no raw file
 */
export async function importFolder(
  bucket: Bucket,
  folder: string,
  maxBytes: number,
  mayStill: () => Promise<void>,
): Promise<readonly string[]> {
  const root = await requireFolder(folder);
  const names: string[] = [];
  for (const role of Object.values(RAW_FILES)) {
    const forms: string[] = [];
    for (const form of rawFileForms(role)) if (await isThere(join(root, form))) forms.push(form);
    if (forms.length > 1) {
      throw refused(
        `${forms.join(" and ")} are both in ${folder}; remove the one that is out of date`,
      );
    }
    names.push(...forms);
  }
  if (names.length === 0) {
    throw refused(
      `${folder} holds no raw file; their names are ${Object.values(RAW_FILES).join(", ")}`,
    );
  }
  for (const name of names) {
    const file = await openInside(root, name);
    try {
      const { size } = await file.stat();
      const announced = { bytes: size, sha256: undefined, maxBytes };
      const source = file.createReadStream({ autoClose: false });
      await storeRawFile(bucket, name, source, announced, mayStill);
    } finally {
      await file.close();
    }
  }
  return names;
}

async function requireFolder(folder: string): Promise<string> {
  if (!isAbsolute(folder)) {
    throw refused(`name the folder in full, from "/" on, got "${folder}"`);
  }
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw refused(`there is no folder "${folder}" on the server's machine`);
  }
  return root;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** Opens a file of the folder: where it really is, which must be inside, and not through a link put there since. */
async function openInside(root: string, name: string) {
  const path = await realpath(join(root, name));
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw refused(`${name} is a link that leads out of ${root}; put the file itself there`);
  }
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

function refused(problem: string): PanelError {
  return new PanelError(400, "invalid", problem, [{ path: "folder", problem }]);
}
