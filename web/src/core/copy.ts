/**
 * Puts a text on the clipboard, in a click or a press of a key. Pages that came over plain HTTP, as in a house's own
 * network, have no `navigator.clipboard`; there a field is copied, as was done before there was one.
 *
 * Throws where the browser does not allow it.
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement as HTMLElement | null;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true; // no keyboard comes up on a phone
  field.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0';
  const modal = [...document.querySelectorAll('dialog[open]')].at(-1); // nothing beside it can be selected
  (modal ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  focused?.focus({ preventScroll: true });
  if (!isCopied) throw new Error('copying is not allowed');
}
