import { defineConfig } from 'vitest/config'

/** Long tests: processes that are killed, and stores with very many requests. */
export default defineConfig({
  test: {
    include: ['test/{crash,scale}/**/*.long.ts', 'test/core/workflow/crash.test.ts'],
    env: { EVERY_STEP: 'yes' },
    testTimeout: 240_000,
    hookTimeout: 60_000,
    maxConcurrency: 4,
    fileParallelism: false,
  },
})
