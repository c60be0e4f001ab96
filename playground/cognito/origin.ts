import type { Origin } from './user-sessions.ts'

/** What a user agent says, most telling name first: Edge and Chrome call themselves Safari, too. */
const browsers: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Edge', /\bEdg\/(\d+)/u],
  ['Firefox', /\bFirefox\/(\d+)/u],
  ['Chrome', /\bChrome\/(\d+)/u],
  ['Safari', /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//u],
]
const systems: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iOS', /\biP(?:hone|ad)\b/u],
  ['Android', /\bAndroid\b/u],
  ['Windows', /\bWindows\b/u],
  ['macOS', /\bMac OS X\b/u],
  ['Linux', /\bLinux\b/u],
]

/** Where a call comes from. No address of this machine has a place on the map. */
export const originOf = (ip: string, userAgent: string | undefined): Origin => ({
  ip,
  device: deviceOf(userAgent ?? ''),
  city: undefined,
  country: 'unknown',
})

function deviceOf(userAgent: string): string {
  for (const [browser, pattern] of browsers) {
    const version = pattern.exec(userAgent)?.[1]
    const system = systems.find(([, sign]) => sign.test(userAgent))?.[0]
    if (version !== undefined && system !== undefined) return `${browser} ${version} / ${system}`
  }
  return 'unknown'
}
