/** An address of this server's own files, or "": what a message names is not ours to trust. */
export function ownAddress(address: string | undefined): string {
  if (!address || address.includes('..') || address.includes('\\')) return '';
  return /^\/(resource|asset)\/[^/]/.test(address) ? address : '';
}
