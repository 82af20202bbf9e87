import type { PanelProblem, RawData } from "../../../../schema/index.ts";
import { csrfHeaders, RequestError } from "../../api/client.ts";

/** A file that is being sent. */
export interface Sending {
  readonly stored: Promise<RawData>;
  readonly cancel: () => void;
}

/**
 * Streams a file to the server; the browser reads it piece by piece, however large it is. By `XMLHttpRequest`, since
 * `fetch` does not tell how much has left.
 */
export function sendFile(
  name: string,
  file: File,
  onProgress: (sentBytes: number) => void,
): Sending {
  const request = new XMLHttpRequest();
  const stored = new Promise<RawData>((resolve, reject) => {
    request.upload.onprogress = ({ loaded }) => {
      onProgress(loaded);
    };
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as RawData);
      else reject(refusalOf(request));
    };
    request.onerror = () => {
      reject(new Error("the connection broke off, and nothing was changed; send it again"));
    };
    request.onabort = () => {
      reject(new Error("cancelled"));
    };
  });
  request.open("PUT", `/panel/api/data/files/${encodeURIComponent(name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  for (const [header, value] of Object.entries(csrfHeaders())) {
    request.setRequestHeader(header, value);
  }
  request.send(file);
  return {
    stored,
    cancel: () => {
      request.abort();
    },
  };
}

function refusalOf({ status, responseText }: XMLHttpRequest): RequestError {
  try {
    return new RequestError(status, JSON.parse(responseText) as PanelProblem);
  } catch {
    const message = `the server answered ${status}`;
    return new RequestError(status, { error: { code: "unreadable", message } });
  }
}
