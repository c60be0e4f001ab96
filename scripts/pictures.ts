import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startCompany } from '../playground/company.ts'
import { startPage } from '../playground/page/server.ts'
import { openBrowser } from './browser.ts'
import type { Tab } from './browser.ts'

/**
 * Takes the pictures of the README and the guides: the playground's page in a real browser, with
 * the real bot behind it. CHROMIUM says where the browser is.
 */
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

async function journey(page: Tab): Promise<void> {
  const shoot = (name: string) => page.screenshot({ path: `${folder}${name}.png` })
  const type = async (text: string) => {
    await page.locator('.composer-input').fill(text)
    await page.locator('.composer-input').press('Enter')
  }
  await page.waitForSelector('.persona')
  await type('/cognito whoami')
  await page.locator('.modal .cross').click()
  await type('/cognito help')
  await page.waitForSelector('.message.ephemeral')
  await shoot('help')

  await type('/cognito reset-password staging-customers')
  await page.waitForSelector('[data-callback="operation/reset-password"]')
  await page.locator('[data-block=user] input').pressSequentially('mary', { delay: 40 })
  await page.waitForSelector('[data-block=user] [role=option]')
  await shoot('search')
  await page.locator('[data-block=user] input').fill('grace@')
  await page.locator('[data-block=user] [role=option]', { hasText: 'grace@' }).click()
  await page.locator('[data-block=method] input[value=temporary]').check()
  await page.locator('[data-block=verified] input').fill('Called back on the number on file')
  await page.locator('[data-block=reason] textarea').fill('?')
  await page.locator('.modal [type=submit]').click()
  await page.waitForSelector('.field-error')
  await shoot('field-error')

  await page.locator('[data-block=reason] textarea').fill('Ticket 4711: locked out')
  await page.locator('.modal [type=submit]').click()
  const secret = page.locator('[data-block=secret] pre')
  await secret.waitFor()
  await page.locator('.side .message', { hasText: 'Ticket 4711' }).waitFor()
  await shoot('password')

  const password = (await secret.textContent()) ?? ''
  await page.locator('.modal-foot button').click()
  await page.locator('[data-user="grace@example.com"]').click()
  await page.locator('.sign-in input').fill(password)
  await page.locator('.sign-in button').click()
  await page.locator('.sign-in-result.new-password-required').waitFor()
  await page.locator('[data-drawer=calls]').click()
  await shoot('wires')
  await page.locator('[data-drawer=faults]').click()
  await shoot('faults')
}

const company = await startCompany()
const server = await startPage(company)
const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(10_000)
  await page.goto(server.url)
  await journey(page)
  console.log(`The pictures are in ${folder}`)
} finally {
  await browser.close()
  await server.close()
  await company.close()
}
