import type { CSSOptions } from 'vite';

type Plugins = NonNullable<Exclude<NonNullable<CSSOptions['postcss']>, string>['plugins']>;

/**
 * What a pointer brings out by lying on it a finger brings out while it presses. Else `:hover` stays on whatever it touched
 * last, and on what comes to lie there, as if that were chosen.
 */
export const hoverOnly: Plugins[number] = {
  postcssPlugin: 'hover-only',
  Once(root, { AtRule }) {
    root.walkRules(/:hover/, (rule) => {
      const { parent } = rule;
      if (parent?.type === 'atrule' && 'params' in parent && String(parent.params).includes('hover')) return;
      const others = rule.selectors.filter((one) => !one.includes(':hover'));
      const hovered = rule.selectors.filter((one) => one.includes(':hover'));
      for (const [params, sign] of [['(hover: none)', ':active'], ['(hover: hover)', ':hover']] as const) {
        const media = new AtRule({ name: 'media', params });
        media.append(rule.clone({ selectors: hovered.map((one) => one.replaceAll(':hover', sign)) }));
        rule.after(media);
      }
      if (others.length) rule.selectors = others;
      else rule.remove();
    });
  },
};
