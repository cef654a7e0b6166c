/** Web Crypto, which every runtime of this project has though the ES library does not declare it. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/** 16 characters drawn evenly from 54: 92 random bits, safe in a path and in a URL. */
export const randomId = (): string => {
  let id = '';
  while (id.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(24))) {
      // 216 is the largest multiple of 54 in a byte; above it the draw would favour the first letters.
      if (byte < 216 && id.length < 16) id += ALPHABET[byte % 54] ?? '';
    }
  }
  return id;
};

/** What an id may look like; also a guard against ids that are paths. */
export const ID_PATTERN: RegExp = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;
