import { useEffect, useReducer, useRef } from "react";

import type { RawData } from "../../../../schema/index.ts";
import { bytes } from "../../format/numbers.ts";
import { type Sending, sendFile } from "./send-file.ts";
import { rawNameAs, rawNameOf } from "./upload-name.ts";
import { nextUpload, type Upload, uploadsAfter } from "./uploads.ts";

/** The uploads of this page, and what can be done with them. */
export interface Uploads {
  readonly list: readonly Upload[];
  readonly add: (files: readonly File[]) => void;
  readonly nameAs: (upload: Upload, role: string) => void;
  readonly cancel: (upload: Upload) => void;
  readonly retry: (upload: Upload) => void;
  readonly dismiss: (upload: Upload) => void;
}

let lastId = 0;

/** Sends files one after the other; leaving the page ends what is still being sent. */
export function useUploads(
  { files, maxUploadBytes }: RawData,
  onStored: (data: RawData, name: string) => void,
): Uploads {
  const [list, tell] = useReducer(uploadsAfter, []);
  const sending = useRef<{ readonly id: number; readonly cancel: Sending["cancel"] } | null>(null);
  const next = nextUpload(list);

  useEffect(() => {
    if (next === undefined || next.name === null || sending.current?.id === next.id) return;
    const { id, name, file } = next;
    tell({ type: "started", id, at: Date.now() });
    const { stored, cancel } = sendFile(name, file, (sentBytes) => {
      tell({ type: "progressed", id, sentBytes });
    });
    sending.current = { id, cancel };
    stored
      .then(
        (data) => {
          tell({ type: "stored", id });
          onStored(data, name);
        },
        (error: unknown) => {
          const problem = error instanceof Error ? error.message : String(error);
          tell({ type: "failed", id, problem });
        },
      )
      .finally(() => {
        if (sending.current?.id === id) sending.current = null;
      });
  });

  useEffect(
    () => () => {
      sending.current?.cancel();
    },
    [],
  );

  const roles = [...new Set(files.map(({ role }) => role))];
  return {
    list,
    add: (chosen) => {
      tell({
        type: "added",
        uploads: chosen.map((file) => uploadOf(file, rawNameOf(file.name, roles), maxUploadBytes)),
      });
    },
    nameAs: ({ id, file }, role) => {
      tell({ type: "named", id, name: rawNameAs(role, file.name) });
    },
    cancel: ({ id }) => {
      tell({ type: "cancelled", id });
      if (sending.current?.id === id) sending.current.cancel();
    },
    retry: ({ id }) => {
      tell({ type: "retried", id });
    },
    dismiss: ({ id }) => {
      tell({ type: "dismissed", id });
    },
  };
}

function uploadOf(file: File, name: string | null, maxBytes: number): Upload {
  const problem = problemOf(file, maxBytes);
  const state = problem !== null ? "failed" : name === null ? "unnamed" : "waiting";
  return { id: ++lastId, file, name, state, problem, sentBytes: 0, startedAt: null };
}

/** What would be refused in the end is refused at once. */
function problemOf({ size }: File, maxBytes: number): string | null {
  if (size === 0) return "the file is empty";
  if (size <= maxBytes) return null;
  return `the file has ${bytes(size)} and may have ${bytes(maxBytes)} (“Largest upload” on the page Customization); pack it with gzip, or raise the limit`;
}
