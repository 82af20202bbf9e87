import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";

import { type FileEntry, Manifest, Pointer, type StageFolder } from "../schema/index.ts";
import {
  type Bucket,
  ObjectNotFoundError,
  type ObjectWriter,
  type ReadableBucket,
} from "./bucket.ts";
import { encodeSafetensors, type Tensors } from "./safetensors.ts";

/** `<stage folder>/<execution>`: where an execution's artefact stands. */
export function artefactFolder(stage: StageFolder, execution: string): string {
  return `${stage}/${execution}`;
}

/** Writes the files of one execution's artefact, and at the end the manifest that names them all. */
export class ArtefactWriter {
  readonly folder: string;
  readonly #files = new Map<string, FileEntry>();
  readonly #bucket: Bucket;
  readonly #stage: StageFolder;
  readonly #execution: string;

  constructor(bucket: Bucket, stage: StageFolder, execution: string) {
    this.#bucket = bucket;
    this.#stage = stage;
    this.#execution = execution;
    this.folder = artefactFolder(stage, execution);
  }

  async write(name: string, bytes: Uint8Array | string): Promise<void> {
    const writer = await this.create(name);
    await writer.write(bytes);
    await writer.close();
  }

  async writeTensors(name: string, tensors: Tensors): Promise<void> {
    const writer = await this.create(name);
    for (const piece of encodeSafetensors(tensors)) await writer.write(piece);
    await writer.close();
  }

  /** Writes a file piece by piece, hashed on its way. */
  async create(name: string): Promise<ObjectWriter> {
    const writer = await this.#bucket.create(`${this.folder}/${name}`);
    const hash = createHash("sha256");
    let bytes = 0;
    return {
      write: async (piece) => {
        const buffer = typeof piece === "string" ? Buffer.from(piece) : piece;
        hash.update(buffer);
        bytes += buffer.byteLength;
        await writer.write(buffer);
      },
      close: async () => {
        await writer.close();
        this.#files.set(name, { bytes, sha256: hash.digest("hex") });
      },
      abort: () => writer.abort(),
    };
  }

  async upload(name: string, localFile: string): Promise<void> {
    const hash: Hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of createReadStream(localFile, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
    await this.#bucket.upload(`${this.folder}/${name}`, localFile);
    this.#files.set(name, { bytes, sha256: hash.digest("hex") });
  }

  /** Takes in a file that an earlier step of the same execution has written. */
  async adopt(name: string): Promise<void> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of await this.#bucket.stream(`${this.folder}/${name}`)) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
    this.#files.set(name, { bytes, sha256: hash.digest("hex") });
  }

  /** Writes `manifest.json`, from when on the artefact is whole, and returns its sha256. */
  async finish(rest: {
    readonly createdAtSeconds: number;
    readonly inputs: Manifest["inputs"];
    readonly content: Manifest["content"];
  }): Promise<string> {
    const manifest: Manifest = {
      formatVersion: 1,
      kind: this.#stage,
      execution: this.#execution,
      createdAt: new Date(rest.createdAtSeconds * 1000).toISOString(),
      inputs: rest.inputs,
      files: Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))),
      content: rest.content,
    };
    const text = JSON.stringify(manifest, null, 2);
    await this.#bucket.write(`${this.folder}/manifest.json`, text);
    return createHash("sha256").update(text).digest("hex");
  }
}

/** @throws ObjectNotFoundError if the execution has not finished this artefact */
export async function readManifest(
  bucket: Bucket,
  stage: StageFolder,
  execution: string,
): Promise<Manifest> {
  const bytes = await bucket.read(`${artefactFolder(stage, execution)}/manifest.json`);
  return Manifest.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

/** The stage's current execution, `undefined` before the first. */
export async function readPointer(
  bucket: ReadableBucket,
  stage: StageFolder,
): Promise<Pointer | undefined> {
  const text = await pointerText(bucket, stage);
  return text === undefined ? undefined : Pointer.parse(JSON.parse(text));
}

/** Makes an execution's finished artefact the current one of its stage; does nothing if it is already. */
export async function publish(
  bucket: Bucket,
  stage: StageFolder,
  execution: string,
): Promise<void> {
  const manifest = await bucket.read(`${artefactFolder(stage, execution)}/manifest.json`);
  const manifestSha256 = createHash("sha256").update(manifest).digest("hex");
  for (;;) {
    const text = await pointerText(bucket, stage);
    const current = text === undefined ? undefined : Pointer.parse(JSON.parse(text));
    if (current?.manifestSha256 === manifestSha256) return;
    // An execution that was resumed may finish its artefact twice: it does not become its own predecessor.
    const previous = current?.execution === execution ? current.previous : current?.execution;
    const next: Pointer = { execution, manifestSha256, previous: previous ?? null };
    if (await bucket.swap(pointerPath(stage), text, JSON.stringify(next))) return;
  }
}

function pointerPath(stage: StageFolder): string {
  return `${stage}/current.json`;
}

async function pointerText(
  bucket: ReadableBucket,
  stage: StageFolder,
): Promise<string | undefined> {
  try {
    return Buffer.from(await bucket.read(pointerPath(stage))).toString("utf8");
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
