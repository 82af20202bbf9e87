import { X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isIP } from "node:net";
import { join } from "node:path";

import { generate } from "selfsigned";

import type { PanelConfig } from "../../../schema/index.ts";

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** By which people can tell a self-signed one from another. */
  readonly sha256: string;
}

/** Where a self-signed certificate is kept, the host it is for, and the time. */
interface SelfSigned {
  readonly folder: string;
  readonly host: string;
  readonly now: Date;
}

/**
 * The certificate that the configuration asks for, `undefined` without TLS. A self-signed one is made once and kept, so
 * that the exception that people have made for it lasts.
 *
 * @throws Error if the files cannot be used
 */
export async function certificateFor(
  config: PanelConfig,
  options: SelfSigned,
): Promise<Certificate | undefined> {
  switch (config.tls) {
    case "off":
      return undefined;
    case "files":
      return certificateOfFiles(config);
    case "self-signed":
      return selfSigned(options);
  }
}

async function certificateOfFiles({ tlsCert, tlsKey }: PanelConfig): Promise<Certificate> {
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Error(
      "TLS needs the certificate and its key: give both --tls-cert FILE and --tls-key FILE",
    );
  }
  const [cert, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)]);
  return { cert, key, sha256: fingerprintOf(cert, tlsCert) };
}

async function readPem(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`${file}: cannot be read: ${String(error)}`, { cause: error });
  });
}

function fingerprintOf(cert: string, file: string): string {
  try {
    return new X509Certificate(cert).fingerprint256;
  } catch (error) {
    throw new Error(
      `${file}: is not a certificate in PEM; it must begin with -----BEGIN CERTIFICATE-----`,
      {
        cause: error,
      },
    );
  }
}

/** Browsers refuse certificates that are good for longer. */
const DAYS = 397;
const DAY = 24 * 60 * 60 * 1000;
/** One that ends sooner than this is made anew. */
const DAYS_LEFT = 30;

async function selfSigned({ folder, host, now }: SelfSigned): Promise<Certificate> {
  const certFile = join(folder, "self-signed.crt");
  const keyFile = join(folder, "self-signed.key");
  const kept = await Promise.all([readFile(certFile, "utf8"), readFile(keyFile, "utf8")]).catch(
    () => undefined,
  );
  if (kept !== undefined) {
    const [cert, key] = kept;
    const certificate = new X509Certificate(cert);
    const isFresh = Date.parse(certificate.validTo) > now.getTime() + DAYS_LEFT * DAY;
    if (isFresh && isFor(certificate, host))
      return { cert, key, sha256: certificate.fingerprint256 };
  }
  const { cert, private: key } = await generate([{ name: "commonName", value: "RecSys" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY),
    notAfterDate: new Date(now.getTime() + (DAYS - 1) * DAY),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: namesFor(host).map(altName) },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, key, { mode: 0o600 });
  await writeFile(certFile, cert);
  return { cert, key, sha256: fingerprintOf(cert, certFile) };
}

function namesFor(host: string): readonly string[] {
  const isAny = host === "0.0.0.0" || host === "::";
  return [...new Set(["localhost", "127.0.0.1", "::1", hostname(), ...(isAny ? [] : [host])])];
}

function altName(name: string) {
  return isIP(name) > 0 ? { type: 7 as const, ip: name } : { type: 2 as const, value: name };
}

function isFor(certificate: X509Certificate, host: string): boolean {
  return namesFor(host).every((name) =>
    isIP(name) > 0
      ? certificate.checkIP(name) !== undefined
      : certificate.checkHost(name) !== undefined,
  );
}
