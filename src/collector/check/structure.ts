import { DataError, type Place, RAW_FOLDER } from "../../schema/index.ts";

/** Problems of whole files: nothing can be read before they are repaired, so all are told at once. */
export class StructureProblems {
  readonly #errors: DataError[] = [];

  get count(): number {
    return this.#errors.length;
  }

  add(place: Place, problem: string): void {
    this.#errors.push(new DataError(place, problem));
  }

  /** The result of `work`, or `undefined` if it throws a DataError, which is kept with the others. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** @throws DataError with every problem so far, if there is one */
  throwIfAny(): void {
    const [first, ...others] = this.#errors;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const messages = this.#errors.map(({ message }) => message);
    throw new DataError(
      { file: RAW_FOLDER },
      `${messages.length} problems keep the files from being read\n${messages.join("\n")}`,
    );
  }
}
