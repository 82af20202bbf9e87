import { createReadStream, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";

/**
 * A folder over the reading half of S3's language (GET with ranges and conditions, HEAD), each answer so many
 * milliseconds late, as a trip within a region is.
 *
 * @returns the server, whose objects are at `/bucket/<path in the folder>`
 */
export async function serveSlowly(folder: string, milliseconds: number): Promise<Server> {
  const server = createServer((request, response) => {
    setTimeout(() => {
      const path = decodeURIComponent(new URL(request.url!, "http://s3").pathname);
      const file = join(folder, path.replace(/^\/bucket\//, ""));
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat?.isFile() !== true) {
        response.writeHead(404, { "content-type": "application/xml" });
        response.end("<Error><Code>NoSuchKey</Code></Error>");
        return;
      }
      const etag = `"${stat.mtimeMs}-${stat.size}"`;
      if (request.headers["if-none-match"] === etag) {
        response.writeHead(304, { etag }).end();
        return;
      }
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "");
      const start = Number(range?.[1] ?? 0);
      const end = Math.min(range?.[2] ? Number(range[2]) : Infinity, stat.size - 1);
      response.writeHead(range ? 206 : 200, { etag, "content-length": end - start + 1 });
      if (request.method === "HEAD") response.end();
      else createReadStream(file, { start, end }).pipe(response);
    }, milliseconds);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
