/** One for each key, made when it is first wanted. */
export function perKey<K, V>(make: (key: K) => V): (key: K) => V {
  const all = new Map<K, V>();
  return (key) => {
    if (!all.has(key)) all.set(key, make(key));
    return all.get(key)!;
  };
}
