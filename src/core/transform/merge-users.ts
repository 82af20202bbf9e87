import { type ArtefactWriter, type Bucket, createIndexWriter } from "../../storage/index.ts";
import { lineFileNames, USER_LINES } from "./line-files.ts";
import { USER_LIST_COUNT } from "./shard-files.ts";

const PIECE_BYTES = 1 << 20;

/** Concatenates the shards' user rows and lines: users are divided in order, so nothing else is needed. */
export async function mergeUsers(
  bucket: Bucket,
  artefact: ArtefactWriter,
  shards: readonly string[],
  { users, k }: { readonly users: number; readonly k: number },
): Promise<void> {
  const index = await createIndexWriter(await artefact.create("users.index"), {
    k,
    lists: USER_LIST_COUNT,
    rows: users + 1,
  });
  const rowBytes = USER_LIST_COUNT * (4 + 8 * k);
  for (const shard of shards) {
    await eachPiece(bucket, `${shard}/users.rows`, rowBytes, (rows) => index.writeRows(rows));
  }
  await index.close();
  for (const name of lineFileNames(USER_LINES)) {
    const writer = await artefact.create(name);
    for (const shard of shards) {
      await eachPiece(bucket, `${shard}/${name}`, 1, (bytes) => writer.write(bytes));
    }
    await writer.close();
  }
}

/** Reads an object in pieces of whole units. */
async function eachPiece(
  bucket: Bucket,
  path: string,
  unitBytes: number,
  onPiece: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const reader = await bucket.open(path);
  try {
    const size = Math.max(1, Math.floor(PIECE_BYTES / unitBytes)) * unitBytes;
    for (let offset = 0; offset < reader.bytes; offset += size) {
      await onPiece(await reader.read(offset, Math.min(size, reader.bytes - offset)));
    }
  } finally {
    await reader.close();
  }
}
