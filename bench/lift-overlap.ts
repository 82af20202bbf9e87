/**
 * How far the users named for one item are those named for another: lists ranked by probability and by lift.
 *
 * `node bench/lift-overlap.ts BUCKET [K]`, of what the bucket serves.
 */
import { ITEM_LISTS, RecSysConfig } from "../src/schema/index.ts";
import { folderBucket, openServingFolder, readPointer } from "../src/storage/index.ts";

const [path = "recsys-bucket", length = "10"] = process.argv.slice(2);
const k = Number(length);
const bucket = folderBucket(path, RecSysConfig.parse({}).bucketPrefix);
const pointer = await readPointer(bucket, "batch_transform_inference_output");
if (pointer === undefined) throw new Error(`${path} serves nothing; run \`recsys up\` on it first`);
const folder = await openServingFolder(bucket, pointer);
const { users, items } = folder.content;

console.log(`${items} items, the first ${k} of their lists`);
for (const [name, list] of Object.entries(ITEM_LISTS)) {
  const named = new Uint32Array(users); // in how many lists each user stands
  let entries = 0;
  let probability = 0;
  for (let item = 0; item < items; item++) {
    const { indices, probabilities, count } = await folder.itemsIndex.readList(item, list, k);
    entries += count;
    for (let place = 0; place < count; place++) {
      named[indices[place]!]!++;
      probability += probabilities[place]!;
    }
  }
  // Two lists share a user for each pair of the lists that the user stands in.
  const shared = named.reduce((sum, lists) => sum + (lists * (lists - 1)) / 2, 0);
  const pairs = (items * (items - 1)) / 2;
  console.log(
    `${name.padEnd(9)}  two items share ${(shared / pairs).toFixed(3)} users on average, ` +
      `${((100 * named.filter((lists) => lists > 0).length) / users).toFixed(1)} % of the users stand in a list, ` +
      `mean probability ${(probability / entries).toFixed(4)}`,
  );
}
await folder.close();
