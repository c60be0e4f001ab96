import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startCompany } from '../../../playground/company.ts'
import { startPage } from '../../../playground/page/server.ts'
import { browserPath, openBrowser } from '../../../scripts/browser.ts'

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
    const message = page.locator('.message')
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
    expect(errors).toEqual([])
  },
)
