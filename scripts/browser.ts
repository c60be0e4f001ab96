import { createRequire } from 'node:module'

/** The few parts of playwright-core that are used here: its own types would bring the whole DOM in. */
export interface Locator {
  click(): Promise<void>
  fill(text: string): Promise<void>
  press(key: string): Promise<void>
  pressSequentially(text: string, options?: { delay?: number }): Promise<void>
  check(): Promise<void>
  waitFor(options?: { state?: 'attached' | 'detached' | 'visible' | 'hidden' }): Promise<void>
  textContent(): Promise<string | null>
  count(): Promise<number>
  locator(selector: string, options?: { hasText?: string }): Locator
}

export interface Tab {
  readonly keyboard: { press(key: string): Promise<void> }
  goto(url: string): Promise<unknown>
  setDefaultTimeout(ms: number): void
  waitForSelector(selector: string): Promise<unknown>
  locator(selector: string, options?: { hasText?: string }): Locator
  screenshot(options: { path: string }): Promise<unknown>
  /** Runs in the page. */
  evaluate(script: string): Promise<unknown>
  on(event: 'pageerror', listener: (error: Error) => void): unknown
  on(event: 'console', listener: (line: { type(): string; text(): string }) => void): unknown
}

export interface Browser {
  newPage(options?: { viewport: { width: number; height: number } }): Promise<Tab>
  close(): Promise<void>
}

interface Library {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser>
  }
}

/** Where the browser is: CHROMIUM, or where Debian puts it. */
export const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  const require = createRequire(import.meta.url)
  const { chromium } = require('playwright-core') as Library
  return chromium.launch({ executablePath: browserPath, args: quiet })
}
