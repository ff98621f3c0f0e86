/**
 * The chat page's first questions, asked while the rest of its scripts is still being fetched and read; `core/early.ts`
 * takes the answers. It stands alone: whatever it imported would have to be there first.
 */
const asked = (path: string, body = '{}') =>
  fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body,
  }).then(async (answer) => [answer.status, await answer.text()] as const, () => null);

const answers: Record<string, ReturnType<typeof asked>> = { '/user/me': asked('/user/me') };
try {
  // Where something is kept of the last visit that is shown first, and one sync is enough.
  if (!localStorage.getItem('fastim.user')) {
    for (const path of ['/contact/loadfriend', '/contact/loadcommunity']) answers[path] = asked(path);
    answers['/message/sync'] = asked('/message/sync', '{"cursor":""}');
  }
} catch {
  // Storage is forbidden: what is asked later is enough.
}
Object.assign(globalThis, { fastimEarly: answers });

export {};
