import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256, sumOf } from '../src/core/sha256';
import { toHex } from '../src/core/upload';

const theirs = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('the sum is that of the standard, however the bytes are cut', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(80)), (bytes, cuts) => {
    const sum = new Sha256();
    let at = 0;
    for (const cut of cuts) {
      sum.update(bytes.subarray(at, at + cut));
      sum.digest(); // asking changes nothing
      at = Math.min(bytes.length, at + cut);
    }
    expect(toHex(sum.update(bytes.subarray(at)).digest())).toBe(theirs(bytes));
  }));
});

test('a copy goes its own way', () => {
  const content = randomBytes(1000);
  const sum = new Sha256().update(content);
  const copy = sum.clone().update(Buffer.from('nonce'));
  expect(toHex(copy.digest())).toBe(theirs(Buffer.concat([content, Buffer.from('nonce')])));
  expect(toHex(sum.digest())).toBe(theirs(content));
});

test('a file is read through in pieces, until somebody stops it', async () => {
  const content = randomBytes(3 * (1 << 20) + 7);
  expect(toHex((await sumOf(new Blob([content]))).digest())).toBe(theirs(content));
  const stop = new AbortController();
  stop.abort();
  await expect(sumOf(new Blob([content]), stop.signal)).rejects.toThrow();
});
