// The real bot in a process whose clock is ahead: what it will do when so much time has passed.
const now = Date.now
const aheadMs = Number(process.env['PLAYGROUND_AHEAD_MS'])
Date.now = () => now() + aheadMs
await import('../src/main.ts')
