/** A pane that could not be fetched is not an empty one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { h } from 'vue';
import { opened } from '../src/components/opened';
import { mount } from './mount';

vi.mock('../src/components/WaitingRows.vue', () => ({ default: { render: () => h('p', { 'data-testid': 'waiting' }) } }));

const listeners = new Set<() => void>();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', (_: string, hear: () => void) => listeners.add(hear));
  vi.stubGlobal('removeEventListener', (_: string, hear: () => void) => listeners.delete(hear));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('it says that it is to come while there is no network, and comes when there is one', async () => {
  let isThere = false;
  const load = async () => (isThere ? { __esModule: true, default: { render: () => h('p', { 'data-testid': 'pane' }) } } : Promise.reject(new TypeError('no network')));
  const page = mount(opened(load), {});
  await vi.advanceTimersByTimeAsync(400);
  expect(page.all('waiting')).toHaveLength(1);
  isThere = true;
  listeners.forEach((hear) => hear());
  await vi.advanceTimersByTimeAsync(0);
  expect([page.all('waiting').length, page.all('pane').length]).toEqual([0, 1]);
});
