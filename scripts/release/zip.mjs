/** A zip archive whose bytes follow from its files alone: no times, no owners. */
import { crc32, deflateRawSync } from "node:zlib";

/** 1980-01-01, the format's first day. */
const DATE = 0x21;
const DEFLATED = 8;
/** rw-r--r-- of a plain file, for who unpacks it on Linux. */
const MODE = 0o100644;

/** @param {readonly { name: string, bytes: Buffer }[]} files - in the order in which they stand in the archive */
export function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const text = Buffer.from(name);
    const shared = Buffer.alloc(26); // what the local and the central header have in common
    shared.writeUInt16LE(20, 0); // version 2.0
    shared.writeUInt16LE(DEFLATED, 4);
    shared.writeUInt16LE(DATE, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(text.length, 22);
    const rest = Buffer.alloc(14); // comment, disk, attributes, place of the local header
    rest.writeUInt32LE((MODE << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 3]); // version 2.0 on Unix
    local.push(Buffer.from("PK\x03\x04", "latin1"), shared, text, packed);
    central.push(Buffer.from("PK\x01\x02", "latin1"), madeBy, shared, rest, text);
    offset += 4 + shared.length + text.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
