import { randomUUID } from "node:crypto";

import { DeleteObjectCommand, PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";

import { existingHead, keyOf, type Location } from "./location.ts";

/** A version (ETag) as a server wants it in `If-Match`. */
export type Quoting = (etag: string) => string;

/**
 * A server that writes whatever the condition says, or never writes under one: two executions could move a pointer at
 * the same time, and one would undo the other without a word.
 */
export class ConditionalWritesError extends Error {
  override readonly name = "ConditionalWritesError";
}

/**
 * Makes sure that the server honours conditional writes, and learns how it takes a version: most take an ETag as they
 * give it, in quotes, but Ceph 16 and what is built on it only without. Writes a small object of its own and removes it.
 *
 * AWS is known and not asked; another server is once in a process.
 *
 * @throws ConditionalWritesError
 */
export async function conditionalWrites(location: Location): Promise<Quoting> {
  const { config } = location.client;
  if (config.isCustomEndpoint !== true || config.endpoint === undefined) return asGiven;
  const { hostname, port, path } = await config.endpoint();
  const server = `${hostname}${port === undefined ? "" : `:${port}`}${path.replace(/\/$/, "")}`;
  const known = ANSWERS.get(server);
  if (known !== undefined) return known;
  const answer = probe(location, server);
  ANSWERS.set(server, answer);
  // A connection that broke says nothing about the server.
  answer.catch(() => ANSWERS.delete(server));
  return answer;
}

const ANSWERS = new Map<string, Promise<Quoting>>();
const asGiven: Quoting = (etag) => etag;
const bare: Quoting = (etag) => etag.replaceAll('"', "");

async function probe(location: Location, server: string): Promise<Quoting> {
  const path = `.conditional-writes-${randomUUID()}`;
  const object = { Bucket: location.name, Key: keyOf(location, path) };
  const writes = (condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string }) =>
    isWritten(location, { ...object, Body: "?", ...condition });
  const unsafe = (what: string): ConditionalWritesError =>
    new ConditionalWritesError(
      `the S3 server at ${server} does not honour conditional writes (${what}), so that pointers cannot be moved safely in ${location.url}; ` +
        "use a newer version of it, another server, or a folder",
    );

  try {
    // The first may say no as well: made again after a lost answer, it meets its own work.
    await writes({ IfNoneMatch: "*" });
    if (await writes({ IfNoneMatch: "*" })) {
      throw unsafe("it replaced an object that was not to be there, If-None-Match: *");
    }
    const { etag } = await existingHead(location, path);
    if (etag === "") throw unsafe("it names no version of an object, ETag");
    const other = etag.replace(/[0-9a-f]/gi, (digit) => (digit === "0" ? "1" : "0"));
    for (const quoting of [asGiven, bare]) {
      if (await writes({ IfMatch: quoting(other) })) {
        throw unsafe("it replaced another version than the one that was named, If-Match");
      }
      if (await writes({ IfMatch: quoting(etag) })) return quoting;
    }
    throw unsafe("it did not replace the version that was named, If-Match");
  } catch (error) {
    throw statusOf(error) === 501 ? unsafe("it knows no conditions") : error;
  } finally {
    // Left behind it does no harm, and what went wrong before says more.
    await location.client.send(new DeleteObjectCommand(object)).catch(() => undefined);
  }
}

/** Was the object written, or did its condition not hold? */
async function isWritten(
  location: Location,
  object: ConstructorParameters<typeof PutObjectCommand>[0],
): Promise<boolean> {
  try {
    await location.client.send(new PutObjectCommand(object));
    return true;
  } catch (error) {
    if ([409, 412].includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
