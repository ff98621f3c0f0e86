/** Some weeks of talking: small pictures have 20 KB, faces less. */
export const MOST_PICTURES = 800;
export const MOST_BYTES = 48 << 20;

/** What must go of `sizes` (bytes by name, the oldest first), so that neither bound is exceeded. */
export function surplus(sizes: ReadonlyMap<string, number>, most = MOST_PICTURES, mostBytes = MOST_BYTES): string[] {
  let [count, bytes] = [sizes.size, [...sizes.values()].reduce((sum, one) => sum + one, 0)];
  const gone: string[] = [];
  for (const [name, size] of sizes) {
    if (count <= most && bytes <= mostBytes) break;
    gone.push(name);
    count -= 1;
    bytes -= size;
  }
  return gone;
}
