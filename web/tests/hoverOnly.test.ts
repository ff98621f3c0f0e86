/** What the build makes of styles. */
import { preprocessCSS, resolveConfig } from 'vite';
import { expect, test } from 'vitest';

test('what a pointer brings out by lying on it a finger brings out by pressing, and leaves it', async () => {
  const config = await resolveConfig({ logLevel: 'silent' }, 'build');
  const made = async (styles: string) => (await preprocessCSS(styles, 'a.css', config)).code.replace(/\s+/g, '');
  expect(await made('.a:hover, .a[aria-expanded] { color: red }')).toBe('.a[aria-expanded]{color:red}@media(hover:hover){.a:hover{color:red}}@media(hover:none){.a:active{color:red}}');
  expect(await made('.a:hover .b { color: red } .c { color: red }')).toBe('@media(hover:hover){.a:hover.b{color:red}}@media(hover:none){.a:active.b{color:red}}.c{color:red}');
  const already = '@media(hover:hover){.a:hover{color:red}}';
  expect(await made(already)).toBe(already);
});
