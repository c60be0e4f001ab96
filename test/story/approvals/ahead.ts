// The real bot in a process whose clock is ahead: what it will see when so much time has passed.
const now = Date.now
const aheadMs = Number(process.env['TEST_AHEAD_MS'])
Date.now = () => now() + aheadMs
await import('../../../src/main.ts')
