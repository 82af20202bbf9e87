import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, safe in a URL, a header and a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret; it cannot be turned back. */
export function sha256Of(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Are they equal? Takes as long whatever the answer. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(
    createHash("sha256").update(given).digest(),
    createHash("sha256").update(expected).digest(),
  );
}
