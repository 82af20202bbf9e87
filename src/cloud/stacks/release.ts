import { readFileSync } from "node:fs";

const file = new URL("../../../package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };

/** The folder of this version in a bucket of releases. */
export const RELEASE = `recsys/${version}`;
