import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";

/** All that an S3 bucket holds, by key, asked for without the product's own code. */
export async function storedObjects(
  client: S3Client,
  Bucket: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key = "" } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      found.set(Key, await Body!.transformToByteArray());
    }
  }
  return found;
}

/** Keys of the uploads in parts that were begun and neither completed nor given up. */
export async function unfinishedUploads(
  client: S3Client,
  Bucket: string,
): Promise<readonly string[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads.map(({ Key = "" }) => Key);
}
