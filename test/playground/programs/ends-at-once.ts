process.stderr.write('Lifeguard did not start.\nSLACK_BOT_TOKEN: It is missing.\n')
process.exit(78)
