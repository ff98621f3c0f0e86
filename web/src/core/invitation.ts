/** Invitations to a group: /join.shtml#CODE. What stands behind # is never sent to a server or written to a log. */
const KEPT = 'fastim.invitation';

export function inviteAddress(code: string, origin = location.origin): string {
  return `${origin}/join.shtml#${code}`;
}

/** The code in an address's hash; empty where there is none that could be one. */
export function codeIn(hash: string): string {
  return /^#[\w-]{1,32}$/.test(hash) ? hash.slice(1) : '';
}

/** Keeps the invitation while its reader signs in or up; this tab alone knows it. */
export function keepInvitation(code: string): void {
  sessionStorage.setItem(KEPT, code);
}

/** Whether who comes back wanted to go in with this code; asked once. */
export function takeInvitation(code: string): boolean {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return kept === code && code !== '';
}

/** Where to go after signing in: back to the invitation that was being read, else where one wanted to go. */
export function afterSignIn(otherwise: string): string {
  const code = sessionStorage.getItem(KEPT) ?? '';
  return codeIn(`#${code}`) ? `/join.shtml#${code}` : otherwise;
}
