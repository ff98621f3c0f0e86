interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;

/** Only our own programs may be run as workers; the policy of the pages allows this maker of addresses by name. */
const policy = trusted?.createPolicy('fastim', {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href);
    if (origin !== location.origin || !(pathname === '/sw.js' || pathname.startsWith('/asset/dist/'))) {
      throw new TypeError(`not ours to run: ${url}`);
    }
    return url;
  },
});

/** `url` as browsers with Trusted Types want the address of a worker. */
export function trustedScript(url: string): string {
  return policy ? policy.createScriptURL(url) : url;
}
