/** A red dot with a number on the tab's icon, drawn here; the plain icon when nothing waits. */
const SIDE = 64;
const PLAIN = '/asset/images/icon.svg';

let base: Promise<HTMLImageElement | null> | undefined;
let wanted = '';

export function badgeText(count: number): string {
  return count <= 0 ? '' : count > 99 ? '99+' : String(count);
}

export async function showBadge(count: number): Promise<void> {
  const text = badgeText(count);
  if (text === wanted) return;
  wanted = text;
  const address = text ? await drawn(text) : PLAIN;
  if (text === wanted && address) setIcon(address);
}

function setIcon(address: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]') ?? document.createElement('link');
  link.rel = 'icon';
  link.type = address === PLAIN ? 'image/svg+xml' : 'image/png';
  link.href = address;
  if (!link.isConnected) document.head.append(link);
}

function load(): Promise<HTMLImageElement | null> {
  return (base ??= new Promise((done) => {
    const image = new Image(SIDE, SIDE);
    image.onload = () => done(image);
    image.onerror = () => done(null);
    image.src = PLAIN;
  }));
}

async function drawn(text: string): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const draw = canvas.getContext('2d');
  const icon = await load();
  if (!draw) return '';
  if (icon) draw.drawImage(icon, 0, 0, SIDE, SIDE);
  const look = getComputedStyle(document.documentElement);
  const width = text.length === 1 ? 36 : text.length === 2 ? 46 : 60;
  draw.fillStyle = look.getPropertyValue('--badge') || 'crimson';
  draw.beginPath();
  draw.roundRect(SIDE - width, 0, width, 36, 18);
  draw.fill();
  draw.fillStyle = look.getPropertyValue('--on-tint') || 'white';
  draw.font = `bold ${text.length > 2 ? 26 : 30}px sans-serif`;
  draw.textAlign = 'center';
  draw.textBaseline = 'middle';
  draw.fillText(text, SIDE - width / 2, 19);
  return canvas.toDataURL('image/png');
}
