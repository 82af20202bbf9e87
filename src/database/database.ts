import { mkdir } from "node:fs/promises";

import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBValue,
} from "@duckdb/node-api";

/** A value that comes back from a small query. */
export type Cell = string | number | bigint | boolean | null;

/** Values of a query's `$name`s: what comes from outside is never part of the SQL itself. */
export type Parameters = Readonly<Record<string, DuckDBValue>>;

/** What a database may use. */
export interface DatabaseOptions {
  /** Where it spills what does not fit into its memory; made if it is not there. */
  readonly spillFolder: string;
  readonly memoryLimitMiB: number;
  /** @default 2 */
  readonly threads?: number;
  /** Interrupts what runs, which then rejects with its reason. */
  readonly signal: AbortSignal;
}

/** A DuckDB in memory that spills to disk and never fetches anything from the network. */
export class Database {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #signal: AbortSignal;
  readonly #interrupt: () => void;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, signal: AbortSignal) {
    this.#instance = instance;
    this.connection = connection;
    this.#signal = signal;
    this.#interrupt = () => {
      connection.interrupt();
    };
    signal.addEventListener("abort", this.#interrupt);
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const { spillFolder, memoryLimitMiB, threads = 2, signal } = options;
    await mkdir(spillFolder, { recursive: true });
    const instance = await DuckDBInstance.create(":memory:", {
      threads: threads.toString(),
      memory_limit: `${memoryLimitMiB}MiB`,
      temp_directory: spillFolder,
      preserve_insertion_order: "true",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    return new Database(instance, await instance.connect(), signal);
  }

  async run(sql: string, parameters: Parameters = {}): Promise<void> {
    await this.#stoppable(this.connection.run(sql, { ...parameters }));
  }

  /** The only row of a query. */
  async row(sql: string, parameters: Parameters = {}): Promise<readonly Cell[]> {
    return (await this.rows(sql, parameters))[0]!;
  }

  /** All rows of a query with a small result. */
  async rows(sql: string, parameters: Parameters = {}): Promise<readonly (readonly Cell[])[]> {
    const reader = await this.#stoppable(this.connection.runAndReadAll(sql, { ...parameters }));
    return reader.getRows() as Cell[][];
  }

  /** Passes over a result of any size, some two thousand rows at a time, in its order. */
  async stream(sql: string, visit: (chunk: DuckDBDataChunk, rows: number) => void): Promise<void> {
    const result = await this.#stoppable(this.connection.stream(sql));
    for (;;) {
      const chunk = await this.#stoppable(result.fetchChunk());
      // Asked once: each time is a call into DuckDB, dearer than a row's values.
      const rows = chunk?.rowCount ?? 0;
      if (chunk === null || rows === 0) return;
      visit(chunk, rows);
    }
  }

  /** Another connection to the same tables; the caller closes it. */
  async connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  close(): void {
    this.#signal.removeEventListener("abort", this.#interrupt);
    this.connection.closeSync();
    this.#instance.closeSync();
  }

  /** An interrupted query rejects with the reason of the stop, not with DuckDB's words for it. */
  async #stoppable<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      this.#signal.throwIfAborted();
    }
  }
}

/** A string as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
