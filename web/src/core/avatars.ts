import { signsOf } from './signs';

/** One or two letters for somebody without a picture: Chinese names by their last sign, others by initials. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return '?';
  const wide = Array.from(trimmed).filter((sign) => /\p{Script=Han}/u.test(sign));
  const last = wide[wide.length - 1];
  if (last) return last;
  const words = trimmed.split(/[\s._-]+/).filter(Boolean);
  const first = firstSign(words[0] ?? trimmed) || '?';
  const second = words.length > 1 ? firstSign(words[words.length - 1] ?? '') : '';
  return (first + second).toUpperCase();
}

const firstSign = (word: string) => signsOf(word.slice(0, 40))[0] ?? '';

/** Which of the twelve tints somebody has: always the same for one id. */
export function tint(id: number): number {
  // Neighbouring ids must not get neighbouring colours: 5 is coprime to 12.
  return (id * 5) % 12;
}
