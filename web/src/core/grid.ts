/** Arrows go from button to button of a grid; how many stand beside each other tells how far up and down is. */
export function moveInGrid(event: KeyboardEvent): void {
  const now = event.target as HTMLElement;
  if (now.tagName !== 'BUTTON') return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')];
  const row = all.filter((one) => one.offsetTop === all[0]?.offsetTop).length || 1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
  if (!step) return;
  event.preventDefault();
  all[all.indexOf(now) + step]?.focus();
}
