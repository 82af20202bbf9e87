/**
 * Rows per second of the whole collector against a bare DuckDB read of the same file, in one run.
 *
 * `node bench/collector-throughput.ts [ROWS]`; 10,000,000 rows (about 700 MB) by default. Needs some
 * 3 GB in the temporary folder. Fails below 0.06 of the bare read or above 3 GB of memory.
 */
import { once } from "node:events";
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DuckDBInstance } from "@duckdb/node-api";

import { collectStage } from "../src/collector/index.ts";
import { RecSysConfig } from "../src/schema/index.ts";
import { folderBucket } from "../src/storage/index.ts";

const LEAST_RATIO = 0.06;
const MOST_BYTES = 3 * 2 ** 30;
const USERS = 200_000;
const ITEMS = 50_000;

const rows = Number(process.argv[2] ?? 10_000_000);
const folder = mkdtempSync(join(tmpdir(), "recsys-collector-bench-"));
try {
  const raw = join(folder, "bucket", "raw_data");
  const interactions = join(raw, "user_item_interactions.csv");
  mkdirSync(raw, { recursive: true });
  await writeInteractions(interactions);
  writeItems(raw);
  console.log(`${rows} rows, ${(statSync(interactions).size / 1e6).toFixed(0)} MB`);

  const bareSeconds = Math.min(await bareRead(interactions), await bareRead(interactions));
  console.log(`bare DuckDB read: ${bareSeconds.toFixed(2)} s`);
  const seconds = await collect();
  const ratio = bareSeconds / seconds;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(
    `collector: ${seconds.toFixed(2)} s, ${Math.round(rows / seconds)} rows/s, ` +
      `${ratio.toFixed(3)} of the bare read; peak memory ${(peakBytes / 1e9).toFixed(2)} GB`,
  );
  if (ratio < LEAST_RATIO || peakBytes > MOST_BYTES) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A headerless file as in the documentation's example: UUIDs, a long tail of items, three sources. */
async function writeInteractions(path: string): Promise<void> {
  const file = createWriteStream(path);
  const random = generator(1);
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  let text = "";
  for (let row = 0; row < rows; row++) {
    const id = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
    const user = 1 + Math.floor(random() * USERS);
    const item = 1 + Math.floor(ITEMS * random() ** 3);
    const source = ["recsys", "search", "homepage"][Math.floor(random() * 3)]!;
    const timestamp = 1_600_000_000 + Math.floor(random() * 100_000_000);
    text += `${id},${user},${item},${1 + Math.floor(random() * 5)},${source},${timestamp}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, "drain");
      text = "";
    }
  }
  file.end(text);
  await once(file, "close");
}

function writeItems(folder: string): void {
  const random = generator(2);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const genres = ["Action", "Comedy", "Children's", "Drama", "Sci-Fi"];
  const lines = Array.from(
    { length: ITEMS },
    (_, item) =>
      `${item + 1},Item number ${item},${Math.floor(random() * 90)},"['${pick(genres).replace("'", "\\'")}', '${pick(["a", "b"])}']"`,
  );
  writeFileSync(join(folder, "item_features.csv"), `${lines.join("\n")}\n`);
  const description = {
    0: { name: "item_id", type: "ID" },
    1: { name: "name", type: "string" },
    2: { name: "age", type: "int" },
    3: { name: "genre", type: "set" },
  };
  writeFileSync(join(folder, "item_features_description.json"), JSON.stringify(description));
}

/** Seconds to read the file into a typed table with a known layout: no checks, no encoding, no output. */
async function bareRead(path: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: "1536MiB",
    temp_directory: join(folder, "bare"),
  });
  const connection = await instance.connect();
  const start = performance.now();
  await connection.run(`CREATE TABLE bare AS SELECT * FROM read_csv('${path}', auto_detect = false,
    header = false, delim = ',', quote = '"', columns = {'interaction_id': 'VARCHAR', 'user_id': 'VARCHAR',
    'item_id': 'VARCHAR', 'rating': 'DOUBLE', 'source': 'VARCHAR', 'timestamp': 'BIGINT'})`);
  const seconds = (performance.now() - start) / 1000;
  connection.closeSync();
  instance.closeSync();
  return seconds;
}

async function collect(): Promise<number> {
  const scratchFolder = mkdtempSync(join(folder, "scratch-"));
  const start = performance.now();
  let activity = "";
  await collectStage(folderBucket(folder, "bucket"), {
    execution: "bench",
    startedAtSeconds: 1_800_000_000,
    config: RecSysConfig.parse({}),
    inputs: {},
    shard: { index: 0, count: 1 },
    threads: 2,
    signal: new AbortController().signal,
    report: (progress) => {
      if (progress.activity === activity) return;
      activity = progress.activity;
      console.log(`  ${((performance.now() - start) / 1000).toFixed(1)} s: ${activity}`);
    },
    scratchFolder,
  });
  return (performance.now() - start) / 1000;
}

/** xorshift32, so that every run reads the same file. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
