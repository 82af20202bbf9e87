/** Files are padded to whole blocks. */
export const TAR_BLOCK = 512;
/** Eleven octal digits: 8 GiB less one byte. */
const LARGEST_FILE = 8 ** 11 - 1;
const LONGEST_NAME = 100;
const CHECKSUM = { start: 148, end: 156 };

/**
 * The header of a file in a tar archive, as POSIX has it (ustar): readable by all, owned by nobody, without a time, so that the
 * same files give the same archive.
 *
 * @throws RangeError if the format cannot hold such a file
 */
export function tarHeader(name: string, bytes: number): Buffer {
  if (bytes > LARGEST_FILE || Buffer.byteLength(name) > LONGEST_NAME) {
    throw new RangeError(
      `${name} of ${bytes} bytes does not go into a tar archive (${LARGEST_FILE} bytes, ${LONGEST_NAME} of name); export to a folder instead`,
    );
  }
  const header = Buffer.alloc(TAR_BLOCK);
  const field = (offset: number, text: string): void => {
    header.write(text, offset, "utf8");
  };
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
  field(0, name);
  field(100, `${octal(0o644, 7)}\0`);
  field(108, `${octal(0, 7)}\0`); // owner
  field(116, `${octal(0, 7)}\0`); // group
  field(124, `${octal(bytes, 11)}\0`);
  field(136, `${octal(0, 11)}\0`); // time
  field(156, "0"); // a plain file
  field(257, "ustar\0" + "00");
  // The sum of all bytes, its own place taken for spaces.
  header.fill(" ", CHECKSUM.start, CHECKSUM.end);
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(CHECKSUM.start, `${octal(sum, 6)}\0 `);
  return header;
}
