import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';

/** A writer is forgotten when nothing was heard for so long. */
const FORGET_MS = 8_000;

/** Who is writing where. */
export const useTyping = defineStore('typing', () => {
  const writers = shallowReactive(new Map<string, readonly number[]>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function heard(key: string, userid: number) {
    const now = writers.get(key) ?? [];
    if (!now.includes(userid)) writers.set(key, [...now, userid]);
    const name = `${key}/${userid}`;
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(() => stopped(key, userid), FORGET_MS));
  }

  function stopped(key: string, userid: number) {
    const now = writers.get(key);
    if (!now?.includes(userid)) return;
    const left = now.filter((id) => id !== userid);
    if (left.length) writers.set(key, left);
    else writers.delete(key);
  }

  return { writers, heard, stopped };
});
