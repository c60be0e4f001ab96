import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Company } from '../../playground/company.ts'
import { Scene } from '../../playground/tour/scene.ts'
import { Transcript } from '../../playground/tour/transcript.ts'
import { walk } from '../../playground/tour/walk.ts'

const tour = fileURLToPath(new URL('../../playground/tour.ts', import.meta.url))
const run = promisify(execFile)

test('every step of the tour holds, and its transcript holds no password', async () => {
  const { stdout, stderr } = await run(process.execPath, [tour], { env: { PATH: '/bin' } })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/Every step held: (\d+) of \1\./u)
  expect(stdout).toContain('[the password, 22 characters]')
  expect(stdout).not.toContain('✗')
  expect(stdout).not.toContain('To read out')
}, 120_000)

function unplayed(lines: string[] = []) {
  const company = {} as Company
  return new Scene(company, new Transcript((line) => lines.push(line)))
}

test('a claim that does not hold ends the walk and names its step', async () => {
  const lines: string[] = []
  const walked = await walk(
    [
      { sentence: 'All is well.', run: (scene: Scene) => claim(scene, true) },
      { sentence: 'Something is wrong.', run: (scene: Scene) => claim(scene, false) },
      { sentence: 'This is never reached.', run: (scene: Scene) => claim(scene, true) },
    ],
    unplayed(lines),
  )
  expect(walked).toEqual({
    held: 1,
    failed: { sentence: 'Something is wrong.', why: 'the sky is up' },
  })
  expect(lines.join('\n')).toContain('✗ the sky is up')
  expect(lines.join('\n')).not.toContain('This is never reached.')
})

async function claim(scene: Scene, condition: boolean): Promise<void> {
  scene.holds(condition, 'the sky is up')
}
