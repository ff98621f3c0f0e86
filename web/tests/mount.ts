/**
 * A component without a browser: what it draws is kept as plain objects, what is bound to them can be done.
 *
 *   const page = mount(DevicesPage, {});
 *   page.all('device-end').length;  page.text('device-item');  page.press('device-end', 1);
 */
import { createRenderer, h, markRaw, nextTick, type Component } from 'vue';
import { i18n } from '../src/core/i18n';
import words from '../src/locales/zh-CN.json';

i18n.global.setLocaleMessage('zh-CN', words);
// Vue's v-model asks whether a field is in one of these.
Object.assign(globalThis, { Document: class {}, ShadowRoot: class {} });

export interface Drawn {
  tag: string;
  text: string;
  props: Record<string, unknown>;
  children: Drawn[];
  parent: Drawn | null;
  [more: string]: unknown;
}

/** What every element can do; a test may teach them more. */
export const nature: Record<string, unknown> = {
  addEventListener() {}, removeEventListener() {}, focus() {}, getRootNode: () => null, querySelector: () => null,
};

const node = (tag: string, text = ''): Drawn => markRaw(Object.assign(Object.create(nature) as Drawn, {
  tag, text, props: {}, children: [], parent: null, value: '', style: {},
}));

function remove(child: Drawn) {
  child.parent?.children.splice(child.parent.children.indexOf(child), 1);
  child.parent = null;
}

const { createApp } = createRenderer<Drawn, Drawn>({
  createElement: (tag) => node(tag),
  createText: (text) => node('', text),
  createComment: () => node('!'),
  setText: (drawn, text) => (drawn.text = text),
  setElementText: (drawn, text) => (drawn.children = text ? [node('', text)] : []),
  parentNode: (drawn) => drawn.parent,
  nextSibling: (drawn) => drawn.parent?.children[drawn.parent.children.indexOf(drawn) + 1] ?? null,
  patchProp: (drawn, name, _, now) => (drawn.props[name] = now),
  insert(child, parent, before) {
    remove(child);
    parent.children.splice(before ? parent.children.indexOf(before) : parent.children.length, 0, child);
    child.parent = parent;
  },
  remove,
});

const textOf = (drawn: Drawn): string => drawn.text + drawn.children.map(textOf).join('');
export const within = (drawn: Drawn): Drawn[] => [drawn, ...drawn.children.flatMap(within)];

export function mount(component: Component, props: Record<string, unknown>) {
  const root = node('root');
  const app = createApp({ render: () => h(component, props) });
  app.use(i18n);
  app.mount(root);
  const all = (id: string) => within(root).filter((drawn) => drawn.props['data-testid'] === id);
  function act(id: string, name: string, at: number, ...words: unknown[]) {
    const bound = all(id)[at]?.props[name];
    for (const one of [bound].flat() as ((...words: unknown[]) => unknown)[]) one(...words);
    return nextTick();
  }
  return {
    all,
    text: (id: string, at = 0) => textOf(all(id)[at]!),
    drawn: () => textOf(root),
    press: (id: string, at = 0) => act(id, 'onClick', at, {}),
    type: (id: string, text: string) => act(id, 'onUpdate:modelValue', 0, text),
    submit() {
      const form = within(root).find(({ tag }) => tag === 'form')!;
      (form.props.onSubmit as (event: object) => void)({ preventDefault() {}, stopPropagation() {} });
      return nextTick();
    },
    act,
    end: () => app.unmount(),
  };
}
