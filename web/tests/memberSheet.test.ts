import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { h, reactive } from 'vue';
import GroupMembers from '../src/components/GroupMembers.vue';
import { answerAll, asked, serve } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/components/AppSheet.vue', () => ({
  default: { render(this: { $slots: { default: () => unknown[] } }) { return h('div', this.$slots.default() as []); } },
}));

const group = (members: number) => ({ id: 3, name: 'circle', members, role: 'owner', dissolved: '' });

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

test('what can be done with a member follows what the list knows of them now', async () => {
  let muted = '';
  serve(() => ({ rows: [{ id: 8, nickname: 'Bob', alias: '', role: 'member', muted, avatar: '', online: 0 }], next: '' }));
  const props = reactive({ group: group(2) });
  const page = mount(GroupMembers, props);
  await answerAll();
  await page.press('member-item');
  expect(page.all('member-unmute')).toHaveLength(0);
  muted = new Date(Date.now() + 3_600_000).toISOString();
  props.group = group(3);
  await answerAll();
  expect(page.all('member-unmute')).toHaveLength(1);
});
