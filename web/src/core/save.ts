/** Where a link saves a file from: the storage's own host heeds no `download`. */
export function toSave(url: string): string {
  return url.startsWith('/resource/') ? `${url}?save=1` : url;
}
