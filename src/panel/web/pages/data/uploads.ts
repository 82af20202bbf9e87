/** A file on its way to the server. */
export interface Upload {
  readonly id: number;
  readonly file: File;
  /** The raw file that it becomes; `null` until somebody says it. */
  readonly name: string | null;
  readonly state: "unnamed" | "waiting" | "sending" | "stored" | "failed" | "cancelled";
  readonly sentBytes: number;
  /** Of the browser's clock, in milliseconds. */
  readonly startedAt: number | null;
  readonly problem: string | null;
}

export type UploadEvent =
  | { readonly type: "added"; readonly uploads: readonly Upload[] }
  | { readonly type: "named"; readonly id: number; readonly name: string }
  | { readonly type: "started"; readonly id: number; readonly at: number }
  | { readonly type: "progressed"; readonly id: number; readonly sentBytes: number }
  | { readonly type: "stored"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly problem: string }
  | { readonly type: "cancelled"; readonly id: number }
  | { readonly type: "retried"; readonly id: number }
  | { readonly type: "dismissed"; readonly id: number };

/** What has become of the uploads. What was cancelled stays cancelled, whatever still comes of it. */
export function uploadsAfter(uploads: readonly Upload[], event: UploadEvent): readonly Upload[] {
  switch (event.type) {
    case "added": {
      // Who chooses a file for the same name again means the new one.
      const names = new Set(event.uploads.flatMap(({ name }) => name ?? []));
      const isReplaced = ({ name, state }: Upload): boolean =>
        name !== null && names.has(name) && state !== "sending";
      return [...uploads.filter((upload) => !isReplaced(upload)), ...event.uploads];
    }
    case "named":
      return changed(uploads, event.id, { name: event.name, state: "waiting" });
    case "started":
      return changed(uploads, event.id, { state: "sending", startedAt: event.at, sentBytes: 0 });
    case "progressed":
      return changed(uploads, event.id, { sentBytes: event.sentBytes });
    case "stored":
      return changed(uploads, event.id, { state: "stored" });
    case "failed":
      return uploads.map((upload) =>
        upload.id === event.id && upload.state !== "cancelled"
          ? { ...upload, state: "failed", problem: event.problem }
          : upload,
      );
    case "cancelled":
      return changed(uploads, event.id, { state: "cancelled" });
    case "retried":
      return changed(uploads, event.id, { state: "waiting", problem: null, sentBytes: 0 });
    case "dismissed":
      return uploads.filter(({ id }) => id !== event.id);
  }
}

/** The upload whose turn it is: one at a time, so that a large file is not slowed by the others. */
export function nextUpload(uploads: readonly Upload[]): Upload | undefined {
  if (uploads.some(({ state }) => state === "sending")) return undefined;
  return uploads.find(({ state }) => state === "waiting");
}

/** Is something still to be sent? */
export function areUploading(uploads: readonly Upload[]): boolean {
  return uploads.some(({ state }) => state === "sending" || state === "waiting");
}

/** Share that is sent, and the seconds that the rest takes at the pace until now; `null` before there is one. */
export function paceOf(
  { file, sentBytes, startedAt }: Upload,
  now: number,
): { readonly share: number; readonly secondsLeft: number | null } {
  const share = file.size === 0 ? 0 : Math.min(1, sentBytes / file.size);
  const seconds = startedAt === null ? 0 : (now - startedAt) / 1000;
  const hasPace = seconds >= 1 && sentBytes > 0;
  return { share, secondsLeft: hasPace ? ((file.size - sentBytes) * seconds) / sentBytes : null };
}

function changed(
  uploads: readonly Upload[],
  id: number,
  change: Partial<Upload>,
): readonly Upload[] {
  return uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
}
