import { defineConfig } from 'vitest/config'

/** Tests of modules alone share their workers: nothing that they do outlives them. */
const ALONE = [
  'core',
  'domain',
  'operations',
  'policy',
  'cognito',
  'slack',
  'playground/cognito',
].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    // Most files wait for sockets: more workers than processors use the time.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, isolate: false } },
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE } },
    ],
  },
})
