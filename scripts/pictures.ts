import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startCompany } from '../playground/company.ts'
import type { Company } from '../playground/company.ts'
import { fillReset, openForm } from '../playground/journeys.ts'
import { startPage } from '../playground/page/server.ts'
import { openBrowser } from './browser.ts'
import type { Tab } from './browser.ts'

/**
 * Takes the pictures of the README and the guides: the playground's page in a real browser, with
 * the real bot behind it. CHROMIUM says where the browser is.
 */
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

const form = {
  method: 'temporary',
  verified: 'Called back on the number on file',
  reason: 'Ticket 4711: locked out after a new phone',
} as const

/** One picture-taking walk: the page, and the things a person does on it. */
interface Stage {
  readonly company: Company
  readonly page: Tab
  readonly shoot: (name: string) => Promise<void>
  readonly type: (text: string) => Promise<void>
  readonly become: (person: string) => Promise<void>
  readonly go: (place: string) => Promise<void>
  /** Presses a button of the bot and agrees when it asks again. */
  readonly press: (action: string) => Promise<void>
}

function onStage(company: Company, page: Tab): Stage {
  return {
    company,
    page,
    shoot: async (name) => {
      await hidePasswords(page)
      await page.screenshot({ path: `${folder}${name}.png` })
    },
    type: async (text) => {
      await page.locator('.composer-input').fill(text)
      await page.locator('.composer-input').press('Enter')
    },
    become: async (person) => {
      await page.locator(`[data-persona=${person}]`).click()
      await page.locator(`.persona.current[data-persona=${person}]`).waitFor()
    },
    go: (place) => page.locator('.place', { hasText: place }).click(),
    press: async (action) => {
      await page.locator(`[data-action=${action}]`).click()
      await page.locator('dialog .primary').click()
    },
  }
}

/** A picture outlives the password's two minutes: neither it nor its spelling may be readable. */
async function hidePasswords(page: Tab): Promise<void> {
  await page.evaluate(`
    for (const block of document.querySelectorAll('[data-block=secret]')) {
      const pre = block.querySelector('pre')
      const secret = pre.textContent
      pre.textContent = '•'.repeat(secret.length)
      block.nextElementSibling.textContent = 'To read out: …'
      if (document.body.textContent.includes(secret)) throw new Error('A password is readable.')
    }`)
}

/** What one person does alone. */
async function alone({ page, shoot, type }: Stage): Promise<void> {
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
  await page.locator('[data-block=verified] input').fill(form.verified)
  await page.locator('[data-block=reason] textarea').fill('?')
  await page.locator('.modal [type=submit]').click()
  await page.waitForSelector('.field-error')
  await shoot('field-error')

  await page.locator('[data-block=reason] textarea').fill(form.reason)
  await page.locator('.modal [type=submit]').click()
  const secret = page.locator('[data-block=secret] pre')
  await secret.waitFor()
  const password = (await secret.textContent()) ?? ''
  await page.locator('.side .message', { hasText: 'Ticket 4711' }).waitFor()
  await shoot('password')

  await page.locator('.modal-foot button').click()
  await page.locator('[data-user="grace@example.com"]').click()
  await page.locator('.sign-in input').fill(password)
  await page.locator('.sign-in button').click()
  await page.locator('.sign-in-result.new-password-required').waitFor()
  await page.locator('[data-drawer=calls]').click()
  await shoot('wires')
  await page.locator('[data-drawer=faults]').click()
  await shoot('faults')
  await page.locator('[data-drawer=faults]').click()
}

/** A request in production: the card, two approvers, the reveal. */
async function together(set: Stage): Promise<void> {
  const { company, page, shoot, become, go, press } = set
  await ask(company, 'U0ADA', 'alan@example.com')
  await become('U0GRACE')
  await go('approvals')
  await press('approve')
  await page.locator('.messages .message', { hasText: '1 of 2 approvals' }).waitFor()
  await become('U0KATHERINE')
  await page.locator('.tabs button', { hasText: 'prod' }).click()
  await page.locator('[data-user="alan@example.com"]').click()
  await page.locator('.side .message', { hasText: '1 of 2' }).waitFor()
  await shoot('playground')

  await go('home')
  await page.locator('.home [data-action=approve]').waitFor()
  await shoot('home')
  await press('approve')
  await become('U0ADA')
  await go('messages')
  await page.locator('.messages [data-action=reveal]').waitFor()
  await page.locator('.modal .cross').click()
  await press('reveal')
  await page.locator('[data-block=secret] pre').waitFor()
  await shoot('reveal')
  await page.locator('.modal .cross').click()
}

async function emergency({ company, page, shoot, become, go }: Stage): Promise<void> {
  await ask(company, 'U0MARGARET', 'mary.jackson@example.com')
  await become('U0MARGARET')
  await page.locator('.modal [data-action=break-glass]').click()
  await page.waitForSelector('[data-callback=break-glass]')
  await page.locator('[data-block=reason] textarea').fill('Checkout is down, nobody answers.')
  await page.locator('[data-block=confirm] input').fill('break glass')
  await shoot('break-glass')
  await page.locator('.modal [type=submit]').click()
  await page.waitForSelector('[data-block=secret]')
  await page.locator('.modal .cross').click()
  await go('approvals')
  const card = page.locator('.messages .message', { hasText: 'acted alone' })
  await card.locator('h3', { hasText: 'done' }).waitFor()
  await shoot('review')
}

/** A user who cannot sign in, and what would help. */
async function userLookedAt({ page, shoot, type, become, go }: Stage): Promise<void> {
  await become('U0ADA')
  await go('support')
  await type('/cognito show-user staging-customers edsger@example.com')
  await page.locator('.modal button', { hasText: 'Invite again' }).waitFor()
  await shoot('user')
  await page.locator('.modal .cross').click()
}

/** A setting of a pool, changed and proven. */
async function poolChanged({ page, shoot, type, become, go }: Stage): Promise<void> {
  await become('U0LINUS')
  await go('support')
  await type('/cognito show-pool dev-customers')
  await page.locator('.modal button', { hasText: 'Compare' }).waitFor()
  await shoot('pool')
  await page.locator('.modal .cross').click()
  await type('/cognito update-pool dev-customers password_policy')
  await page.waitForSelector('[data-block=temporary_password_validity_days]')
  await page.locator('[data-block=temporary_password_validity_days] input').fill('30')
  await page.locator('[data-block=reason] textarea').fill('Ticket 4712: people are on holiday')
  await shoot('change')
  await page.locator('.modal [type=submit]').click()
  await page.locator('.modal button', { hasText: 'Undo' }).waitFor()
  await page.locator('.side .message', { hasText: 'Ticket 4712' }).waitFor()
  await shoot('proof')
  await page.locator('.modal .cross').click()
}

async function ask({ slack }: Company, who: string, user: string): Promise<void> {
  await openForm(slack, who, 'reset-password', `customers ${user}`)
  await fillReset(slack, who, form)
  await slack.person(who).submit()
}

const company = await startCompany()
const server = await startPage(company)
const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(10_000)
  await page.goto(server.url)
  await page.waitForSelector('.persona')
  const set = onStage(company, page)
  await alone(set)
  await together(set)
  await emergency(set)
  await userLookedAt(set)
  await poolChanged(set)
  console.log(`The pictures are in ${folder}`)
} finally {
  await browser.close()
  await server.close()
  await company.close()
}
