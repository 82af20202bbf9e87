import { S3Client } from "@aws-sdk/client-s3";

/**
 * A client for the account of the environment, found as every AWS tool finds it; for another S3-compatible server
 * (MinIO, Ceph, R2) where `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` names one.
 *
 * Such servers are asked by path, because names such as `bucket.127.0.0.1` lead nowhere, and get no checksum that S3 does not demand:
 * an older one takes the checksum that follows a streamed body for a part of the object, and keeps it (measured with
 * s3rver 3.7; Ceph 16 refuses it).
 */
export function s3Client(environment: NodeJS.ProcessEnv = process.env): S3Client {
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
  return new S3Client({
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: 5_000,
      // Of an idle connection: one through which nothing comes for so long is dead, and the request is made again.
      socketTimeout: 30_000,
    },
    ...(endpoint === undefined || endpoint === ""
      ? { followRegionRedirects: true }
      : {
          endpoint,
          region: environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1",
          forcePathStyle: true,
          requestChecksumCalculation: "WHEN_REQUIRED",
          responseChecksumValidation: "WHEN_REQUIRED",
        }),
  });
}

/** How often a request is made until it is given up; the client waits longer each time, half a minute in all. */
export const ATTEMPTS = 8;
