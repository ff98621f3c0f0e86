import { describe, expect, test } from 'vitest';
import { parseRoute } from '../src/core/route';

describe('the address bar', () => {
  test('names a tab and a conversation', () => {
    expect(parseRoute('')).toEqual({ tab: 'chats', talk: null, seq: 0 });
    expect(parseRoute('#/me')).toEqual({ tab: 'me', talk: null, seq: 0 });
    expect(parseRoute('#/contacts/10/8')).toEqual({ tab: 'contacts', talk: '10:8', seq: 0 });
    expect(parseRoute('#/chat/11/3')).toEqual({ tab: 'chats', talk: '11:3', seq: 0 });
    expect(parseRoute('#/chats/10/8/41')).toEqual({ tab: 'chats', talk: '10:8', seq: 41 });
  });

  test('names a page of "me", beside the conversation where there is room, and whom a link leads to', () => {
    expect(parseRoute('#/me/privacy')).toEqual({ tab: 'me', talk: null, seq: 0, page: 'privacy' });
    expect(parseRoute('#/me/notices/10/8')).toEqual({ tab: 'me', talk: '10:8', seq: 0, page: 'notices' });
    expect(parseRoute('#/me/11/3')).toEqual({ tab: 'me', talk: '11:3', seq: 0 });
    expect(parseRoute('#/add/x_Y-34567890123456789')).toEqual({ tab: 'contacts', talk: null, seq: 0, code: 'x_Y-34567890123456789' });
  });

  test('names nothing that cannot be', () => {
    for (const hash of ['#/add/', '#/add/a%20b', '#/me/nowhere', '#/contacts/privacy']) {
      expect([parseRoute(hash).code, parseRoute(hash).page]).toEqual([undefined, undefined]);
    }
    for (const hash of ['#/chats/12/3', '#/chats/10/0', '#/chats/10/-1', '#/chats/10/x', '#/chats/10', '#/chats/10/1e9']) {
      expect(parseRoute(hash).talk).toBeNull();
    }
  });
});
