import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deliveries } from '../src/core/deliveries';
import type { Entry, SyncedConversation } from '../src/core/types';

const ME = 7;
const PEER = 8;

function synced(delivered: number, ...writers: number[]): SyncedConversation {
  const entries = writers.map((userid, at) => ({ seq: at + 1, userid }) as Entry);
  return { dstid: PEER, delivered_seq: delivered, entries } as Partial<SyncedConversation> as SyncedConversation;
}

describe('Deliveries', () => {
  let told: [number, number][] = [];
  let isOnline = true;
  let deliveries: Deliveries;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    isOnline = true;
    deliveries = new Deliveries((dstid, seq) => isOnline && told.push([dstid, seq]) > 0);
  });
  afterEach(() => vi.useRealTimers());

  it('tells of many messages once a second, and of the last one surely', () => {
    for (let seq = 1; seq <= 50; seq += 1) {
      deliveries.received(PEER, seq);
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(5_000);
    expect(told.length).toBeLessThan(8);
    expect(told.at(-1)).toEqual([PEER, 50]);
    vi.advanceTimersByTime(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells nothing of what was read meanwhile', () => {
    deliveries.received(PEER, 3);
    deliveries.known(PEER, 3);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([]);
  });

  it('tells after a sync what the server does not know, and nothing of own messages', () => {
    deliveries.synced(synced(0, ME, ME), ME);
    deliveries.synced(synced(2, PEER, PEER, ME), ME);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([]);
    deliveries.synced(synced(2, PEER, PEER, PEER, ME), ME);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([[PEER, 3]]);
  });

  it('takes up what a lost line kept back', () => {
    isOnline = false;
    deliveries.received(PEER, 1);
    vi.advanceTimersByTime(5_000);
    isOnline = true;
    deliveries.again();
    deliveries.again();
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([[PEER, 1]]);
  });
});
