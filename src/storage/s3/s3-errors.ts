import { S3ServiceException } from "@aws-sdk/client-s3";

/** Is there no such object? A HEAD has no body to say so in, only its status. */
export function isMissing(error: unknown): boolean {
  return isS3Error(error, "NoSuchKey", "NotFound");
}

/** Does the object end before what was asked for? */
export function isPastTheEnd(error: unknown): boolean {
  return isS3Error(error, "InvalidRange");
}

/** Is the object still the version that was known? */
export function isNotModified(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304;
}

/** Is an upload in parts unknown: never begun, given up or done? */
export function isUploadUnknown(error: unknown): boolean {
  return isS3Error(error, "NoSuchUpload");
}

/** Did the condition of a write not hold, or was somebody else writing at that moment? */
export function isConditionUnmet(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  // 404: the object that should have been there is gone.
  return [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}

function isS3Error(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof S3ServiceException && names.includes(error.name);
}
