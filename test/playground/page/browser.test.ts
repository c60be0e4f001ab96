import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startCompany } from '../../../playground/company.ts'
import { fillReset, openForm } from '../../../playground/journeys.ts'
import { startPage } from '../../../playground/page/server.ts'
import { browserPath, openBrowser } from '../../../scripts/browser.ts'

if (!existsSync(browserPath))
  console.info(
    `Skipped: there is no browser at ${browserPath}. scripts/install-chromium.sh brings one.`,
  )

test.skipIf(!existsSync(browserPath))(
  'in a browser a reset goes from the command to the password, and markup stays text',
  async () => {
    await using stack = new AsyncDisposableStack()
    const company = stack.adopt(await startCompany(), (one) => one.close())
    const served = stack.adopt(await startPage(company), (one) => one.close())
    const browser = stack.adopt(await openBrowser(), (one) => one.close())
    const page = await browser.newPage()
    page.setDefaultTimeout(8000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    await page.goto(served.url)

    const composer = page.locator('.composer-input')
    await composer.fill('<img src=x onerror="document.title=1"> *bold*')
    await composer.press('Enter')
    const message = page.locator('.messages .message')
    await message.waitFor()
    expect(await message.locator('.words').textContent()).toContain('<img src=x')
    expect(await message.locator('.words img').count()).toBe(0)
    expect(await message.locator('strong', { hasText: 'bold' }).count()).toBe(1)

    await composer.pressSequentially('/cog')
    await composer.press('Tab')
    await composer.pressSequentially('reset-password staging-customers grace@example.com')
    await composer.press('Enter')
    await page.waitForSelector('[data-callback="operation/reset-password"]')
    await page.locator('[data-block=pool] input').fill('dev')
    await page.locator('[role=option]', { hasText: 'dev-customers' }).click()
    await page.locator('[data-block=method] input[value=temporary]').check()
    await page.locator('[data-block=verified] input').fill('Called back')
    await page.locator('[data-block=reason] textarea').fill('x')
    await page.locator('.modal [type=submit]').click()
    await page.locator('[data-block=reason] .field-error').waitFor()
    await page.locator('[data-block=reason] textarea').fill('Ticket 4711')
    await page.locator('.modal [type=submit]').click()
    const secret = await page.locator('[data-block=secret] pre').textContent()
    expect(await company.cognito.signIn('eu-west-1_DEV000001', 'grace', secret ?? '')).toBe(
      'new-password-required',
    )
    await page.keyboard.press('Escape')
    await page.locator('.modal').waitFor({ state: 'detached' })

    const settings = page.locator('.pool-settings')
    company.cognito.pools.changeSettings('eu-west-1_PROD00001', ({ settings: changed }) => {
      changed.DeletionProtection = 'INACTIVE'
    })
    await settings.locator('.changed', { hasText: 'deletion protection off' }).waitFor()
    expect(await settings.locator('.changed').count()).toBe(1)
    expect(await settings.textContent()).toContain('temporary passwords 3 days')
    expect(errors).toEqual([])
  },
)

test.skipIf(!existsSync(browserPath))(
  'in a browser an approver decides on the card, another on the Home tab, and markup stays text',
  async () => {
    await using stack = new AsyncDisposableStack()
    const company = stack.adopt(await startCompany(), (one) => one.close())
    const served = stack.adopt(await startPage(company), (one) => one.close())
    const browser = stack.adopt(await openBrowser(), (one) => one.close())
    const page = await browser.newPage()
    page.setDefaultTimeout(8000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await openForm(company.slack, 'U0ADA', 'reset-password', 'customers alan@example.com')
    await fillReset(company.slack, 'U0ADA', {
      method: 'temporary',
      verified: 'Called back',
      reason: '<img src=x> <!channel> *now*',
    })
    await company.slack.person('U0ADA').submit()
    await company.slack.until(() => company.slack.channel('C0APPROVE').messages[0])
    await page.goto(served.url)

    const become = async (person: string) => {
      await page.locator(`[data-persona=${person}]`).click()
      await page.locator(`.persona.current[data-persona=${person}]`).waitFor()
    }
    await become('U0GRACE')
    await page.locator('.place', { hasText: 'approvals' }).click()
    const card = page.locator('.messages .message')
    await card.waitFor()
    expect(await card.textContent()).toContain('<img src=x> <!channel> *now*')
    expect(await card.locator('.mention', { hasText: '@cognito-admins' }).count()).toBe(1)
    expect(await card.locator('time', { hasText: 'at' }).count()).toBe(1)
    await card.locator('[data-action=approve]').click()
    await page.locator('dialog .primary').click()
    await card.locator('strong', { hasText: '1 of 2 approvals' }).waitFor()

    await become('U0KATHERINE')
    await page.locator('.place', { hasText: 'home' }).click()
    await page.locator('.home [data-action=approve]').click()
    await page.locator('dialog .primary').click()
    await page.locator('.home', { hasText: 'Nothing waits for you.' }).waitFor()

    await become('U0ADA')
    await page.locator('.modal .cross').click()
    await page.locator('.home [data-action=reveal]').click()
    await page.locator('dialog .primary').click()
    const secret = await page.locator('[data-block=secret] pre').textContent()
    expect(await company.cognito.signIn('eu-west-1_PROD00001', 'alan', secret ?? '')).toBe(
      'new-password-required',
    )
    expect(errors).toEqual([])
  },
)
