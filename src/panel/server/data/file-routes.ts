import { Readable } from "node:stream";

import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

import { previewRawFile } from "../../../collector/index.ts";
import { DataError, type FilePreview, RAW_FILES, type RawData } from "../../../schema/index.ts";
import { ObjectNotFoundError } from "../../../storage/index.ts";
import { readDraft } from "../configuration/index.ts";
import { type PanelContext, PanelError } from "../context.ts";
import { parsed } from "../parsed.ts";
import { rawPath, roleOf } from "./raw-files.ts";
import { storeRawFile } from "./store-raw-file.ts";

/** What the routes of single files share with the others. */
export interface FileRoutesOptions {
  readonly requireUnlocked: () => Promise<void>;
  readonly maxUploadBytes: () => Promise<number>;
  readonly rawData: () => Promise<RawData>;
}

/** `PUT|DELETE /panel/api/data/files/:name` and its preview. */
export function addFileRoutes(
  app: FastifyInstance,
  panel: PanelContext,
  { requireUnlocked, maxUploadBytes, rawData }: FileRoutesOptions,
): void {
  const { bucket } = panel;
  void app.register((uploads, _, done) => {
    // The body is a file, whatever it says it is: nothing reads it before it is written.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, next) => {
      next(null, payload);
    });
    uploads.put(
      "/panel/api/data/files/:name",
      { config: { access: "operator" } },
      async (request, reply) => {
        try {
          const name = rawFileName(request);
          await requireUnlocked();
          const announced = {
            bytes: announcedBytes(request),
            sha256: headerOf(request, "x-content-sha256"),
            maxBytes: await maxUploadBytes(),
          };
          const source = request.body instanceof Readable ? request.body : Readable.from([]);
          const { bytes, sha256 } = await storeRawFile(
            bucket,
            name,
            source,
            announced,
            requireUnlocked,
          );
          panel.audit(request, "upload", name, `${bytes} bytes, SHA-256 ${sha256}`);
        } catch (error) {
          // What still comes of a refused file is not kept; read on, or the sender would not hear the answer.
          request.raw.resume();
          void reply.header("connection", "close");
          throw error;
        }
        return rawData();
      },
    );
    done();
  });

  app.delete("/panel/api/data/files/:name", { config: { access: "operator" } }, async (request) => {
    const name = rawFileName(request);
    await requireUnlocked();
    if ((await bucket.head(rawPath(name))) === undefined) throw notThere(name);
    await bucket.remove(rawPath(name));
    panel.audit(request, "delete file", name);
    return rawData();
  });

  app.get(
    "/panel/api/data/files/:name/preview",
    { config: { access: "viewer" } },
    async (request): Promise<FilePreview> => {
      const name = rawFileName(request);
      if (name.endsWith(".json")) {
        throw new PanelError(400, "invalid", `${name} has no rows; see its description instead`);
      }
      const { config } = await readDraft(panel);
      try {
        const { hasHeader, columns, rows } = await previewRawFile(
          bucket,
          name,
          config.collector.header,
        );
        return {
          hasHeader,
          columns: columns.map((column) => ({ ...column, examples: [...column.examples] })),
          rows: rows.map((row) => [...row]),
        };
      } catch (error) {
        if (error instanceof ObjectNotFoundError) throw notThere(name);
        if (error instanceof DataError) throw new PanelError(400, "invalid", error.message);
        throw error;
      }
    },
  );
}

const Params = z.object({ name: z.string() });

/** Only these names reach the bucket: no path can be made of them. */
function rawFileName(request: FastifyRequest): string {
  const { name } = parsed(Params, request.params);
  if (roleOf(name) !== undefined) return name;
  throw new PanelError(
    400,
    "invalid",
    `"${name.slice(0, 100)}" is not the name of a raw file; they are ${Object.values(RAW_FILES).join(", ")}, a .csv also as .csv.gz`,
  );
}

function announcedBytes(request: FastifyRequest): number | undefined {
  const length = headerOf(request, "content-length");
  return length === undefined ? undefined : Number(length);
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function notThere(name: string): PanelError {
  return new PanelError(404, "not_found", `there is no ${name} yet; upload it first`);
}
