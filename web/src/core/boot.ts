/** What the server tells every page before its first request. */
export interface Boot {
  signup: 'open' | 'invite' | 'closed';
  lang: Lang;
  version: string;
}

export type Lang = 'zh-CN' | 'en';

export function readBoot(): Boot {
  const fallback: Boot = { signup: 'open', lang: 'zh-CN', version: '' };
  const text = document.getElementById('boot')?.textContent;
  if (!text) return fallback;
  try {
    return { ...fallback, ...(JSON.parse(text) as Partial<Boot>) };
  } catch {
    return fallback;
  }
}
