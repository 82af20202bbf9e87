/* A process that raises the number in `counter` so many times; the test runs several at once. */
import { folderBucket } from "../../src/storage/index.ts";

const [folder = "", times = "0"] = process.argv.slice(2);
const bucket = folderBucket(folder, "prefix");
for (let done = 0; done < Number(times);) {
  const text = Buffer.from(await bucket.read("counter")).toString("utf8");
  if (await bucket.swap("counter", text, String(Number(text) + 1))) done++;
}
