/** What is open over the conversation, for one message or several: one at a time. */
import { shallowRef } from 'vue';
import type { Entry, Kind, RecordItem } from './types';

interface Of {
  kind: Kind;
  dstid: number;
  talkKey: string;
}

export type OpenSheet =
  | (Of & { type: 'forward'; seqs: readonly number[] })
  | (Of & { type: 'readers' | 'versions' | 'reactions' | 'react'; message: Entry })
  | (Of & { type: 'pins' })
  | { type: 'person'; id: number }
  | { type: 'record'; title: string; record: readonly RecordItem[] };

export const sheet = shallowRef<OpenSheet | null>(null);
