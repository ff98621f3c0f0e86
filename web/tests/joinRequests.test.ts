import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../src/core/api';
import { joinRequests } from '../src/store/joinRequests';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const request = (id: number) => ({ id, user: { id: id + 100, nickname: 'Eve' }, inviter: 0, note: '' });

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

test('whoever was let in does not come back with an answer that was asked for before', async () => {
  const { requests, load, answer } = joinRequests(3);
  const first = load();
  (await question('/community/requests')).answer([request(1), request(2)]);
  await first;
  void load();
  const old = await question('/community/requests');
  void answer(requests.value![0]!, 'admit');
  old.answer([request(1), request(2)]);
  (await question('/community/admit')).answer(null);
  await quiet();
  expect(requests.value!.map(({ id }) => id)).toEqual([2]);
  (await question('/community/requests')).answer([request(2)]);
  await quiet();
  expect(requests.value!.map(({ id }) => id)).toEqual([2]);
});

test('where another admin was faster that is said, and the list shows it', async () => {
  const { requests, fault, load, answer } = joinRequests(3);
  const first = load();
  (await question('/community/requests')).answer([request(1)]);
  await first;
  const answering = answer(requests.value![0]!, 'turnaway');
  (await question('/community/turnaway')).fail(new Failure('not_found', 'somebody else did', 404));
  (await question('/community/requests')).answer([]);
  await answering;
  expect(requests.value).toEqual([]);
  expect(fault.value).toBe('somebody else did');
});
