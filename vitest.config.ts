import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most files wait for sockets: more workers than the default use the time.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
})
