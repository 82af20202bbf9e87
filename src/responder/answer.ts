import { type RankedList, type ServedEntities, TextBuffer } from "../storage/index.ts";

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
  readonly entities: ServedEntities;
  readonly idName: "item_id" | "user_id";
  readonly withAttributes: boolean;
}

/**
 * Writes answers as JSON: keys in request order (an object of JavaScript's would sort those that look
 * like numbers, A4); per entry the id, the probability or count, then the attributes (A8).
 */
export function createAnswerRenderer(): (answers: readonly Answer[], listed: Listed) => string {
  const text = new TextBuffer(1 << 16);
  return (answers, listed) => {
    text.clear();
    for (const [i, { id, list }] of answers.entries()) {
      text.append(i === 0 ? OPEN : COMMA);
      text.appendString(JSON.stringify(id));
      text.append(COLON);
      appendList(text, list, listed);
    }
    text.append(CLOSE);
    return text.toString();
  };
}

const OPEN = Buffer.from("{");
const CLOSE = Buffer.from("}");
const COMMA = Buffer.from(",");
const COLON = Buffer.from(":");
const OPEN_LIST = Buffer.from("[");
const CLOSE_LIST = Buffer.from("]");
const OPEN_ENTRY = { item_id: Buffer.from(',{"item_id":'), user_id: Buffer.from(',{"user_id":') };
const PROBABILITY = Buffer.from(',"interaction_probability":');
const COUNT = Buffer.from(',"count":');

function appendList(text: TextBuffer, list: RankedList | CountedList, listed: Listed): void {
  const { bytes, bounds } = listed.entities.texts;
  const opening = OPEN_ENTRY[listed.idName];
  text.append(OPEN_LIST);
  for (let rank = 0; rank < list.count; rank++) {
    const index = list.indices[rank]!;
    const attributes = bounds[2 * index + 1]!;
    text.append(opening, rank === 0 ? 1 : 0); // the first entry needs no comma
    text.append(bytes, bounds[2 * index], attributes);
    if ("counts" in list) {
      text.append(COUNT);
      text.appendInteger(list.counts[rank]!);
    } else {
      text.append(PROBABILITY);
      text.appendProbability(list.probabilities[rank]!);
    }
    if (listed.withAttributes) text.append(bytes, attributes, bounds[2 * index + 2]);
    text.append(CLOSE);
  }
  text.append(CLOSE_LIST);
}
