/** A short name of this browser and machine, for the list of devices, as far as they are known; at most 60 characters. */
export function deviceName(agent: string = navigator.userAgent): string {
  const browser =
    /MicroMessenger/.test(agent) ? 'WeChat'
    : /Edg\//.test(agent) ? 'Edge'
    : /Firefox\/|FxiOS/.test(agent) ? 'Firefox'
    : /Chrome\/|CriOS/.test(agent) ? 'Chrome'
    : /Safari\//.test(agent) ? 'Safari'
    : '';
  const machine =
    /iPhone/.test(agent) ? 'iPhone'
    : /iPad/.test(agent) ? 'iPad'
    : /Android/.test(agent) ? 'Android'
    : /Windows/.test(agent) ? 'Windows'
    : /Mac OS X/.test(agent) ? 'Mac'
    : /Linux/.test(agent) ? 'Linux'
    : '';
  return [browser, machine].filter(Boolean).join(' · ');
}
