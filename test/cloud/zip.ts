import { crc32 } from "node:zlib";

/** A zip archive of one small file, not compressed. */
export function zip(name: string, text: string): Buffer {
  const data = Buffer.from(text);
  const file = Buffer.from(name);
  const shared = Buffer.alloc(26); // what the local and the central header have in common
  shared.writeUInt16LE(20, 0); // version 2.0
  shared.writeUInt16LE(0x21, 8); // 1980-01-01, the format's first day
  shared.writeUInt32LE(crc32(data), 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(data.length, 18);
  shared.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, file, data]);
  const made = Buffer.from([20, 0]); // made by a program that knows version 2.0
  const central = Buffer.concat([Buffer.from("PK\x01\x02"), made, shared, Buffer.alloc(14), file]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
