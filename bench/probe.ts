// Preloaded into every measured server, product and floor alike: answers what it has used so far.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() })
})
// Nothing outlives the measurement, however it ended.
process.once('disconnect', () => process.exit())
// A server that has nothing else to do may end.
process.channel?.unref()
