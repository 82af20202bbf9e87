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
export function createAnswerRenderer(): (answers: readonly Answer[], listed: Listed) => Buffer {
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
    return Buffer.from(text.bytes());
  };
}

const OPEN = Buffer.from("{");
const CLOSE = Buffer.from("}");
const COMMA = Buffer.from(",");
const COLON = Buffer.from(":");
const OPEN_LIST = Buffer.from("[");
const CLOSE_LIST = Buffer.from("]");
const FIRST_ENTRY = { item_id: Buffer.from('{"item_id":'), user_id: Buffer.from('{"user_id":') };
const NEXT_ENTRY = { item_id: Buffer.from(',{"item_id":'), user_id: Buffer.from(',{"user_id":') };
const PROBABILITY = Buffer.from(',"interaction_probability":');
const COUNT = Buffer.from(',"count":');

function appendList(text: TextBuffer, list: RankedList | CountedList, listed: Listed): void {
  const { ids, attributes } = listed.entities;
  text.append(OPEN_LIST);
  for (let rank = 0; rank < list.count; rank++) {
    const index = list.indices[rank]!;
    text.append((rank === 0 ? FIRST_ENTRY : NEXT_ENTRY)[listed.idName]);
    text.append(ids.bytes, ids.offsets[index], ids.offsets[index + 1]);
    if ("counts" in list) {
      text.append(COUNT);
      text.appendInteger(list.counts[rank]!);
    } else {
      text.append(PROBABILITY);
      text.appendProbability(list.probabilities[rank]!);
    }
    const start = attributes.offsets[index]!;
    const end = attributes.offsets[index + 1]!;
    if (listed.withAttributes && start < end) {
      text.append(COMMA);
      text.append(attributes.bytes, start, end);
    }
    text.append(CLOSE);
  }
  text.append(CLOSE_LIST);
}
