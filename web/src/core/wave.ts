/** The loudness of a recording over time, as the protocol writes it: up to 64 hexadecimal digits. */
const MOST = 48;

/** Any number of levels (0…1) as at most `MOST` digits, each the loudest of its share, the loudest of all at `f`. */
export function writeWave(levels: readonly number[]): string {
  const count = Math.min(MOST, levels.length);
  const loudest = Math.max(0.02, ...levels);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * levels.length) / count));
    return Math.round((Math.max(...levels.slice(from, to)) / loudest) * 15).toString(16);
  }).join('');
}

/** Heights 0…1 of `bars` bars; those of a voice without a wave form look like one. */
export function readWave(text: string | undefined, bars: number): number[] {
  const digits = /^[0-9a-f]{1,64}$/.test(text ?? '') ? [...text!].map((digit) => parseInt(digit, 16) / 15) : [0.3, 0.6, 0.4, 0.8, 0.5];
  return Array.from({ length: bars }, (_, at) => digits[digits.length < bars / 2 ? at % digits.length : Math.floor((at * digits.length) / bars)]!);
}
