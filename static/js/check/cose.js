// Reading what a chamber signed, without a network: CBOR (RFC 8949), COSE_Sign1 and COSE keys (RFC 9052), CWT (RFC 8392).
"use strict";

/* exported Cose */
const Cose = (() => {
  const ALG = 1, CONTENT_TYPE = 3, KID = 4, EDDSA = -8;
  const KTY = 1, KEY_ID = 2, CRV = -1, X = -2, OKP = 1, ED25519 = 6;
  const EXPIRY = 4, CARD = 7;
  const LIST_TYPE = "application/card-revocations+cbor";
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  // Ours take some 150; nothing longer is looked at.
  const LONGEST_TOKEN = 256;
  const DEEPEST = 6;

  class NotOurs extends Error {}

  // --- CBOR: the deterministic encoding alone, as the server reads it. Maps are Map, bytes are Uint8Array.

  function decode(bytes) {
    const reader = { bytes, at: 0 };
    const value = item(reader, 0);
    if (reader.at !== bytes.length) throw new NotOurs("bytes left over");
    return value;
  }

  function item(reader, depth) {
    if (depth > DEEPEST) throw new NotOurs("too deep");
    const head = byte(reader);
    const kind = head >> 5;
    const count = length(reader, head & 31);
    if (kind === 0) return count;
    if (kind === 1) return -1 - count;
    if (kind === 2) return take(reader, count);
    if (kind === 3) return new TextDecoder("utf-8", { fatal: true }).decode(take(reader, count));
    if (kind === 4) return Array.from({ length: few(reader, count) }, () => item(reader, depth + 1));
    if (kind === 5) return map(reader, few(reader, count), depth);
    if (kind === 6) return { tag: count, value: item(reader, depth + 1) };
    throw new NotOurs("a kind that is not used here");
  }

  function map(reader, count, depth) {
    const found = new Map();
    for (let i = 0; i < count; i++) {
      const key = item(reader, depth + 1);
      if (typeof key !== "number" || found.has(key)) throw new NotOurs("a key");
      found.set(key, item(reader, depth + 1));
    }
    return found;
  }

  function length(reader, short) {
    if (short < 24) return short;
    if (short > 27) throw new NotOurs("no definite length");
    const size = 1 << (short - 24);
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + byte(reader);
    const least = size === 1 ? 24 : 256 ** (size / 2);
    if (value < least || value > Number.MAX_SAFE_INTEGER) throw new NotOurs("not the shortest form");
    return value;
  }

  // No list has more entries than bytes follow.
  function few(reader, count) {
    if (count > reader.bytes.length - reader.at) throw new NotOurs("cut short");
    return count;
  }

  function take(reader, count) {
    few(reader, count);
    reader.at += count;
    return reader.bytes.subarray(reader.at - count, reader.at);
  }

  function byte(reader) {
    if (reader.at >= reader.bytes.length) throw new NotOurs("cut short");
    return reader.bytes[reader.at++];
  }

  // --- Base32 without padding, one spelling for one token.

  function fromBase32(text) {
    const letters = text.toUpperCase();
    if (!letters || text.length > LONGEST_TOKEN) throw new NotOurs("not a token's length");
    const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
    let bits = 0, held = 0, at = 0;
    for (const letter of letters) {
      const value = ALPHABET.indexOf(letter);
      if (value < 0) throw new NotOurs("a letter");
      held = ((held << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (held >> bits) & 0xff;
      }
    }
    if (bits >= 5 || held & ((1 << bits) - 1)) throw new NotOurs("spare bits");
    return bytes;
  }

  // --- COSE.

  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

  // The keys of a COSE_KeySet that can be used here, by key id.
  async function readKeys(bytes) {
    const keys = new Map();
    for (const key of decode(bytes)) {
      if (key.get(KTY) !== OKP || key.get(CRV) !== ED25519) continue;
      const made = await crypto.subtle.importKey("raw", key.get(X), { name: "Ed25519" }, false, ["verify"]);
      keys.set(hex(key.get(KEY_ID)), made);
    }
    return keys;
  }

  // The payload of a COSE_Sign1 whose header holds exactly these, signed with one of the keys.
  async function open(bytes, keys, header) {
    const message = decode(bytes);
    const parts = message.tag === 18 ? message.value : null;
    if (!Array.isArray(parts) || parts.length !== 4) throw new NotOurs("no COSE_Sign1");
    const [protectedPart, unprotected, payload, signature] = parts;
    if (!(unprotected instanceof Map) || unprotected.size) throw new NotOurs("unprotected header");
    const found = decode(protectedPart);
    if (found.get(ALG) !== EDDSA || found.size !== 2 + header.length) throw new NotOurs("header");
    for (const [name, value] of header) if (found.get(name) !== value) throw new NotOurs("header");
    const key = keys.get(hex(found.get(KID)));
    if (!key) return { key: false };
    const signed = sigStructure(protectedPart, payload);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed))) throw new NotOurs("signature");
    return { key: true, payload: decode(payload) };
  }

  function sigStructure(protectedPart, payload) {
    const context = new TextEncoder().encode("Signature1");
    return Uint8Array.from([
      0x84, 0x60 + context.length, ...context,
      ...bytesHead(protectedPart.length), ...protectedPart, 0x40, ...bytesHead(payload.length),
      ...payload,
    ]);
  }

  function bytesHead(count) {
    if (count < 24) return [0x40 + count];
    if (count < 256) return [0x58, count];
    if (count < 65536) return [0x59, count >> 8, count & 255];
    return [0x5a, (count >>> 24) & 255, (count >>> 16) & 255, (count >>> 8) & 255, count & 255];
  }

  // --- What a card's code says: {known: false} where no key here signed it; throws where nobody of ours did.

  async function readToken(text, keys) {
    const opened = await open(fromBase32(text), keys, []);
    if (!opened.key) return { known: false };
    const claims = opened.payload;
    const ends = claims.get(EXPIRY), packed = claims.get(CARD);
    if (claims.size !== 2 || !Number.isInteger(ends) || ends % 86400 || !(packed instanceof Uint8Array)) {
      throw new NotOurs("claims");
    }
    if (!packed.length || packed.length > 5 || packed[0] === 0) throw new NotOurs("serial");
    const number = packed.reduce((sum, b) => sum * 256 + b, 0);
    return { known: true, number, serial: serial(number), lastDay: new Date((ends - 86400) * 1000).toISOString().slice(0, 10) };
  }

  // ISO 7064 mod 97-10, as `cards/serials.py` has it.
  function serial(number) {
    const body = String(number).padStart(9, "0");
    const check = String((98 - ((Number(body) * 100) % 97)) % 97).padStart(2, "0");
    return `${body.slice(0, 2)}-${body.slice(2)}-${check}`;
  }

  // --- The list of cards that are not to be accepted: when it was made, and runs of serials by what befell them.

  async function readList(bytes, keys) {
    const opened = await open(bytes, keys, [[CONTENT_TYPE, LIST_TYPE]]);
    if (!opened.key) throw new NotOurs("a list signed with an unknown key");
    const [issued, revoked, replaced, waiting] = [1, 2, 3, 4].map((name) => opened.payload.get(name));
    if (!Number.isInteger(issued)) throw new NotOurs("list");
    return { issued, runs: { revoked: runs(revoked), replaced: runs(replaced), not_yet_valid: runs(waiting) } };
  }

  function runs(bytes) {
    const found = [];
    let at = 0, next = 0;
    const number = () => {
      let value = 0, factor = 1, more;
      do {
        if (at >= bytes.length) throw new NotOurs("cut short");
        more = bytes[at] & 128;
        value += (bytes[at++] & 127) * factor;
        factor *= 128;
      } while (more);
      return value;
    };
    while (at < bytes.length) {
      const first = next + number();
      next = first + number() + 1;
      found.push([first, next]);
    }
    return found;
  }

  const holds = (list, number) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle][1] <= number) low = middle + 1;
      else high = middle;
    }
    return low < list.length && list[low][0] <= number;
  };

  const befell = (list, number) => Object.keys(list.runs).find((name) => holds(list.runs[name], number)) ?? "";

  async function supported() {
    try {
      await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
      return true;
    } catch (error) {
      // An odd point may be refused by a browser that knows the algorithm.
      return Boolean(globalThis.crypto?.subtle) && error.name === "DataError";
    }
  }

  return { befell, readKeys, readList, readToken, supported };
})();
