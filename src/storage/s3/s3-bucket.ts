import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import type { Bucket } from "../bucket.ts";
import { conditionalWrites } from "./conditional-writes.ts";
import { listFolders, listObjects, removeObjects } from "./listing.ts";
import { keyOf, type Location } from "./location.ts";
import { readBytes, readObject, unlessChanged } from "./object-bytes.ts";
import { readableS3Bucket } from "./readable-s3-bucket.ts";
import { objectWriter, uploadStream } from "./object-writer.ts";
import { swapObject } from "./swap-object.ts";

/**
 * A bucket in S3, or on a server that speaks its language and honours conditional writes (`If-Match`, `If-None-Match`).
 * Whether it does is asked before the first write, so that nothing is half made where it does not.
 *
 * Unlike a file, an object that is removed or replaced can no longer be read by who has it open: it fails.
 */
export function s3Bucket(location: Location): Bucket {
  const { client, name } = location;
  return {
    ...readableS3Bucket(location),
    readRange: (path, offset, length) =>
      length <= 0
        ? Promise.resolve(new Uint8Array())
        : unlessChanged(() => readBytes(location, path, { offset, length })),
    async stream(path) {
      const { pieces } = await readObject(location, path);
      return Readable.from(pieces, { objectMode: false });
    },
    async toLocalFile(path, scratchFolder) {
      await mkdir(scratchFolder, { recursive: true });
      // Its name keeps its end, by which readers know a packed file.
      const file = join(scratchFolder, `${randomUUID()}-${basename(path)}`);
      await unlessChanged(async () => {
        const { pieces } = await readObject(location, path);
        await pipeline(pieces, createWriteStream(file));
      });
      return file;
    },
    async write(path, bytes) {
      await conditionalWrites(location);
      await client.send(
        new PutObjectCommand({ Bucket: name, Key: keyOf(location, path), Body: bytes }),
      );
    },
    async create(path) {
      await conditionalWrites(location);
      return objectWriter(location, path);
    },
    async upload(path, localFile) {
      await conditionalWrites(location);
      const { size } = await stat(localFile);
      await uploadStream(location, path, createReadStream(localFile), size);
    },
    swap: (path, expected, next) => swapObject(location, path, expected, next),
    list: (prefix) => listObjects(location, prefix),
    folders: (folder) => listFolders(location, folder),
    async remove(path) {
      await client.send(new DeleteObjectCommand({ Bucket: name, Key: keyOf(location, path) }));
    },
    async removeAll(prefix) {
      const objects = await listObjects(location, prefix);
      await removeObjects(
        location,
        objects.map(({ path }) => path),
      );
    },
  };
}
