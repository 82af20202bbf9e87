import { S3Client } from "@aws-sdk/client-s3";

/**
 * A client for the account of the environment, found as every AWS tool finds it; for another S3-compatible server
 * (MinIO, Ceph, R2) where `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` names one.
 *
 * Such servers are asked by path, because names such as `bucket.127.0.0.1` lead nowhere, and get no checksum that S3 does not demand:
 * an older one takes the checksum that follows a streamed body for a part of the object, and keeps it (measured with
 * s3rver 3.7; Ceph 16 refuses it).
 */
export function s3Client(
  environment: NodeJS.ProcessEnv = process.env,
  { attempts, retryMode, connectionTimeout, socketTimeout }: Patience = PATIENT,
): S3Client {
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
  return new S3Client({
    maxAttempts: attempts,
    retryMode,
    requestHandler: { connectionTimeout, socketTimeout },
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

/** How long a request is tried. */
export interface Patience {
  readonly attempts: number;
  /** `adaptive`: a bucket that says it is busy is asked less often by all that this client does, until it says so no more. */
  readonly retryMode: "adaptive" | "standard";
  /** Milliseconds. */
  readonly connectionTimeout: number;
  /** Milliseconds of an idle connection: one through which nothing comes for so long is dead, and the request is made again. */
  readonly socketTimeout: number;
}

/** How often a request is made until it is given up; the client waits longer each time, half a minute in all. */
export const ATTEMPTS = 8;

const PATIENT: Patience = {
  attempts: ATTEMPTS,
  retryMode: "adaptive",
  connectionTimeout: 5_000,
  socketTimeout: 30_000,
};

/** Where somebody waits for the answer: what does not come in seconds comes too late. */
export const HURRIED: Patience = {
  attempts: 3,
  retryMode: "standard",
  connectionTimeout: 1_000,
  socketTimeout: 2_000,
};
