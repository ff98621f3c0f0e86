/** The browser's leave to show notices; asked for only when somebody pressed a button that says so. */
export type Leave = 'granted' | 'denied' | 'default' | 'missing';

const LATER = 'fastim.notices.later';

export function permission(): Leave {
  return typeof Notification === 'function' ? Notification.permission : 'missing';
}

export async function askPermission(): Promise<Leave> {
  if (permission() === 'default') await Notification.requestPermission().catch(() => {});
  return permission();
}

/** Whether to offer it: nobody decided yet, and it was not put off on this machine. */
export function mayOffer(readKept: (key: string) => string): boolean {
  return permission() === 'default' && !readKept(LATER);
}

export function putOff(keep: (key: string, value: string) => void): void {
  keep(LATER, '1');
}
