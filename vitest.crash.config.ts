import { defineConfig } from 'vitest/config'

/** Long tests: processes that are killed, and stores with very many requests. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts', 'test/scale/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
    maxConcurrency: 8,
    fileParallelism: false,
  },
})
