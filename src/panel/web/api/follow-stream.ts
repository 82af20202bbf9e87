/** Before a stream that was refused is asked for again: the server was closing, or a proxy answered for it. */
const AGAIN_MILLISECONDS = 2_000;

/** What is told of a stream. */
interface Hearing {
  readonly onOpen: () => void;
  /** The connection broke, or there was none; it is being tried again. */
  readonly onLost: () => void;
  /** Told the data of each event of the stream's name. */
  readonly onEvent: (data: string) => void;
}

/**
 * Follows a stream of server-sent events of the panel's API for as long as it is wanted, also over a restart of the server:
 * a browser by itself comes back after a broken connection, but not after an answer that is no stream.
 *
 * @param path - below `/panel/api`
 * @param event - name of the events to hear
 * @returns what ends it
 */
export function followStream(
  path: string,
  event: string,
  { onOpen, onLost, onEvent }: Hearing,
): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource(`/panel/api${path}`);
    source.onopen = onOpen;
    source.onerror = () => {
      onLost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MILLISECONDS);
    };
    source.addEventListener(event, ({ data }) => {
      onEvent(data as string);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
