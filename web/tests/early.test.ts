import { afterEach, expect, it } from 'vitest';
import { early } from '../src/core/early';

const page = globalThis as { fastimEarly?: unknown };

afterEach(() => delete page.fastimEarly);

it('gives an early answer once, and none where nothing was asked or the network failed', async () => {
  expect(await early('/user/me')).toBeNull();
  page.fastimEarly = { '/user/me': Promise.resolve([200, '{"code":0,"data":{"id":7}}']), '/message/sync': Promise.resolve(null) };
  expect((await early<{ id: number }>('/user/me'))?.data.id).toBe(7);
  expect(await early('/user/me')).toBeNull();
  expect(await early('/message/sync')).toBeNull();
});

it('says what the server refused', async () => {
  page.fastimEarly = { '/user/me': Promise.resolve([401, '{"code":1,"error":"not_signed_in","msg":"?"}']) };
  await expect(early('/user/me')).rejects.toMatchObject({ error: 'not_signed_in', status: 401 });
});
