/** Where in a file something is; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The user's data is wrong: the message says where, what was got and what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly place: Place;

  constructor(place: Place, problem: string) {
    const where = [place.file, place.line, place.column].filter((part) => part !== undefined);
    super(`${where.join(":")}: ${problem}`);
    this.place = place;
  }
}
