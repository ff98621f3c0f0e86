/** What the server tells every page before its first request. */
export interface Boot {
  signup: 'open' | 'invite' | 'closed';
  lang: Lang;
  version: string;
  /** The public key of Web Push (RFC 8292), or nothing where the server has none. */
  push: string;
  /** The id of whoever was signed in when the page was asked for; 0 for nobody. */
  user: number;
}

export type Lang = 'zh-CN' | 'en';

export function readBoot(): Boot {
  const fallback: Boot = { signup: 'open', lang: 'zh-CN', version: '', push: '', user: 0 };
  const text = document.getElementById('boot')?.textContent;
  if (!text) return fallback;
  try {
    return { ...fallback, ...(JSON.parse(text) as Partial<Boot>) };
  } catch {
    return fallback;
  }
}
