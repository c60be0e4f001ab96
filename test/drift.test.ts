import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operationsPage } from '../scripts/operations-page.ts'
import { operations } from '../src/operations/index.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json'))).scripts
const guides = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')]

describe('what is written about the code', () => {
  it('docs/operations.md is what the registry prints (run: npm run docs)', () => {
    expect(read('docs/operations.md')).toBe(operationsPage(operations))
  })

  it.each(guides)('%s names only commands that exist', (guide) => {
    const named = [...read(guide).matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(
      ([, script]) => script ?? '',
    )
    const builtIn = new Set(['ci', 'install', 'test', 'start', 'run'])
    expect(named.filter((script) => !builtIn.has(script) && !(script in scripts))).toEqual([])
  })

  it.each(guides)('%s links only to files that exist', (guide) => {
    const folder = guide.includes('/') ? guide.slice(0, guide.lastIndexOf('/') + 1) : ''
    const links = [...read(guide).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, link]) => folder + link,
    )
    expect(links.filter((link) => globSync(link).length === 0)).toEqual([])
  })

  it('docs/iam-policy.json allows exactly the calls that src/cognito makes', () => {
    const policy = z
      .object({ Statement: z.array(z.object({ Effect: z.string(), Action: z.array(z.string()) })) })
      .parse(JSON.parse(read('docs/iam-policy.json')))
    const allowed = policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
      ({ Action }) => Action,
    )
    const source = globSync('src/cognito/*.ts').map(read).join('\n')
    const called = [...source.matchAll(/new ([A-Z]\w+)Command\(/g)].map(
      ([, call]) => `cognito-idp:${call}`,
    )
    expect(allowed.toSorted()).toEqual([...new Set(called)].toSorted())
  })

  it('CI calls the commands that the README gives', () => {
    const ci = read('.ci/run')
    expect(ci).toContain('npm ci')
    expect(ci).toMatch(/\bnpm test\b/)
    expect(read('README.md')).toContain('npm ci && npm test')
  })

  it('the Dockerfile starts what npm start starts', () => {
    expect(read('Dockerfile')).toContain('src/main.ts')
    expect(scripts['start']).toContain('src/main.ts')
  })
})
