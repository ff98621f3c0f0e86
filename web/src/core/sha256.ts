/**
 * SHA-256 (FIPS 180-4) of a file that is read piece by piece.
 *
 *   const sum = new Sha256();  sum.update(bytes);  sum.digest() -> 32 bytes;  sum.clone()
 *
 * The browser's own takes whole files in memory only, forgets its state, and is not there without HTTPS.
 */
// Signed: engines work fastest with those.
const K = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)) | 0);
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)) | 0);

export class Sha256 {
  private state = START.slice();
  private block = new Uint8Array(64);
  private filled = 0;
  private length = 0;
  private readonly words = new Int32Array(64);

  update(bytes: Uint8Array): this {
    this.length += bytes.length;
    let at = 0;
    if (this.filled) {
      at = Math.min(64 - this.filled, bytes.length);
      this.block.set(bytes.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 64) return this;
      this.mix(this.block, 0);
      this.filled = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.mix(bytes, at);
    this.block.set(bytes.subarray(at));
    this.filled = bytes.length - at;
    return this;
  }

  /** Of all that was given; more may follow. */
  digest(): Uint8Array<ArrayBuffer> {
    const end = this.clone();
    const bits = this.length * 8;
    const tail = new Uint8Array(end.filled < 56 ? 64 - end.filled : 128 - end.filled);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits >>> 0);
    end.update(tail);
    const sum = new Uint8Array(32);
    const out = new DataView(sum.buffer);
    end.state.forEach((word, at) => out.setInt32(at * 4, word));
    return sum;
  }

  clone(): Sha256 {
    const copy = new Sha256();
    copy.state = this.state.slice();
    copy.block = this.block.slice();
    copy.filled = this.filled;
    copy.length = this.length;
    return copy;
  }

  private mix(bytes: Uint8Array, from: number): void {
    const w = this.words;
    for (let t = 0, at = from; t < 16; t += 1, at += 4) {
      w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16]! + low + w[t - 7]! + high) | 0;
    }
    const s = this.state;
    let a = s[0]!, b = s[1]!, c = s[2]!, d = s[3]!, e = s[4]!, f = s[5]!, g = s[6]!, h = s[7]!;
    for (let t = 0; t < 64; t += 1) {
      const big = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + big + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0;
      const small = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    s[0] = s[0]! + a; s[1] = s[1]! + b; s[2] = s[2]! + c; s[3] = s[3]! + d;
    s[4] = s[4]! + e; s[5] = s[5]! + f; s[6] = s[6]! + g; s[7] = s[7]! + h;
  }
}

/** The first 32 bits after the point. */
function fraction(value: number): number {
  return (value - Math.floor(value)) * 2 ** 32;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let one = 2; found.length < count; one += 1) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}

const SLICE_BYTES = 1 << 18;

/** Reads a file through; a few ms of work at a time, with a turn for the page in between. */
export async function sumOf(file: Blob, signal?: AbortSignal): Promise<Sha256> {
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    sum.update(new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer()));
    signal?.throwIfAborted();
  }
  return sum;
}
