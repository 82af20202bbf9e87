import { type EntityTexts, type RankedList, TextBuffer, WORD_SLACK } from "../storage/index.ts";

/** The most popular items for somebody, with their counts. */
export interface CountedList {
  readonly indices: Uint32Array;
  readonly counts: Uint32Array;
  readonly count: number;
}

/** One id of the request, with what is recommended to it. */
export interface Answer {
  readonly id: string;
  readonly list: RankedList | CountedList;
}

/** An {@link Answer} whose list may still have to come from the bucket. */
export interface PendingAnswer {
  readonly id: string;
  readonly list: Answer["list"] | Promise<Answer["list"]>;
}

/** What the lists of an answer hold. */
export interface Listed {
  readonly texts: EntityTexts;
  readonly withAttributes: boolean;
}

/**
 * Writes answers as JSON: keys in request order (an object of JavaScript's would sort those that look
 * like numbers, A4); per entry the id, the probability or count, then the attributes (A8).
 *
 * @returns what writes one, into memory that holds it until the next
 */
export function createAnswerRenderer(): (answers: readonly Answer[], listed: Listed) => Buffer {
  const text = new TextBuffer(1 << 16);
  return (answers, listed) => {
    text.clear();
    for (const { list } of answers) expectKnown(list, listed.texts);
    for (const [i, { id, list }] of answers.entries()) {
      text.appendByte(i === 0 ? OPEN : COMMA);
      text.appendString(JSON.stringify(id));
      text.appendByte(COLON);
      appendList(text, list, listed);
    }
    text.appendByte(CLOSE);
    return text.bytes();
  };
}

const OPEN = "{".charCodeAt(0);
const CLOSE = "}".charCodeAt(0);
const COMMA = ",".charCodeAt(0);
const COLON = ":".charCodeAt(0);
const OPEN_LIST = "[".charCodeAt(0);
const CLOSE_LIST = "]".charCodeAt(0);
const PROBABILITY = words(',"interaction_probability":');
const COUNT = words(',"count":');

function appendList(
  text: TextBuffer,
  list: RankedList | CountedList,
  { texts: { bytes, bounds }, withAttributes }: Listed,
): void {
  text.appendByte(OPEN_LIST);
  for (let rank = 0; rank < list.count; rank++) {
    const index = list.indices[rank]!;
    const start = bounds[2 * index]! + (rank === 0 ? 1 : 0); // the first entry needs no comma
    const middle = bounds[2 * index + 1]!;
    text.appendWords(bytes, start, middle);
    if ("counts" in list) {
      text.appendWords(COUNT.bytes, 0, COUNT.length);
      text.appendInteger(list.counts[rank]!);
    } else {
      text.appendWords(PROBABILITY.bytes, 0, PROBABILITY.length);
      text.appendProbability(list.probabilities[rank]!);
    }
    if (withAttributes) text.appendWords(bytes, middle, bounds[2 * index + 2]!);
    else text.appendByte(CLOSE);
  }
  text.appendByte(CLOSE_LIST);
}

/**
 * Looks at the entries of a list before any is written. A list shows entities from all over the
 * catalogue: looked at one after the other, their trips to memory overlap; met while writing, each would
 * be waited for, which takes longer than all the rest.
 *
 * @throws RangeError if one is not in the catalogue
 */
function expectKnown({ indices, count }: Answer["list"], { bytes, bounds }: EntityTexts): void {
  for (let rank = 0; rank < count; rank++) {
    const index = indices[rank]!;
    const end = bounds[2 * index + 2];
    if (
      end === undefined ||
      bytes.getUint8(bounds[2 * index]!) !== COMMA ||
      bytes.getUint8(end - 1) !== CLOSE
    ) {
      throw new RangeError(`a list names number ${index}, which the catalogue does not have`);
    }
  }
}

function words(text: string): { readonly bytes: DataView; readonly length: number } {
  const bytes = new Uint8Array(text.length + WORD_SLACK);
  new TextEncoder().encodeInto(text, bytes);
  return { bytes: new DataView(bytes.buffer), length: text.length };
}
